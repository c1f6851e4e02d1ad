import { LATENESS_DAYS, RETENTION_DAYS } from '../contract.ts';
import { accepted, entry, eventText, flagged, goodEvent, storedMoment, type Given, type Line } from './event.ts';
import { lined, refusedFor, type Input } from './input.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The record that holds an event arrives within a run of hours from when it was made. */
const MARGIN = 12 * HOUR;

const iso = (milliseconds: number): string => JSON.stringify(new Date(milliseconds).toISOString());
/** An event that happened so long before, or after, it was made. */
const happened = (given: Given, after: number): Line =>
  accepted(given, { scanned_at: iso(given.now + after) }, { scanned_at: storedMoment(given.now + after) });
const digits = (count: number): string => '9'.repeat(count);

/** Values that are not what the contract promises: B15 to B30, and worse. */
export const ODD_VALUES: readonly Input[] = [
  refusedFor('B15 no id', 'missing-value', ({ serial }) => ({ scan_id: undefined, note: JSON.stringify(serial) })),
  refusedFor('B15 null for an id', 'missing-value', ({ serial }) => ({ scan_id: 'null', note: JSON.stringify(serial) })),
  refusedFor('B15 an empty id', 'missing-value', ({ serial }) => ({ scan_id: '""', note: JSON.stringify(serial) })),
  lined('B16 an id again with another body', (given) => [
    accepted(given, { total: '1' }, { total: '1' }),
    accepted(given, { total: '2' }, { total: '2' }),
  ]),
  refusedFor('B17 a number for a text', 'wrong-type', { note: '7' }),
  refusedFor('B17 a text for a number', 'wrong-type', { total: '"7"' }),
  refusedFor('B17 a text for a decimal', 'wrong-type', { price: '"7.00"' }),
  refusedFor('B17 a fraction for an integer', 'wrong-type', { total: '7.0' }),
  refusedFor('B17 an exponent for an integer', 'wrong-type', { total: '7e2' }),
  refusedFor('B17 a number for a truth', 'wrong-type', { fragile: '1' }),
  refusedFor('B17 a number for a moment', 'wrong-type', { scanned_at: '979041600000' }),
  refusedFor('B17 an object for a list', 'wrong-type', { samples: '{}' }),
  refusedFor('B17 a list for an object', 'wrong-type', { depot: '[]' }),
  refusedFor('B17 a text for a map', 'wrong-type', { labels: '"a"' }),
  refusedFor('B17 a number in a map of texts', 'wrong-type', { labels: '{"a":1}' }),
  refusedFor('B17 a wrong type far within', 'wrong-type', { depot: '{"zone":"north","position":{"lat":"x"}}' }),
  ...['9007199254740993', '9223372036854775807', '-9223372036854775808'].map((total) =>
    lined(`B18 ${total}`, (given) => [accepted(given, { total }, { total })]),
  ),
  refusedFor('B18 2^63', 'out-of-range', { total: '9223372036854775808' }),
  refusedFor('B18 -2^63 - 1', 'out-of-range', { total: '-9223372036854775809' }),
  refusedFor('B18 2^31 in 32 bits', 'out-of-range', { pieces: '2147483648' }),
  refusedFor('B18 an integer of 100,000 digits', 'out-of-range', { total: digits(100_000) }),
  refusedFor('B19 a digit too many before the point', 'out-of-range', { price: '123456789.00' }),
  refusedFor('B19 a digit too many behind the point', 'out-of-range', { price: '1.001' }),
  refusedFor('B19 an exponent in a decimal', 'wrong-type', { price: '1e2' }),
  refusedFor('B19 a decimal of 100,000 digits', 'out-of-range', { price: `0.${'0'.repeat(99_999)}1` }),
  lined('B19 zeros behind what the scale holds', (given) => [accepted(given, { price: '1.50000' }, { price: '1.50' })]),
  lined('B19 every digit of a decimal(38,18)', (given) => [
    accepted(given, { mass: `-${digits(20)}.${digits(18)}` }, { mass: `-${digits(20)}.${digits(18)}` }),
  ]),
  lined('B20 -0 in an integer', (given) => [accepted(given, { total: '-0' }, { total: '0' })]),
  lined('B20 -0 in a double', (given) => [accepted(given, { load: '-0.0' }, { load: 0 })]),
  lined('B20 -0 in a decimal', (given) => [accepted(given, { price: '-0.00' }, { price: '0.00' })]),
  lined('B20 the least double above zero', (given) => [accepted(given, { load: '5e-324' }, { load: 5e-324 })]),
  lined('B20 less than a double holds', (given) => [accepted(given, { load: '1e-400' }, { load: 0 })]),
  refusedFor('B20 1e400', 'out-of-range', { load: '1e400' }),
  refusedFor('B20 -1e400', 'out-of-range', { load: '-1e400' }),
  refusedFor('B20 1e999999999', 'out-of-range', { load: '1e999999999' }),
  refusedFor('B20 1e400 in a list', 'out-of-range', { samples: '[1e400]' }),
  refusedFor('B20 1e999999999 in a decimal', 'wrong-type', { price: '1e999999999' }),
  refusedFor('B21 null where a value is required', 'missing-value', { kind: 'null' }),
  refusedFor('B21 null where a value is required within', 'missing-value', { depot: '{"zone":null}' }),
  refusedFor('B21 null in a list', 'missing-value', { samples: '[1,null]' }),
  refusedFor('B21 null in a map', 'missing-value', { labels: '{"a":null}' }),
  lined('B21 null where nothing is required', (given) => [accepted(given, { note: 'null', depot: 'null', labels: 'null' })]),
  refusedFor('B23 an unknown version', 'not-listed', { form: '"3"' }),
  refusedFor('B23 an unknown kind of event', 'not-listed', { kind: '"returned"' }),
  refusedFor('B24 a value that is not listed', 'not-listed', { depot: '{"zone":"west"}' }),
  refusedFor('B24 a listed value in other case', 'not-listed', { kind: '"Moved"' }),
  refusedFor('B24 a listed value with a space', 'not-listed', { kind: '"moved "' }),
  refusedFor('B25 30 February', 'bad-time', { scanned_at: '"2026-02-30T00:00:00Z"' }),
  refusedFor('B25 a leap second', 'bad-time', { scanned_at: '"2016-12-31T23:59:60Z"' }),
  refusedFor('B25 no zone', 'bad-time', { scanned_at: '"2026-03-02T09:00:00"' }),
  refusedFor('B25 a zone that is none', 'bad-time', { scanned_at: '"2026-03-02T09:00:00+25:00"' }),
  refusedFor('B25 the hour 24', 'bad-time', { scanned_at: '"2026-03-01T24:00:00Z"' }),
  refusedFor('B25 a day that is none', 'bad-time', { due: '"2026-02-29"' }),
  refusedFor('B25 a time of day that is none', 'bad-time', { opens: '"24:00:00"' }),
  lined('B25 another zone', (given) => [
    accepted(given, { scanned_at: '"2026-03-02T14:29:59.999999999+05:30"' }, { scanned_at: '2026-03-02 08:59:59.999' }),
  ]),
  refusedFor('B26 1970', 'too-old', { scanned_at: '"1970-01-01T00:00:00Z"' }),
  refusedFor('B26 9999', 'bad-time', { scanned_at: '"9999-12-31T23:59:59Z"' }),
  refusedFor('B26 the year 10000', 'bad-time', { scanned_at: '"+10000-01-01T00:00:00Z"' }),
  refusedFor('B26 9999 in a further moment', 'bad-time', { local_at: '"9999-12-31T23:59:59"' }),
  lined('B26 9999 in a day', (given) => [accepted(given, { due: '"9999-12-31"' }, { due: '9999-12-31' })]),
  lined('B27 a day ahead', (given) => [happened(given, DAY)]),
  refusedFor('B27 more than 48 hours ahead', 'in-the-future', ({ now }) => ({ scanned_at: iso(now + 2 * DAY + MARGIN) })),
  refusedFor('B27 a year ahead', 'in-the-future', ({ now }) => ({ scanned_at: iso(now + 365 * DAY) })),
  lined('B28 later than the lateness allowed', (given) => [flagged('late', happened(given, -(LATENESS_DAYS * DAY + 1)))]),
  lined('B28 90 days late', (given) => [flagged('late', happened(given, -90 * DAY))]),
  lined('B28 almost as late as it would be kept', (given) => [flagged('late', happened(given, -(RETENTION_DAYS * DAY - DAY)))]),
  refusedFor('B28 later than it would be kept', 'too-old', ({ now }) => ({
    scanned_at: iso(now - RETENTION_DAYS * DAY - MARGIN),
  })),
  refusedFor('B29 no tenant', 'missing-value', { carrier: undefined }),
  refusedFor('B29 null for a tenant', 'missing-value', { carrier: 'null' }),
  refusedFor('B29 a foreign tenant', 'not-listed', { carrier: '"t-3"' }),
  lined('B30 what a path would not like', (given) => {
    const id = `../../${given.serial}/a=b%2F c`;
    return [accepted(given, { scan_id: JSON.stringify(id) }, { scan_id: id, _event_id: id })];
  }),
  lined('B30 what SQL would not like', (given) => [
    accepted(given, { note: '"\'; drop table scans; --"' }, { note: "'; drop table scans; --" }),
  ]),
  lined('B30 what a template would not like', (given) => [
    accepted(given, { note: '"!{timestamp:yyyy} ${jndi:x}"' }, { note: '!{timestamp:yyyy} ${jndi:x}' }),
  ]),
  refusedFor('a text too long', 'wrong-length', { code: '"P12345678"' }),
  refusedFor('a text too short', 'wrong-length', { code: '"P"' }),
  refusedFor('a text against its pattern', 'pattern-mismatch', { code: '"X123"' }),
  refusedFor('a newline behind what the pattern takes', 'pattern-mismatch', { code: '"P12\\n"' }),
  refusedFor('a text against its format', 'wrong-format', { email: '"nobody"' }),
  refusedFor('an id longer than may be', 'wrong-length', ({ serial }) => ({ scan_id: JSON.stringify(serial.padEnd(65, 'x')) })),
  lined('an id of as many characters as may be, each two units of UTF-16', (given) => {
    const id = `${given.serial}${'😀'.repeat(64 - given.serial.length)}`;
    return [accepted(given, { scan_id: JSON.stringify(id) }, { scan_id: id, _event_id: id })];
  }),
  refusedFor('too many items', 'wrong-length', { samples: '[1,2,3,4]' }),
  refusedFor('too few items', 'wrong-length', { samples: '[]' }),
  refusedFor('below the minimum', 'out-of-range', { price: '-0.01' }),
  refusedFor('at a maximum that is excluded', 'out-of-range', { load: '1000.5' }),
  lined('a key of a map with a dot', (given) => [accepted(given, { labels: '{"a.b":"1"}' }, { labels: [entry('a.b', '1')] })]),
  lined('texts that look like other things', (given) => [
    accepted(given, { note: '"null"', person: '"NaN"' }, { note: 'null', person: /^[0-9a-f]{64}$/ }),
  ]),
  lined('an event and its exact copy', (given) => [goodEvent(given), goodEvent(given)]),
];

