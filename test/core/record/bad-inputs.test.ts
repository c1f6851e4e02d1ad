import { readFileSync } from 'node:fs';
import type { Reason } from '../../../core/record/reasons.ts';
import { eventJudge } from '../../../core/record/judge-event.ts';
import { judgeRecord, type SourceRecord } from '../../../core/record/judge-record.ts';
import { ARRIVAL, SECRET, compiled, contractDocument, eventText, judgeOf, schemaObject } from '../../support/contracts.ts';

const contract = compiled();
const judge = judgeOf();
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const record = (bytes: Uint8Array): SourceRecord => ({
  recordId: 'id',
  bytes,
  arrival: ARRIVAL,
  stream: 'stream',
  shardId: 'shard',
  sequenceNumber: '1',
  subsequenceNumber: 0,
});
const judged = (input: string | Uint8Array) =>
  judgeRecord(contract, judge, record(typeof input === 'string' ? bytesOf(input) : input));
const DAY = 86_400_000;
const time = (milliseconds: number): string => JSON.stringify(new Date(milliseconds).toISOString());
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** A dataset that holds the events of two tenants. */
const tenants = contractDocument({
  schema: [
    schemaObject(
      'readings',
      [
        {
          name: 'tenant',
          logicalType: 'string',
          required: true,
          quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues: ['t-1', 't-2'] }, mustBe: 0 }],
        },
      ],
      { tenantField: 'tenant' },
    ),
  ],
});

