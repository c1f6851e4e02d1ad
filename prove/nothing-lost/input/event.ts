import { createHash } from 'node:crypto';
import { CARRIERS, CONTRACT_VERSION } from '../contract.ts';
import type { Expected, Flag, Wanted } from '../history/history.ts';

/** What an input is made for. */
export interface Given {
  /** Unique in its run: letters, digits and hyphens. */
  readonly serial: string;
  /** Milliseconds since the epoch, simulated: about when it will arrive. */
  readonly now: number;
}

/** A line, and what must become of it. */
export interface Line {
  readonly bytes: Buffer;
  readonly expected: Expected;
}

/** Fields as JSON texts; undefined leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>;

const MINUTE = 60_000;

/** The fields that an event cannot do without. */
const required = ({ serial, now }: Given): Fields => ({
  scan_id: JSON.stringify(serial),
  scanned_at: JSON.stringify(new Date(now - MINUTE).toISOString()),
  kind: '"moved"',
  carrier: JSON.stringify(CARRIERS[0]),
});

/** An event's text, with some fields replaced, added or left out. */
export function eventText(given: Given, fields: Fields = {}): string {
  const parts = Object.entries({ ...required(given), ...fields }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${JSON.stringify(key)}:${value}`],
  );
  return `{${parts.join(',')}}`;
}

/** A moment as Parquet gives it back. @param milliseconds Since the epoch */
export function storedMoment(milliseconds: number): string {
  const [whole = '', fraction = ''] = new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '').split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? whole : `${whole}.${digits}`;
}

/** What is stored in a column that an event says nothing of: nothing. */
const NOTHING: Readonly<Record<string, null>> = Object.fromEntries(
  'step form code pieces total price mass load fragile due opens local_at depot samples labels note email person account'
    .split(' ')
    .map((name) => [name, null]),
);

/** The row of an event, with what its further fields are stored as. When it arrived is for others to judge. */
export function storedRow(
  { serial, now }: Given,
  stored: Readonly<Record<string, Wanted>> = {},
): Readonly<Record<string, Wanted>> {
  return {
    ...NOTHING,
    scan_id: serial,
    scanned_at: storedMoment(now - MINUTE),
    kind: 'moved',
    carrier: CARRIERS[0],
    _event_id: serial,
    _contract_version: CONTRACT_VERSION,
    _ingested_at: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/,
    _content_hash: /^-?\d{1,10}$/,
    ...stored,
  };
}

/** An event that is accepted, and how each of its fields is stored. */
export function accepted(given: Given, fields: Fields = {}, stored: Readonly<Record<string, Wanted>> = {}): Line {
  const row = storedRow(given, stored);
  const id = typeof row._event_id === 'string' ? row._event_id : given.serial;
  return { bytes: Buffer.from(eventText(given, fields)), expected: { verdict: 'accept', id, row } };
}

/** The same line, as one that is counted beside. */
export const flagged = (flag: Flag, { bytes, expected }: Line): Line => ({
  bytes,
  expected: expected.verdict === 'accept' ? { ...expected, flag } : expected,
});

const HEX = /^[0-9a-f]{64}$/;
const TOKEN = /^tok_[A-Za-z0-9_-]{22}$/;

/** A good event: which columns it fills, and with what, follows from its serial. */
export function goodEvent(given: Given): Line {
  const chance = createHash('sha256').update(given.serial).digest();
  const pick = (at: number, most: number): number => (chance[at] ?? 0) % most;
  const number = chance.readUInt32BE(28);
  const all: readonly (readonly [string, string, Wanted])[] = [
    ['step', String(number), String(number)],
    ['form', '"2"', '2'],
    ['carrier', `"${CARRIERS[1]}"`, CARRIERS[1]],
    ['code', `"P${pick(20, 100)}"`, `P${pick(20, 100)}`],
    ['pieces', String(pick(21, 10)), pick(21, 10)],
    ['total', `-9007199254740993`, '-9007199254740993'],
    ['price', `${pick(22, 100)}.5`, `${pick(22, 100)}.50`],
    ['mass', `0.${'0'.repeat(17)}${1 + pick(23, 9)}`, `0.${'0'.repeat(17)}${1 + pick(23, 9)}`],
    ['load', `${pick(24, 100)}.25`, pick(24, 100) + 0.25],
    ['fragile', String(pick(25, 2) === 1), pick(25, 2) === 1],
    ['due', '"2026-03-31"', '2026-03-31'],
    ['opens', '"08:30:00"', '08:30:00'],
    ['local_at', '"2026-03-01 08:30:00"', '2026-03-01 08:30:00'],
    ['depot', '{"zone":"south","floors":[1,2]}', { zone: 'south', floors: ['1', '2'], position: null }],
    ['samples', '[0.5,1.5]', [0.5, 1.5]],
    ['labels', '{"a":"1","b":"2"}', [entry('a', '1'), entry('b', '2')]],
    ['note', JSON.stringify(`größe 😀 ${given.serial}`), `größe 😀 ${given.serial}`],
    ['email', `"${given.serial}@example.com"`, '***@example.com'],
    ['person', `"Ann ${given.serial}"`, HEX],
    ['account', `"${number}"`, TOKEN],
    ['remark', '"not stored"', null],
  ];
  const chosen = all.filter((_, index) => pick(index, 3) === 0);
  const stored = chosen.filter(([name]) => name !== 'remark').map(([name, , value]) => [name, value] as const);
  const fields: Fields = Object.fromEntries(chosen.map(([name, json]) => [name, json] as const));
  return accepted(given, fields, Object.fromEntries(stored));
}

export const entry = (key: string, value: string) => ({ key, value });
