import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { GlueColumn } from '../../../local/glue/table.ts';
import { checkDocument, schemaOf } from '../../../local/parquet/check-document.ts';
import { ParquetConverter } from '../../../local/parquet/convert.ts';
import { openDuckdb } from '../../../local/parquet/engine.ts';
import { PlainRows } from '../../../local/parquet/plain-rows.ts';
import { expectBelowQuadratic } from '../../support/below-quadratic.ts';

const TYPES = {
  s: 'string',
  flag: 'boolean',
  tiny: 'tinyint',
  small: 'smallint',
  i: 'int',
  big: 'bigint',
  f: 'float',
  d: 'double',
  price: 'decimal(10,2)',
  whole: 'decimal(18,0)',
  fine: 'decimal(38,18)',
  day: 'date',
  at: 'timestamp',
  tags: 'array<string>',
  place: 'struct<zip:int>',
  bytes: 'binary',
} as const;
const COLUMNS = Object.entries(TYPES).map(([Name, Type]) => ({ Name, Type }));
const SCHEMA = schemaOf(COLUMNS);

/** Rows of which the keys come as the given ones, in their order. */
function taught(keys: readonly string[], schema = SCHEMA): PlainRows {
  const plain = new PlainRows(schema);
  plain.learn(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join()}}`);
  return plain;
}

const isPlain = (document: string, plain = taught(Object.keys(TYPES))): boolean => plain.endOf(document, 0) === document.length;

test.each([
  ['s', '""'],
  ['s', '"a, }{ ü – 漢"'],
  ['flag', 'false'],
  ['tiny', '-127'],
  ['tiny', '99'],
  ['small', '32767'],
  ['i', '2147483647'],
  ['i', '-1999999999'],
  ['i', '-2099999999'],
  ['i', '999999999'],
  ['big', '-9223372036854775807'],
  ['f', '-0.5'],
  ['d', '66.06820583'],
  ['price', '12345678.90'],
  ['price', '-0.1'],
  ['whole', '999999999999999'],
  ['day', '"2001-12-31"'],
  ['at', '"2199-02-28 23:59:59"'],
  ['at', '"2001-01-19 06:32:43.000"'],
  ['tags', 'null'],
])('takes %s of %s for a row', (column, value) => {
  expect(isPlain(`{"s":null,"${column}":${value}}`.replace('"s":null,"s"', '"s"'))).toBe(true);
});

test.each([
  ['an escape', '{"s":"\\u0061"}'],
  ['a surrogate', '{"s":"😀"}'],
  ['a control character', '{"s":"\t"}'],
  ['a number for a text', '{"s":1}'],
  ['white space', '{"s":null, "i":1}'],
  ['a key twice', '{"s":null,"i":1,"i":1}'],
  ['a key in another case', '{"s":null,"I":1}'],
  ['a key that no column has', '{"s":null,"x":1}'],
  ['another first key', '{"i":1}'],
  ['another order', '{"s":null,"d":1,"i":1}'],
  ['a comma too many', '{"s":null,}'],
  ['no object', '"s"'],
  ['no end', '{"s":null'],
  ['a leading zero', '{"s":null,"i":01}'],
  ['a fraction of an integer', '{"s":null,"i":1.0}'],
  ['an integer that is too large', '{"s":null,"i":2147483648}'],
  ['one that is by its first digits', '{"s":null,"i":3000000000}'],
  ['one that has a digit too many', '{"s":null,"i":10000000000}'],
  ['the least integer', '{"s":null,"i":-2147483648}'],
  ['an exponent', '{"s":null,"d":1e400}'],
  ['a number without digits', '{"s":null,"d":-}'],
  ['a digit beyond the scale', '{"s":null,"price":0.123}'],
  ['a digit beyond the precision', '{"s":null,"price":123456789.1}'],
  ['more digits than a double has', '{"s":null,"whole":1234567890123456}'],
  ['more digits than a double has behind the point', '{"s":null,"fine":0.5}'],
  ['a day that is in no month', '{"s":null,"day":"2001-04-31"}'],
  ['a day that is not in every year', '{"s":null,"day":"2001-02-29"}'],
  ['a time that Firehose would change', '{"s":null,"at":"2262-04-12 00:00:00"}'],
  ['an hour too late', '{"s":null,"at":"2001-01-01 24:00:00"}'],
  ['nanoseconds', '{"s":null,"at":"2001-01-01 00:00:00.1234567"}'],
  ['a list', '{"s":null,"tags":["a"]}'],
  ['a struct', '{"s":null,"place":{}}'],
  ['bytes', '{"s":null,"bytes":"AA=="}'],
])('leaves %s to the exact check', (_, document) => {
  expect(isPlain(document)).toBe(false);
});

test('finds where a document ends among others', () => {
  const plain = taught(['s', 'i']);
  const text = '{"s":"}{"}{"s":"b","i":1}\n{"s":1}';
  expect([plain.endOf(text, 0), plain.endOf(text, 10), plain.endOf(text, 26), plain.endOf(text, 1)]).toEqual([
    10,
    25,
    undefined,
    undefined,
  ]);
});

test('a name in a column that a pattern would read otherwise stands for itself', () => {
  const schema = schemaOf([{ Name: 'a.b*', Type: 'int' }]);
  const plain = taught(['a.b*'], schema);
  expect([isPlain('{"a.b*":1}', plain), isPlain('{"acb":1}', plain)]).toEqual([true, false]);
});

test('knows four orders of keys and asks for no fifth', () => {
  const plain = new PlainRows(SCHEMA);
  const orders = ['s', 'i', 'd', 'at', 'day'].map((key) => `{"${key}":null}`);
  for (const order of orders) plain.learn(order);
  expect(orders.map((order) => isPlain(order, plain))).toEqual([true, true, true, true, false]);
});

test('learns nothing from a document with a key that no column has, and stops to ask', () => {
  const plain = new PlainRows(SCHEMA);
  for (let lesson = 0; lesson < 16; lesson += 1) plain.learn('{"x":1}');
  plain.learn('{"s":null}');
  expect(isPlain('{"s":null}', plain)).toBe(false);
});

test('a text that goes on for long without an end is left in linear time', () => {
  const plain = taught(Object.keys(TYPES));
  expectBelowQuadratic(65_536, () => {
    expect(plain.endOf(`{"s":"${'x'.repeat(10_000_000)}`, 0)).toBeUndefined();
    expect(plain.endOf(`{"s":null${',"d":1'.repeat(100_000)}`, 0)).toBeUndefined();
  });
});