describe('bad inputs of RELIABILITY 1.1 go to quarantine', () => {
  test.each<[string, string | Uint8Array, Reason[], string[]]>([
    ['B1 an empty payload', '', ['empty-record'], []],
    ['B3 not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), ['not-utf8'], []],
    ['B3 an overlong encoding', Uint8Array.of(0x7b, 0xc0, 0x80, 0x7d), ['not-utf8'], []],
    ['B3 a surrogate as UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), ['not-utf8'], []],
    ['B3 UTF-16', Buffer.from('\ufeff{}', 'utf16le'), ['not-utf8'], []],
    ['B5 truncated JSON', eventText().slice(0, -1), ['not-json'], []],
    ['B5 truncated in a string', '{"reading_id":"r', ['not-json'], []],
    ['B6 a trailing comma', eventText().replace('}', ',}'), ['not-json'], []],
    ['B6 NaN', eventText({ load: 'NaN' }), ['not-json'], []],
    ['B6 Infinity', eventText({ load: '-Infinity' }), ['not-json'], []],
    ['B6 a comment', `${eventText()} // x`, ['not-json'], []],
    ['B6 single quotes', "{'reading_id':'r-1'}", ['not-json'], []],
    ['B6 a leading zero', eventText({ counter: '07' }), ['not-json'], []],
    ['B6 a plus sign', eventText({ counter: '+7' }), ['not-json'], []],
    ['B6 hexadecimal', eventText({ counter: '0x7' }), ['not-json'], []],
    ['B7 an array', `[${eventText()}]`, ['not-an-object'], []],
    ['B7 an array with nothing in it', '[]', ['not-an-object'], []],
    ['B8 a number', '17', ['not-an-object'], []],
    ['B8 a text', '"x"', ['not-an-object'], []],
    ['B8 null', 'null', ['not-an-object'], []],
    ['B9 two objects on a line', eventText() + eventText(), ['not-json'], []],
    ['B9 two objects with a space between', `${eventText()} ${eventText()}`, ['not-json'], []],
    ['B10 a raw newline in a string', '{"reading_id":"a\nb"}', ['not-json', 'not-json'], []],
    ['B11 a raw NUL', eventText({ reading_id: '"a\0b"' }), ['not-json'], []],
    ['B11 an escaped NUL', eventText({ reading_id: '"a\\u0000b"' }), ['invalid-text'], []],
    ['B11 a NUL in an unknown key', eventText({ 'a\0': '1' }), ['invalid-text'], []],
    ['a lone surrogate, which no UTF-8 can hold', eventText({ reading_id: '"\\ud800"' }), ['invalid-text'], []],
    ['the second of a pair first', eventText({ reading_id: '"\\udc00\\ud800"' }), ['invalid-text'], []],
    ['a lone surrogate in a key', eventText({ '\ud800': '1' }), ['invalid-text'], []],
    ['B12 depth 1,000', eventText({ other: nested(1000) }), ['too-deep'], []],
    ['B12 objects 1,000 deep', eventText({ other: `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}` }), ['too-deep'], []],
    ['B12 depth 100,000', eventText({ other: nested(100_000) }), ['too-deep'], []],
    ['B13 a key twice', '{"reading_id":"a","reading_id":"b"}', ['duplicate-key'], []],
    ['B13 a key twice, once escaped', '{"reading_id":"a","reading\\u005fid":"b"}', ['duplicate-key'], []],
    ['B13 a key twice in an object within', eventText({ site: '{"grid":"north","grid":"south"}' }), ['duplicate-key'], []],
    ['B13 a key twice, equal values', '{"reading_id":"a","reading_id":"a"}', ['duplicate-key'], []],
    ['B13 an unknown key twice', eventText({ other: '{"a":1,"a":2}' }), ['duplicate-key'], []],
    ['B13 __proto__ twice', '{"__proto__":1,"__proto__":2}', ['duplicate-key'], []],
    [
      'B14 only a __proto__',
      '{"__proto__":{"reading_id":"a","measured_at":"2001-01-09T11:00:00Z","kind":"gas"}}',
      ['missing-value'],
      ['reading_id', 'measured_at', 'kind'],
    ],
    ['B15 no id', eventText({ reading_id: undefined }), ['missing-value'], ['reading_id']],
    ['B15 null for an id', eventText({ reading_id: 'null' }), ['missing-value'], ['reading_id']],
    ['B15 an empty id', eventText({ reading_id: '""' }), ['missing-value'], ['reading_id']],
    ['B17 a number for a text', eventText({ reading_id: '7' }), ['wrong-type'], ['reading_id']],
    [
      'B17 a text for a number',
      eventText({ counter: '"7"', load: '"7"', price: '"7"' }),
      ['wrong-type'],
      ['counter', 'load', 'price'],
    ],
    ['B17 a fraction for an integer', eventText({ counter: '7.0' }), ['wrong-type'], ['counter']],
    ['B17 an exponent for an integer', eventText({ counter: '7e2' }), ['wrong-type'], ['counter']],
    ['B17 a number for a truth', eventText({ estimated: '1' }), ['wrong-type'], ['estimated']],
    ['B17 a number for a time', eventText({ measured_at: '979041600000' }), ['wrong-type'], ['measured_at']],
    ['B17 an object for a list', eventText({ samples: '{}' }), ['wrong-type'], ['samples']],
    ['B17 a list for an object', eventText({ site: '[]' }), ['wrong-type'], ['site']],
    ['B17 a wrong type far within', eventText({ site: '{"grid":"north","position":{"lat":"x"}}' }), ['wrong-type'], ['site']],
    ['B18 2^63', eventText({ counter: '9223372036854775808' }), ['out-of-range'], ['counter']],
    ['B18 -2^63-1', eventText({ counter: '-9223372036854775809' }), ['out-of-range'], ['counter']],
    ['B18 an integer of a million digits', eventText({ counter: '9'.repeat(700_000) }), ['out-of-range'], ['counter']],
    ['B18 2^31 in an int', eventText({ channel: '2147483648' }), ['out-of-range'], ['channel']],
    ['B19 a digit too many before the point', eventText({ price: '123456789.00' }), ['out-of-range'], ['price']],
    ['B19 a digit too many behind the point', eventText({ price: '1.001' }), ['out-of-range'], ['price']],
    ['B19 an exponent', eventText({ price: '1e2' }), ['wrong-type'], ['price']],
    ['B19 a decimal of a million digits', eventText({ price: `0.${'0'.repeat(700_000)}1` }), ['out-of-range'], ['price']],
    ['B20 1e400', eventText({ load: '1e400' }), ['out-of-range'], ['load']],
    ['B20 -1e400', eventText({ load: '-1e400' }), ['out-of-range'], ['load']],
    ['B20 1e400 in an integer', eventText({ counter: '1e400' }), ['wrong-type'], ['counter']],
    ['B21 null where a value is required', eventText({ kind: 'null' }), ['missing-value'], ['kind']],
    ['B21 null where a value is required within', eventText({ site: '{"grid":null}' }), ['missing-value'], ['site']],
    ['B21 null within a list', eventText({ samples: '[1,null]' }), ['missing-value'], ['samples']],
    ['B23 B24 a value that is not listed', eventText({ kind: '"water"' }), ['not-listed'], ['kind']],
    ['B24 a value that is not listed within', eventText({ site: '{"grid":"west"}' }), ['not-listed'], ['site']],
    ['B25 30 February', eventText({ measured_at: '"2001-02-30T00:00:00Z"' }), ['bad-time'], ['measured_at']],
    ['B25 a leap second', eventText({ measured_at: '"1998-12-31T23:59:60Z"' }), ['bad-time'], ['measured_at']],
    ['B25 a zone that is none', eventText({ measured_at: '"2001-01-09T11:00:00+25:00"' }), ['bad-time'], ['measured_at']],
    ['B25 the hour 24', eventText({ measured_at: '"2001-01-08T24:00:00Z"' }), ['bad-time'], ['measured_at']],
    ['B25 no zone', eventText({ measured_at: '"2001-01-09T11:00:00"' }), ['bad-time'], ['measured_at']],
    ['B25 a day that is none', eventText({ billing_day: '"2001-02-29"' }), ['bad-time'], ['billing_day']],
    ['B25 an hour that is none', eventText({ local_time: '"24:00:00"' }), ['bad-time'], ['local_time']],
    ['B26 1970', eventText({ measured_at: '"1970-01-01T00:00:00Z"' }), ['too-old'], ['measured_at']],
    ['B26 9999', eventText({ measured_at: '"9999-12-31T23:59:59Z"' }), ['bad-time'], ['measured_at']],
    ['B27 more than 48 h ahead', eventText({ measured_at: time(ARRIVAL + 2 * DAY + 1) }), ['in-the-future'], ['measured_at']],
    ['older than it would be kept', eventText({ measured_at: time(ARRIVAL - 1095 * DAY - 1) }), ['too-old'], ['measured_at']],
    ['B31 a column in other case', eventText({ Kind: '"gas"' }), ['ambiguous-key'], []],
    ['B31 a field in other case', eventText({ site: '{"grid":"north","GRID":"south"}' }), ['ambiguous-key'], ['site']],
    ['B32 a key with a dot', eventText({ 'site.grid': '"north"' }), ['ambiguous-key'], []],
    ['B32 a key with a dot within', eventText({ site: '{"grid":"north","position.lat":1}' }), ['ambiguous-key'], ['site']],
    ['a text too long', eventText({ meter_code: '"M12345678"' }), ['wrong-length'], ['meter_code']],
    ['a text too short', eventText({ meter_code: '"M"' }), ['wrong-length'], ['meter_code']],
    ['a text against its pattern', eventText({ meter_code: '"X123"' }), ['pattern-mismatch'], ['meter_code']],
    ['a text against its format', eventText({ contact: '"nobody"' }), ['wrong-format'], ['contact']],
    ['too many items', eventText({ samples: '[1,2,3,4]' }), ['wrong-length'], ['samples']],
    ['too few items', eventText({ samples: '[]' }), ['wrong-length'], ['samples']],
    [
      'below the minimum',
      eventText({ channel: '-1', load: '-100.1', price: '-0.01' }),
      ['out-of-range'],
      ['channel', 'load', 'price'],
    ],
    ['at an exclusive maximum', eventText({ load: '1000.5' }), ['out-of-range'], ['load']],
  ])('%s', (_, input, reasons, columns) => {
    const { rows, rejects } = judged(input);
    expect(rows).toEqual([]);
    expect(rejects.map(({ reason }) => reason)).toEqual(reasons);
    expect(rejects[0]?.columns).toEqual(columns);
  });
});

test.each<[string, string | undefined, Reason]>([
  ['B29 no tenant', undefined, 'missing-value'],
  ['B29 null for a tenant', 'null', 'missing-value'],
  ['B29 a foreign tenant', '"t-3"', 'not-listed'],
  ['B29 a tenant in other case', '"T-1"', 'not-listed'],
])('%s goes to quarantine', (_, tenant, reason) => {
  const verdicts = [tenant, '"t-1"'].map((value) => judgeOf(tenants)(eventText({ tenant: value }), ARRIVAL));
  expect(verdicts).toMatchObject([{ accepted: false, reason, columns: ['tenant'] }, { accepted: true }]);
});

test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'])(
  'B14 a column called %s is missing like any other',
  (name) => {
    const judgeObject = eventJudge(
      { ...contract, columns: [...contract.columns, { name, required: true, type: { kind: 'string' } }] },
      SECRET,
    );
    expect(judgeObject(eventText(), ARRIVAL)).toMatchObject({ reason: 'missing-value', columns: [name] });
    expect(judgeObject(eventText({ [name]: '"x"' }), ARRIVAL)).toMatchObject({ accepted: true });
  },
);

test.each(['9007199254740993', '9223372036854775807', '-9223372036854775808'])('B18 %s is kept to its last digit', (counter) => {
  expect(judged(eventText({ counter })).rows[0]).toContain(`"counter":${counter},`);
});

describe('odd inputs of RELIABILITY 1.1 are accepted', () => {
  test.each<[string, string]>([
    ['B2 white space alone', ' \r\n\t\n'],
    ['B2 one newline', '\n'],
  ])('%s, as a separator with nothing to store', (_, input) => {
    expect(judged(input)).toMatchObject({ rows: [], rejects: [] });
  });

  test.each<[string, string, object]>([
    ['B4 a byte order mark', `\ufeff${eventText()}`, { reading_id: 'r-1' }],
    ['B10 an escaped newline', eventText({ reading_id: '"a\\nb"' }), { reading_id: 'a\nb' }],
    ['B14 a __proto__ beside the fields', eventText().replace('}', ',"__proto__":{"kind":"x"}}'), { kind: 'power' }],
    ['B20 -0 in an integer', eventText({ counter: '-0' }), { counter: 0 }],
    ['B20 -0 in a double', eventText({ load: '-0.0' }), { load: 0 }],
    ['B20 -0 in a decimal', eventText({ price: '-0.00' }), { price: 0 }],
    ['B21 null where nothing is required', eventText({ load: 'null' }), { kind: 'power' }],
    [
      'B30 what a path would not like',
      eventText({ reading_id: '"../a=b%2F c"' }),
      { reading_id: '../a=b%2F c', _event_id: '../a=b%2F c' },
    ],
    [
      'a time without zone where the contract says UTC',
      eventText({ read_locally_at: '"2001-01-09 11:00:00"' }),
      { read_locally_at: '2001-01-09 11:00:00.000' },
    ],
    [
      'a length in characters, not in UTF-16 units',
      eventText({ reading_id: `"${'😀'.repeat(40)}"` }),
      { reading_id: '😀'.repeat(40) },
    ],
    ['an exact 48 h ahead', eventText({ measured_at: time(ARRIVAL + 2 * DAY) }), { measured_at: '2001-01-11 12:00:00.000' }],
  ])('%s', (_, input, expected) => {
    const { rows, rejects, late, unknownFields } = judged(input);
    expect(rejects).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0] ?? '')).toMatchObject(expected);
    expect({ late, unknownFields }).toEqual({ late: 0, unknownFields: input.includes('__proto__') ? 1 : 0 });
  });

  test('B22 an unknown field, counted and not stored', () => {
    const { rows, unknownFields } = judged(
      `${eventText({ colour: '"red"' })}\n${eventText({ site: '{"grid":"north","area":1}' })}\n${eventText()}`,
    );
    expect(unknownFields).toBe(2);
    expect(rows.join()).not.toMatch(/colour|area/);
  });

  test.each([
    [2 * DAY, 0],
    [2 * DAY + 1, 1],
    [90 * DAY, 1], // B28
    [1095 * DAY, 1],
  ])('B28 an event %d ms late; flagged %d times', (age, flagged) => {
    expect(judged(eventText({ measured_at: time(ARRIVAL - age) }))).toMatchObject({ rows: [expect.any(String)], late: flagged });
  });

  test('B16 an id again with another body: both, for the key rule to choose', () => {
    const { rows } = judged(`${eventText({ counter: '1' })}\n${eventText({ counter: '2' })}`);
    expect(rows.map((text) => JSON.parse(text) as unknown)).toMatchObject([
      { _event_id: 'r-1', counter: 1 },
      { _event_id: 'r-1', counter: 2 },
    ]);
  });
});

test('names every one of the list', () => {
  const named = new Set(
    [...readFileSync(import.meta.filename, 'utf8').matchAll(/\bB(\d+)\b/g)].map(([, number]) => Number(number)),
  );
  expect([...named].sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
});