/** Events that take a record for themselves, or make one large. */
export const LARGE: readonly Input[] = [
  lined('an event of 700 KB', (given) => [accepted(given, { note: `"${'x'.repeat(700_000)}"` }, { note: 'x'.repeat(700_000) })], {
    alone: true,
  }),
  { ...refusedFor('a bad event of 500 KB', 'not-listed', { kind: `"${'x'.repeat(500_000)}"` }), alone: true },
  lined(
    'a bad event whose envelope is larger than a record of Firehose',
    (given) => [{ bytes: Buffer.from(eventText(given, { kind: `"${'x'.repeat(800_000)}"` })), expected: { verdict: 'park' } }],
    { alone: true },
  ),
  lined(
    'a record of 10,000 events',
    (given) => Array.from({ length: 10_000 }, (_, index) => accepted({ ...given, serial: `${given.serial}-${index}` })),
    { alone: true },
  ),
  lined(
    'a record of 400 events, each second one bad',
    (given) =>
      Array.from({ length: 400 }, (_, index) => {
        const own = { ...given, serial: `${given.serial}-${index}` };
        if (index % 2 === 0) return accepted(own);
        return {
          bytes: Buffer.from(eventText(own, { kind: '"lost"' })),
          expected: { verdict: 'quarantine', reason: 'not-listed' },
        };
      }),
    { alone: true },
  ),
];
