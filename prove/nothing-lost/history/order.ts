import type { Row, Violation } from './history.ts';
import { plain, textOf } from './same.ts';

/** Columns that tell when and not what: copies of an event differ in them. */
const OF_ARRIVAL = new Set(['_ingested_at', 'dt']);

/** I3, order independence: what readers see of the same events is the same, in whatever order and however often they came. */
export function sameViews(first: readonly Row[], other: readonly Row[]): readonly Violation[] {
  const [one, two] = [first, other].map(byId);
  const messages = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])].flatMap((id): string[] => {
    const [here = [], there = []] = [one?.get(id), two?.get(id)];
    if (here.length > 1 || there.length > 1)
      return [`an id is seen ${here.length} times by one order and ${there.length} times by the other`];
    const [mine, theirs] = [here[0], there[0]];
    if (mine === undefined || theirs === undefined) return ['an event is seen by one order alone'];
    const names = differing(mine, theirs);
    return names.length === 0 ? [] : [`an event is seen otherwise by another order, in ${names.join(', ')}`];
  });
  return messages.map((message) => ({ invariant: 'I3', message }));
}

function byId(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const id = plain(row._event_id);
    found.set(id, [...(found.get(id) ?? []), row]);
  }
  return found;
}

const differing = (one: Row, other: Row): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => !OF_ARRIVAL.has(name) && textOf(one[name] ?? null) !== textOf(other[name] ?? null),
  );
