import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { CompiledColumn, CompiledType } from '../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../core/record/judge-event.ts';
import { judgeRecord, type JudgedRecord } from '../../../core/record/judge-record.ts';
import { REASONS } from '../../../core/record/reasons.ts';
import { bytesOf, splitRecord } from '../../../core/record/split-record.ts';
import { ARRIVAL, SECRET, compiled, eventText, judgeOf } from '../../support/contracts.ts';
import { randomContract } from './differential/contracts.ts';
import { randomEvent } from './differential/events.ts';
import { Random } from '../../support/random.ts';
import { expectBelowQuadratic } from '../../support/below-quadratic.ts';

const contract = compiled();
const judge = judgeOf();
const recordOf = (bytes: Uint8Array) => ({
  recordId: 'record-1',
  bytes,
  arrival: ARRIVAL,
  stream: 'stream',
  shardId: 'shard',
  sequenceNumber: '1',
  subsequenceNumber: 0,
});
const NEWLINE = 10;

/** Lines of a record and where each begins and ends, found byte by byte. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== NEWLINE) continue;
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return lines;
}

/** Each line is blank, a row, or a reject with its own bytes, and the three together are the record. */
function expectEveryEventAnsweredOnce(bytes: Uint8Array, judged: JudgedRecord): void {
  const lines = linesOf(bytes);
  const rejected = new Map(judged.rejects.map((reject) => [reject.ordinal, reject]));
  expect(rejected.size).toBe(judged.rejects.length);
  for (const [ordinal, reject] of rejected) {
    const line = Buffer.from(lines[ordinal] ?? []);
    expect(reject.original).toBe(line.toString('base64'));
    expect(reject.sha256).toBe(createHash('sha256').update(line).digest('hex'));
    expect(REASONS).toContain(reject.reason);
  }
  const blank = lines.filter((line) => /^(?:[ \t\r]|\xef\xbb\xbf)*$/.test(Buffer.from(line).toString('latin1'))).length;
  const empty = bytes.length === 0 ? 1 : 0; // its one line is blank and a reject
  expect(judged.rows.length + judged.rejects.length).toBe(lines.length - blank + empty);
  for (const row of judged.rows) expect(JSON.parse(row)).toMatchObject({ _event_id: expect.any(String) as string });
  for (const reject of judged.rejects) expect(JSON.parse(JSON.stringify(reject))).toEqual(reject);
}

const pieces = fc.oneof(
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 12 }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '\n',
        ' ',
        '\\',
        '\\u0000',
        '\\ud800',
        '1',
        '-',
        '1e400',
        'null',
        '"reading_id"',
        '"kind"',
        '"power"',
        '\ufeff',
        '\r\n',
      )
      .map((text) => Buffer.from(text)),
  },
  { weight: 2, arbitrary: fc.nat(999).map((id) => Buffer.from(`\n${eventText({ reading_id: `"${id}"` })}\n`)) },
);

test('answers every event of any bytes exactly once, and loses none of them', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const bytes = Buffer.concat(parts);
      expectEveryEventAnsweredOnce(bytes, judgeRecord(contract, judge, recordOf(bytes)));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('answers every event with some bytes of it changed, and its neighbours as ever', () => {
  const random = new Random(2);
  for (let run = 0; run < 1000; run += 1) {
    const event = Buffer.from(eventText({ site: '{"grid":"north","floors":[1,2]}', contact: '"ä@example.com"', price: '1.50' }));
    for (let change = random.between(1, 3); change > 0; change -= 1)
      event[random.between(0, event.length - 1)] = random.between(0, 255);
    const [before, after] = ['a', 'b'].map((id) => Buffer.from(`\n${eventText({ reading_id: `"${id}"` })}\n`)) as [
      Buffer,
      Buffer,
    ];
    const bytes = Buffer.concat([before, event, after]);
    const judged = judgeRecord(contract, judge, recordOf(bytes));
    expectEveryEventAnsweredOnce(bytes, judged);
    expect(JSON.parse(judged.rows[0] ?? '')).toMatchObject({ _event_id: 'a' });
    expect(JSON.parse(judged.rows.at(-1) ?? '')).toMatchObject({ _event_id: 'b' });
  }
});

test('splits any bytes into fragments that are the record again with what stood between them', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const bytes = Buffer.concat(parts);
      const fragments = new Map(splitRecord(bytes).map((fragment) => [fragment.ordinal, bytesOf(fragment)]));
      const lines = linesOf(bytes).map((line, ordinal) => fragments.get(ordinal) ?? line);
      expect(Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [Uint8Array.of(NEWLINE), line])))).toEqual(
        bytes,
      );
    }),
    { seed: 1 },
  );
});

