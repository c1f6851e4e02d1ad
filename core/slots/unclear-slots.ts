import { fewOf } from './few-of.ts';
import { PART_CAPACITY, type Parts, type Slots } from './slots.ts';

/** Datasets whose slots could as well be others. */
export interface UnclearSlots {
  readonly domain: string;
  /** Names of the datasets without a recorded slot. */
  readonly names: readonly string[];
  /** Whether the record knows nothing of the domain. */
  readonly isUnknown: boolean;
}

/**
 * Which new slots do not follow from the record alone, but from the order of names: a line that was lost would come back as another one, and
 * its dataset would be replaced. New slots are clear where they are all in one part with none after it, and where the record says by an empty
 * object that nothing of the domain was ever deployed.
 */
export const unclearSlots = (recorded: Slots, added: Slots): UnclearSlots[] =>
  Object.entries(added).flatMap(([domain, parts]) => {
    const known = Object.hasOwn(recorded, domain) ? recorded[domain] : undefined;
    return isClear(known, parts) ? [] : [{ domain, names: Object.keys(parts), isUnknown: known === undefined }];
  });

/** What is required, and what helps, of datasets whose slots are unclear. @param source How people know the record */
export function unclearWords(source: string, { domain, names, isUnknown }: UnclearSlots): string {
  const ifNew = isUnknown
    ? `if nothing of the domain was ever deployed, write "${domain}": {} into it`
    : `if they are new, write their slots into it, at most ${PART_CAPACITY} to a part`;
  return `'${source}' must tell which part of '${domain}' holds ${fewOf(names.map((name) => `${domain}.${name}`))}, where several could; restore the lines that it has lost, for a dataset in another part is replaced; ${ifNew}`;
}

function isClear(known: Parts | undefined, added: Parts): boolean {
  const before = Object.values(known ?? {});
  if (known !== undefined && before.length === 0) return true;
  const [part = 1, ...others] = new Set(Object.values(added));
  return others.length === 0 && (before.length === 0 ? part === 1 : part >= Math.max(...before));
}
