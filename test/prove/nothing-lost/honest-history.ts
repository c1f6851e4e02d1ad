import { createHash } from 'node:crypto';
import type {
  CleanRow,
  Expected,
  Found,
  History,
  Produced,
  Quarantined,
  Row,
  Stored,
} from '../../../prove/nothing-lost/history/history.ts';
import { storedRow } from '../../../prove/nothing-lost/input/event.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
export const SECOND = 1_000;
export const WRITTEN = NOW + 100 * SECOND;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const produced = (name: string, text: string, expected: Expected): Produced => ({
  name,
  sha256: sha256(text),
  expected,
  sends: 1,
  acknowledged: NOW,
});

/** A row as Parquet gives it back. */
export function row(serial: string, fields: Readonly<Record<string, Stored>> = {}): Row {
  const wanted = storedRow({ serial, now: NOW });
  const stored = Object.entries(wanted).map(
    ([name, value]) => [name, value instanceof RegExp ? (name === '_content_hash' ? -1 : '2026-03-02 10:00:00') : value] as const,
  );
  return { ...Object.fromEntries(stored), ...fields };
}

const clean = (serial: string, fields: Readonly<Record<string, Stored>> = {}): CleanRow => ({
  id: serial,
  row: row(serial, fields),
  written: WRITTEN,
});

const quarantined = (text: string): Quarantined => ({
  sha256: sha256(text),
  statedSha256: sha256(text),
  reason: 'not-json',
  keyReason: 'not-json',
  written: WRITTEN,
});

const accept = (serial: string, body: string, fields: Readonly<Record<string, Stored>> = {}): Produced =>
  produced(`good ${serial}`, body, { verdict: 'accept', id: serial, row: storedRow({ serial, now: NOW }, fields) });

/** A run of which everything is as it must be: two events, one id with two bodies, two bad lines, and one that is left to the error prefix. */
export function honest(): History & { readonly found: { -readonly [Part in keyof Found]: Found[Part] } } {
  const events = [
    accept('a', 'a'),
    accept('b', 'b'),
    accept('c', 'c1', { total: '1' }),
    accept('c', 'c2', { total: '2' }),
    produced('bad d', 'd', { verdict: 'quarantine', reason: 'not-json' }),
    produced('bad e', 'e', { verdict: 'quarantine', reason: 'not-json' }),
    produced('large f', 'f', { verdict: 'park' }),
  ];
  return {
    produced: events,
    found: {
      clean: [clean('a'), clean('b'), clean('c', { total: '1' }), clean('c', { total: '2' })],
      quarantined: [quarantined('d'), quarantined('e')],
      parked: [{ sha256: sha256('f'), errorType: 'processing-failed', written: WRITTEN }],
      raw: new Map(events.map((event) => [event.sha256, WRITTEN])),
      stray: [],
    },
    undelivered: 0,
  };
}

export { clean as cleanRow, quarantined as envelope, sha256 };