/** Whether a stored value is one of the column's type, told from its JSON alone. */
function isOfType(value: unknown, type: CompiledType): boolean {
  switch (type.kind) {
    case 'string':
    case 'time':
      return typeof value === 'string';
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(String(value));
    case 'timestamp':
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(String(value));
    case 'integer':
      return Number.isInteger(value);
    case 'double':
    case 'decimal':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && value.every((item) => isOfType(item, type.items));
    case 'object':
      return isRow(value, type.fields, []);
    case 'map':
      return typeof value === 'object' && value !== null && Object.values(value).every((item) => isOfType(item, type.values));
  }
}
const isRow = (row: unknown, columns: readonly CompiledColumn[], added: readonly string[]): boolean =>
  typeof row === 'object' &&
  row !== null &&
  columns.every(({ name, required, type }) => (name in row ? isOfType(row[name as keyof typeof row], type) : !required)) &&
  Object.keys(row).every((key) => added.includes(key) || columns.some(({ name }) => name === key));

test('stores rows of the columns and types of their contract, whatever the contract', () => {
  const random = new Random(3);
  let rows = 0;
  for (let of = 0; of < 50; of += 1) {
    const any = randomContract(random);
    const judgeAny = eventJudge(any, SECRET);
    const events = Array.from({ length: 40 }, (_, serial) => randomEvent(random, any, serial));
    const bytes = Buffer.from(events.join('\n'));
    const judged = judgeRecord(any, judgeAny, recordOf(bytes));
    expectEveryEventAnsweredOnce(bytes, judged);
    rows += judged.rows.length;
    for (const row of judged.rows)
      expect(isRow(JSON.parse(row), any.columns, ['_event_id', '_ingested_at', '_contract_version', '_content_hash'])).toBe(true);
  }
  expect(rows).toBeGreaterThan(300);
});

