import type { History, Produced, Violation } from './history.ts';

/** Milliseconds, simulated, by the place where an event comes to lie. */
export interface Times {
  readonly clean: number;
  readonly quarantine: number;
  readonly parked: number;
  readonly raw: number;
}
type Place = keyof Times;
const PLACES = ['clean', 'quarantine', 'parked', 'raw'] as const;

/**
 * I5, freshness bounded: once the fault is over, each event is where it belongs, and in `raw`, within a bound of its acknowledgement.
 *
 * @param over When the last fault ended: milliseconds since the epoch, simulated
 * @returns how long the slowest event of each place took, from its acknowledgement or, where that is later, from the end of the fault
 */
export function freshness(
  { produced, found, undelivered }: History,
  over: number,
  bounds: Times,
): { readonly worst: Times; readonly violations: readonly Violation[] } {
  const written: Readonly<Record<Place, ReadonlyMap<string, number>>> = {
    clean: earliest(found.clean.map((row) => [row.id, row.written])),
    quarantine: earliest(found.quarantined.map((reject) => [reject.sha256, reject.written])),
    parked: earliest(found.parked.map((line) => [line.sha256, line.written])),
    raw: found.raw,
  };
  const worst: Record<Place, number> = { clean: 0, quarantine: 0, parked: 0, raw: 0 };
  const slowest: Partial<Record<Place, string>> = {};
  for (const event of produced) {
    if (event.acknowledged === undefined) continue;
    const since = Math.max(event.acknowledged, over);
    for (const [place, time] of [whereabouts(event, written), ['raw', written.raw.get(event.sha256)] as const]) {
      const took = (time ?? Infinity) - since;
      if (took <= worst[place]) continue;
      worst[place] = took;
      slowest[place] = event.name;
    }
  }
  const late = PLACES.filter((place) => worst[place] > bounds[place]).map(
    (place) =>
      `'${slowest[place] ?? ''}' took ${worst[place] / 1_000} s to ${place}, at most ${bounds[place] / 1_000} s are allowed`,
  );
  const messages = [...late, ...(undelivered > 0 ? [`${undelivered} records are still on their way`] : [])];
  return { worst, violations: messages.map((message) => ({ invariant: 'I5', message })) };
}

/** Where an event was first found, of the places where it may be. */
function whereabouts(
  { expected, sha256 }: Produced,
  written: Readonly<Record<Place, ReadonlyMap<string, number>>>,
): readonly [Place, number | undefined] {
  const place = expected.verdict === 'accept' ? 'clean' : 'quarantine';
  const time = written[place].get(expected.verdict === 'accept' ? expected.id : sha256);
  const parked = written.parked.get(sha256);
  return time === undefined || (parked ?? Infinity) < time
    ? parked === undefined
      ? [place, time]
      : ['parked', parked]
    : [place, time];
}

function earliest(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const [identity, time] of entries) times.set(identity, Math.min(times.get(identity) ?? Infinity, time));
  return times;
}
