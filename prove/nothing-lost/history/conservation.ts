import type { Allowance, CleanRow, History, Parked, Produced, Quarantined, Violation } from './history.ts';
import { differingColumns } from './same.ts';

/** Where the identities of a run are. */
export interface Balance {
  /** Distinct identities: ids of events that are accepted, hashes of what is not. */
  readonly produced: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Under an error prefix and nowhere else. */
  readonly parked: number;
  readonly inFlight: number;
  /** Further copies of rows and of envelopes. */
  readonly duplicates: number;
}

type AcceptedEvent = Produced & { readonly expected: { readonly verdict: 'accept' } };
const isAccepted = (event: Produced): event is AcceptedEvent => event.expected.verdict === 'accept';

/**
 * I1, conservation by identity: produced = accepted ∪ quarantined ∪ in flight. Each event is where its verdict says, whole and under its reason;
 * nothing is there that nobody produced; and nothing is there more often than it may be.
 */
export function conservation(
  history: History,
  allowed: Allowance,
): { readonly balance: Balance; readonly violations: readonly Violation[] } {
  const { found, undelivered } = history;
  const mayLie = allowed.parks === 'left';
  const said: string[] = [];
  const produced = groupBy(history.produced, identityOf);
  const rows = groupBy(found.clean, ({ id }) => id);
  const envelopes = groupBy(found.quarantined, ({ sha256 }) => sha256);
  const parked = groupBy(found.parked, ({ sha256 }) => sha256);
  const counts = { accepted: 0, quarantined: 0, parked: 0, inFlight: 0 };

  for (const [identity, events] of produced) {
    const [first] = events;
    if (first === undefined) continue;
    const isParked = events.every(({ sha256 }) => parked.has(sha256));
    const isThere = (isAccepted(first) ? rows : envelopes).has(identity);
    if (first.expected.verdict === 'park') {
      if (isParked) counts.parked += 1;
    } else if (isThere) counts[isAccepted(first) ? 'accepted' : 'quarantined'] += 1;
    else if (isParked && mayLie) counts.parked += 1;
    if (isThere || (isParked && (mayLie || first.expected.verdict === 'park'))) continue;
    if (undelivered > 0 || first.acknowledged === undefined) counts.inFlight += 1;
    else said.push(`'${first.name}' is lost${isParked ? ': it is under the error prefix and nowhere else' : ''}`);
  }
  for (const event of history.produced) {
    if (event.acknowledged !== undefined && undelivered === 0 && !found.raw.has(event.sha256))
      said.push(`'${event.name}' is not in raw`);
  }
  said.push(...wrongRows(produced, rows, allowed, (sha256) => mayLie && parked.has(sha256)));
  said.push(...wrongEnvelopes(produced, envelopes, allowed));
  said.push(...wronglyParked(history.produced, found.parked, allowed));
  said.push(...found.stray.map((zone) => `an object of ${zone} lies under a key that nobody looks for`));

  const distinct = rows.size + envelopes.size;
  const balance = { produced: produced.size, ...counts, duplicates: found.clean.length + found.quarantined.length - distinct };
  return { balance, violations: said.map((message) => ({ invariant: 'I1', message })) };
}

/** Two events of one id are one; two lines of the same bytes are one where they are refused. */
const identityOf = ({ expected, sha256 }: Produced): string => (expected.verdict === 'accept' ? expected.id : sha256);

function wrongRows(
  produced: ReadonlyMap<string, readonly Produced[]>,
  rows: ReadonlyMap<string, readonly CleanRow[]>,
  allowed: Allowance,
  isExcused: (sha256: string) => boolean,
): string[] {
  const said: string[] = [];
  for (const [id, copies] of rows) {
    const events = (produced.get(id) ?? []).filter(isAccepted);
    const [first] = events;
    if (first === undefined) {
      said.push('a row stands in clean that nobody produced');
      continue;
    }
    const met = new Set<string>();
    for (const { row } of copies) {
      const differing = events.map((event) => differingColumns(row, event.expected.row));
      const same = differing.findIndex(({ length }) => length === 0);
      if (same === -1) said.push(`'${first.name}' has a row in clean that differs in ${nearest(differing).join(', ')}`);
      else met.add(events[same]?.sha256 ?? '');
    }
    for (const { sha256, name } of events)
      if (!met.has(sha256) && !isExcused(sha256)) said.push(`'${name}' has lost one of the bodies of its id`);
    const sends = sum(events.map((event) => event.sends));
    if (copies.length > sends && !allowed.copies)
      said.push(`'${first.name}' was put ${sends} times and stands in clean ${copies.length} times`);
  }
  return said;
}

function wrongEnvelopes(
  produced: ReadonlyMap<string, readonly Produced[]>,
  envelopes: ReadonlyMap<string, readonly Quarantined[]>,
  allowed: Allowance,
): string[] {
  const said: string[] = [];
  for (const [identity, copies] of envelopes) {
    const [event] = produced.get(identity) ?? [];
    if (event?.expected.verdict !== 'quarantine') {
      const reasons = [...new Set(copies.map(({ reason }) => reason))].join(', ');
      said.push(`what nobody produced, or what should have been accepted, lies in quarantine as ${reasons}`);
      continue;
    }
    const { reason: wanted } = event.expected;
    for (const { reason, keyReason, sha256, statedSha256 } of copies) {
      if (reason !== wanted) said.push(`'${event.name}' is in quarantine as ${reason}, must be ${wanted}`);
      if (keyReason !== reason) said.push(`'${event.name}' is filed under ${keyReason}, its envelope says ${reason}`);
      if (statedSha256 !== sha256) said.push(`'${event.name}' is in quarantine with bytes that are not those it states`);
    }
    const sends = sum((produced.get(identity) ?? []).map((each) => each.sends));
    if (copies.length > sends && !allowed.copies)
      said.push(`'${event.name}' was put ${sends} times and is in quarantine ${copies.length} times`);
  }
  return said;
}

function wronglyParked(produced: readonly Produced[], parked: readonly Parked[], allowed: Allowance): string[] {
  const events = new Map(produced.map((event) => [event.sha256, event]));
  return parked.flatMap(({ sha256, errorType }) => {
    const event = events.get(sha256);
    if (event === undefined) return [`what nobody produced lies under the error prefix as ${errorType}`];
    return event.expected.verdict === 'park' || allowed.parks !== 'never'
      ? []
      : [`'${event.name}' lies under the error prefix as ${errorType}`];
  });
}

const nearest = (lists: readonly (readonly string[])[]): readonly string[] =>
  lists.reduce((least, each) => (each.length < least.length ? each : least), lists[0] ?? []);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