/** Sources of values for the columns, those at the edges of their types often. */
const source = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.double({ noNaN: true }).map((value) => JSON.stringify(value)),
  fc.tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: 0, max: 4 })).map(([value, scale]) => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
    const point = digits.length - scale;
    return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`;
  }),
  fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
  fc
    .date({ min: new Date('1500-01-01'), max: new Date('2400-01-01'), noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom(10, 19, 21, 23).map((length) => JSON.stringify(date.toISOString().replace('T', ' ').slice(0, length))),
    ),
  fc.constantFrom('null', 'true', 'false', '-0', '0.0', '-0.00', '1e3', '[]', '["a"]', '{}', '{"zip":1}'),
);
const keys = fc.shuffledSubarray(Object.keys(TYPES), { minLength: 1 });
const batch = keys.chain((order) =>
  fc.array(
    fc
      .tuple(...order.map(() => fc.option(source, { nil: undefined })))
      .map((values) => order.flatMap((key, index) => (values[index] === undefined ? [] : [`"${key}":${values[index]}`])).join()),
    { minLength: 1, maxLength: 8 },
  ),
);

test('a document that is found to be a row is one for the exact check too', () => {
  let found = 0;
  fc.assert(
    fc.property(keys, fc.array(source, { minLength: 16, maxLength: 16 }), (order, values) => {
      for (const [index, key] of order.entries()) {
        const document = `{"${key}":${values[index] ?? 'null'}}`;
        if (!isPlain(document, taught([key]))) continue;
        found += 1;
        expect(checkDocument(document, SCHEMA)).toHaveProperty('row');
      }
    }),
    { numRuns: 3000 },
  );
  expect(found).toBeGreaterThan(1000);
});

describe('the file', () => {
  let scratch: string;
  let duckdb: DuckDBInstance;
  beforeAll(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'headwaters-plain-'));
    duckdb = await openDuckdb(scratch);
  });
  afterAll(async () => {
    duckdb.closeSync();
    await rm(scratch, { recursive: true, force: true });
  });

  /** The rows of the file that a conversion makes, and the records that failed. */
  async function converted(texts: readonly string[], columns: readonly GlueColumn[] = COLUMNS): Promise<unknown> {
    const converter = new ParquetConverter(duckdb, scratch);
    const records = texts.map((text, index) => ({ id: String(index), text }));
    const { parquet, failed, rows } = await converter.convert({ records, columns });
    if (parquet === undefined) return { failed, rows };
    const file = path.join(scratch, `${randomUUID()}.parquet`); // the engine remembers files by their names
    await writeFile(file, parquet);
    const connection = await duckdb.connect();
    const reader = await connection.runAndReadAll(`select * from read_parquet('${file}')`);
    connection.closeSync();
    return { failed, rows, read: reader.getRowsJson() };
  }

  test('holds the same, whether its rows came as they stand or through the exact check', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (members) => {
        const first = '{"s":null}'; // whose order is the schema's: the others come after what they may be taken for
        const plain = await converted([first, ...members.map((each) => `{${each}}{${each}}`)]);
        const exact = await converted([first, ...members.map((each) => `{ ${each}}\n{ ${each}}`)]);
        expect(plain).toEqual(exact);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [10, 2],
    [15, 0],
    [18, 4],
    [38, 13],
  ])('holds every digit of a decimal(%d,%d) that a double carries', async (precision, scale) => {
    const column = { Name: 'v', Type: `decimal(${precision},${scale})` };
    const digits = Math.min(precision, 15);
    const values = Array.from({ length: 2000 }, (_, index) => {
      const number = String((BigInt(index + 1) * 7_919_000_000_000_003n) % 10n ** BigInt(digits)).padStart(scale + 1, '0');
      return `${index % 2 === 0 ? '-' : ''}${number.slice(0, number.length - scale)}${scale === 0 ? '' : `.${number.slice(-scale)}`}`;
    });
    const plain = taught(['v'], schemaOf([column]));
    expect(values.filter((value) => !isPlain(`{"v":${value}}`, plain))).toEqual([]);
    const { read } = (await converted(
      values.map((value) => `{"v":${value}}`),
      [column],
    )) as { read: unknown[][] };
    expect(read.map(([value]) => value)).toEqual(values);
  });
});
