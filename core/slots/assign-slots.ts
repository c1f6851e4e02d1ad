import { PART_CAPACITY, type Parts, type Slots } from './slots.ts';

/** A dataset, by what a slot is kept for. */
export interface Slotted {
  readonly domain: string;
  readonly name: string;
}

/** What is recorded, and a slot for each dataset that had none: the first part of its domain with room. */
export function assignSlots(recorded: Slots, datasets: readonly Slotted[]): { readonly slots: Slots; readonly added: Slots } {
  const added = Object.fromEntries(
    domainsOf(datasets).flatMap((domain) => {
      const parts = newParts(partsIn(recorded, domain), namesIn(datasets, domain));
      return Object.keys(parts).length === 0 ? [] : [[domain, parts] as const];
    }),
  );
  const both = [...new Set([...Object.keys(recorded), ...Object.keys(added)])];
  const slots = Object.fromEntries(both.map((domain) => [domain, { ...partsIn(recorded, domain), ...partsIn(added, domain) }]));
  return { slots, added };
}

/** The parts of a domain, each with the names that stand in it: the first always, for it holds what all share. */
export function partsOf(slots: Slots, datasets: readonly Slotted[], domain: string): ReadonlyMap<number, ReadonlySet<string>> {
  const known = partsIn(slots, domain);
  const parts = new Map<number, Set<string>>([[1, new Set()]]);
  for (const name of namesIn(datasets, domain)) {
    const part = (Object.hasOwn(known, name) ? known[name] : undefined) ?? 1;
    parts.set(part, (parts.get(part) ?? new Set()).add(name));
  }
  return new Map([...parts].sort(([a], [b]) => a - b));
}

/** In the order of their names, so that it does not matter in which order contracts are read. */
function newParts(known: Parts, names: readonly string[]): Parts {
  const held: number[] = [];
  const hold = (part: number): number => (held[part] = (held[part] ?? 0) + 1);
  for (const part of Object.values(known)) hold(part);
  let part = 1;
  return Object.fromEntries(
    names
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => {
        while ((held[part] ?? 0) >= PART_CAPACITY) part += 1;
        hold(part);
        return [name, part];
      }),
  );
}

/** A domain may be called as something that every object has. */
const partsIn = (slots: Slots, domain: string): Parts => (Object.hasOwn(slots, domain) ? (slots[domain] ?? {}) : {});

const domainsOf = (datasets: readonly Slotted[]): string[] => [...new Set(datasets.map(({ domain }) => domain))].sort();

const namesIn = (datasets: readonly Slotted[], domain: string): string[] =>
  datasets
    .filter((dataset) => dataset.domain === domain)
    .map(({ name }) => name)
    .sort();
