import type { DocumentPath, Fault } from '../contract/fault.ts';
import type { Slots } from './slots.ts';

/** Parts are numbered without a gap, so that a slip of a finger makes no stack. */
export function parseSlots(content: unknown): { readonly slots: Slots } | { readonly faults: readonly Fault[] } {
  if (!isRecord(content)) return { faults: [invalid([], `must be an object of domains, ${got(content)}`)] };
  const faults = Object.entries(content).flatMap(([domain, parts]) =>
    isRecord(parts) ? faultsIn(domain, parts) : [invalid([domain], `must be an object of datasets, ${got(parts)}`)],
  );
  return faults.length > 0 ? { faults } : { slots: content as Slots };
}

function faultsIn(domain: string, parts: Readonly<Record<string, unknown>>): Fault[] {
  const used = new Set(Object.values(parts));
  return Object.entries(parts).flatMap(([dataset, part]) => {
    if (typeof part !== 'number' || !Number.isInteger(part) || part < 1)
      return [invalid([domain, dataset], `must be the number of a part, from 1, ${got(part)}`)];
    return part > 1 && !used.has(part - 1)
      ? [
          invalid(
            [domain, dataset],
            `must be a part that follows another of its domain, got ${part} where nothing is in ${part - 1}`,
          ),
        ]
      : [];
  });
}

const invalid = (path: DocumentPath, rule: string): Fault => ({
  code: 'InvalidSlot',
  path,
  message: `${rule}; restore the line as it was committed`,
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const got = (value: unknown): string =>
  `got ${typeof value === 'number' ? value : Array.isArray(value) ? 'a list' : typeof value}`;