describe('takes time that grows with the length of the input alone', () => {
  const LENGTH = 65_536;
  const long = (part: string, end = ''): string => JSON.stringify(part.repeat(LENGTH / part.length) + end);
  const many = (item: (index: number) => string, count = LENGTH / 8): string =>
    Array.from({ length: count }, (_, index) => item(index)).join(',');
  const column = (name: string, type: CompiledType, validValues?: string[]): CompiledColumn => ({
    name,
    type,
    required: false,
    validValues,
  });
  const set = (items: CompiledType): CompiledType => ({ kind: 'array', items, uniqueItems: true });
  const nested: CompiledType = Array.from({ length: 20 }).reduce<CompiledType>((type) => set(type), {
    kind: 'integer',
    bits: 64,
  });

  test.each<[string, CompiledType, string]>([
    ['a text of one character', { kind: 'string', minLength: 3, maxLength: 100_000 }, long('😀')],
    ['a text of escapes', { kind: 'string' }, `"${'\\u00e9'.repeat(LENGTH / 6)}"`],
    ['a pattern', { kind: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, long('a-a', '!')],
    ['an e-mail', { kind: 'string', format: 'email' }, long('a.a@')],
    ['an e-mail of many hyphens', { kind: 'string', format: 'email' }, `"a@${'a-'.repeat(LENGTH / 2)}"`],
    ['an e-mail of many dots', { kind: 'string', format: 'email' }, `"a@${'a.'.repeat(LENGTH / 2)}"`],
    ['a hostname', { kind: 'string', format: 'hostname' }, long('a-', '.')],
    ['a uuid', { kind: 'string', format: 'uuid' }, long('0')],
    ['a URI', { kind: 'string', format: 'uri' }, long('a:', ' ')],
    ['an IPv4 address', { kind: 'string', format: 'ipv4' }, long('1.')],
    ['an IPv6 address', { kind: 'string', format: 'ipv6' }, long(':')],
    ['an integer', { kind: 'integer', bits: 64, multipleOf: '7', minimum: '0' }, '9'.repeat(LENGTH)],
    ['a double', { kind: 'double', multipleOf: '0.1' }, `0.${'0'.repeat(LENGTH)}1`],
    ['a double with a long exponent', { kind: 'double', multipleOf: '0.1' }, `1e-${'9'.repeat(LENGTH)}`],
    ['a decimal', { kind: 'decimal', precision: 38, scale: 18, multipleOf: '0.1' }, `1.${'0'.repeat(LENGTH)}`],
    ['a decimal of nines', { kind: 'decimal', precision: 38, scale: 18, minimum: '0' }, `${'9'.repeat(LENGTH)}.5`],
    ['a date', { kind: 'date' }, long('2001-01-09')],
    ['a time of day', { kind: 'time' }, `"11:00:00.${'0'.repeat(LENGTH)}"`],
    ['a timestamp', { kind: 'timestamp', zonelessIsUtc: true }, `"2001-01-09T11:00:00.${'0'.repeat(LENGTH)}Z"`],
    ['a set', set({ kind: 'integer', bits: 64 }), `[${many(String)}]`],
    ['a set within sets', nested, `${'['.repeat(20)}${many(String)}${']'.repeat(20)}`],
    ['a map', { kind: 'map', values: { kind: 'double' } }, `{${many((index) => `"k${index}":1`)}}`],
    ['a set of maps', set({ kind: 'map', values: { kind: 'double' } }), `[{${many((index) => `"k${index}":1`)}}]`],
    ['an object of unknown keys', { kind: 'object', fields: [] }, `{${many((index) => `"k${index}":1`)}}`],
    ['keys that are numbers', { kind: 'map', values: { kind: 'double' } }, `{${many((index) => `"${index}":1`)}}`],
    ['white space', { kind: 'boolean' }, `${' '.repeat(LENGTH)}true`],
    ['lists side by side', { kind: 'boolean' }, `[${many(() => '[]', LENGTH / 3)}]`],
  ])('%s of 64 KiB', (_, type, text) => {
    const one = { ...contract, columns: [...contract.columns, column('it', type)] };
    const judgeOne = eventJudge(one, SECRET);
    const bytes = Buffer.from(eventText({ it: text }));
    expect(bytes.length).toBeGreaterThan(LENGTH / 2);
    expectBelowQuadratic(LENGTH, () => {
      // a tenth of it at most; were it quadratic, four times
      for (let run = 0; run < 4; run += 1) expectEveryEventAnsweredOnce(bytes, judgeRecord(one, judgeOne, recordOf(bytes)));
    });
  });

  test.each<[string, Buffer]>([
    ['newlines', Buffer.alloc(LENGTH, NEWLINE)],
    ['opened brackets', Buffer.alloc(LENGTH, '[')],
    ['opened objects', Buffer.alloc(LENGTH, '{"a":')],
    ['quotes', Buffer.alloc(LENGTH, '"')],
    ['backslashes', Buffer.alloc(LENGTH, '"\\')],
    ['bytes that are no UTF-8', Buffer.alloc(LENGTH, 0xff)],
    ['lines that are no UTF-8', Buffer.alloc(LENGTH, Buffer.from([0xff, NEWLINE]))],
    ['zeros', Buffer.alloc(LENGTH)],
    ['short lines', Buffer.alloc(LENGTH, '{}\n')],
  ])('64 KiB of %s', (_, bytes) => {
    expectBelowQuadratic(LENGTH / 2, () => {
      judgeRecord(contract, judge, recordOf(bytes));
    });
  });
});
