import { ClaimFails } from '../claim.ts';
import { OPEN_TO_ORIGINALS, type Moment, type Place, type Places } from './places.ts';
import type { Hit } from './search/search-folder.ts';
import type { Secret } from './values/known-events.ts';

/** Findings that are told; the rest is counted. */
const MOST_TOLD = 20;

/** Where secrets were found, once each is where it may be. */
export interface Judged {
  /** Distinct secrets by place, of what was delivered. */
  readonly found: ReadonlyMap<Place, number>;
}

/**
 * Judges what a search found: nothing may be where originals may not, and everything must be where it was put, or the run or the search
 * has lost it and proves nothing.
 *
 * @throws ClaimFails with fields, numbers, forms and files; never a value
 */
export function judge(hits: readonly Hit[], secrets: readonly Secret[], places: Places): Judged {
  const leaks = new Map<string, { readonly numbers: Set<number>; readonly forms: Set<string> }>();
  const found = new Map<Place, Set<number>>();
  const empty = new Set(places.states.filter(({ moment }) => moment !== 'expired'));
  for (const { text, form, file, layer } of hits) {
    const secret = secrets[text];
    if (secret === undefined) continue;
    const { place, moment, state } = places.of(file);
    if (state !== undefined) empty.delete(state);
    if (layer === 'name' || !mayLie(secret, place, moment)) {
      const where = `of ${secret.of} (${secret.fate}) in '${file}' (${layer}), when ${moment}`;
      const leak = leaks.get(where) ?? { numbers: new Set(), forms: new Set() };
      leak.numbers.add(secret.number);
      leak.forms.add(form);
      leaks.set(where, leak);
    }
    if (moment === 'delivered') found.set(place, (found.get(place) ?? new Set()).add(text));
  }
  const isIn = (text: number, ...among: readonly Place[]): boolean => among.some((place) => found.get(place)?.has(text));
  const lost = secrets.flatMap(({ of, number, fate }, text) => {
    const isThere = fate === 'key' || (isIn(text, 'raw') && (fate === 'accepted' || isIn(text, 'quarantine', 'errors')));
    return isThere ? [] : [`${of} number ${number} (${fate}) was not found where it must lie: the search proves nothing`];
  });
  lost.push(...[...empty].map(({ path }) => `the state '${path}' holds nothing that was put: it proves nothing`));
  const told = [...leaks].map(([where, { numbers, forms }]) => `${numbers.size} values ${where}, as ${[...forms].join(', ')}`);
  const findings = [...told, ...lost];
  if (findings.length > 0)
    throw new ClaimFails([
      `${leaks.size} places leak, ${lost.length} not found where they must lie`,
      ...findings.slice(0, MOST_TOLD),
    ]);
  return { found: new Map([...found].map(([place, texts]) => [place, texts.size])) };
}

/** A key of a record is no part of the record: it goes no further than the delivery. */
const mayLie = ({ fate }: Secret, place: Place, moment: Moment): boolean =>
  OPEN_TO_ORIGINALS[moment].includes(place) && (fate !== 'key' || place === 'stream' || place === 'delivery');
