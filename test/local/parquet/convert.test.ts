import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { ParquetConverter } from '../../../local/parquet/convert.ts';
import { openDuckdb } from '../../../local/parquet/engine.ts';

let scratch: string;
let duckdb: DuckDBInstance;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), 'headwaters-parquet-'));
  duckdb = await openDuckdb(scratch);
});
afterAll(async () => {
  duckdb.closeSync();
  await rm(scratch, { recursive: true, force: true });
});

const COLUMNS = [
  { Name: 'id', Type: 'bigint' },
  { Name: 'amount', Type: 'decimal(38,18)' },
  { Name: 'at', Type: 'timestamp' },
  { Name: 'day', Type: 'date' },
  { Name: 'ratio', Type: 'double' },
  { Name: 'tags', Type: 'array<string>' },
  { Name: 'place', Type: 'struct<city:string,Zip:int>' },
  { Name: 'counts', Type: 'map<string,bigint>' },
];

const converter = (): ParquetConverter => new ParquetConverter(duckdb, path.join(scratch, 'work'));

async function rowsOf(parquet: Buffer | undefined): Promise<unknown[]> {
  if (parquet === undefined) return [];
  const file = path.join(scratch, 'read.parquet');
  await writeFile(file, parquet);
  const connection = await duckdb.connect();
  const reader = await connection.runAndReadAll(`select * from read_parquet('${file}')`);
  connection.closeSync();
  return reader.getRowsJson();
}

test('keeps every value exactly, in the order of the records', async () => {
  const first =
    '{"ID":9007199254740993,"amount":"12345678901234567890.123456789012345678","at":"2001-01-01 00:01:02.5","day":"2000-02-29","ratio":1.5e3}' +
    '{"id":-1,"unknown":{"deep":["}"]},"tags":["a\\"}",null],"place":{"CITY":"O\\u00e9","zip":7},"counts":{"A":1,"a":2}}';
  const { parquet, failed, rows } = await converter().convert({
    records: [
      { id: 'r1', text: first },
      { id: 'r2', text: ' {"id":3,"amount":-0.5e-1}\n\n{"id":4,"amount":10}\n' },
    ],
    columns: COLUMNS,
  });
  expect(failed).toEqual([]);
  expect(rows).toBe(4);
  const none = [null, null, null, null, null, null];
  expect(await rowsOf(parquet)).toEqual([
    [
      '9007199254740993',
      '12345678901234567890.123456789012345678',
      '2001-01-01 00:01:02.5',
      '2000-02-29',
      1500,
      null,
      null,
      null,
    ],
    [
      '-1',
      null,
      null,
      null,
      null,
      ['a"}', null],
      { city: 'Oé', zip: 7 },
      [
        { key: 'A', value: '1' },
        { key: 'a', value: '2' },
      ],
    ],
    ['3', '-0.050000000000000000', ...none],
    ['4', '10.000000000000000000', ...none],
  ]);
});

test('fails a whole record for one bad document and leaves its neighbours alone', async () => {
  const { parquet, failed, rows } = await converter().convert({
    records: [
      { id: 'good', text: '{"id":1}' },
      { id: 'bad', text: '{"id":2}{"id":"secret"}' },
      { id: 'array', text: '[{"id":2}]' },
    ],
    columns: COLUMNS,
  });
  expect(failed).toEqual([
    { id: 'bad', unparsed: false, errorMessage: "column 'id' does not hold its value exactly: it is bigint" },
    { id: 'array', unparsed: false, errorMessage: 'the record is not a sequence of JSON objects' },
  ]);
  expect(rows).toBe(1);
  expect(await rowsOf(parquet)).toHaveLength(1);
});

test('answers no file where no record can be converted, and leaves nothing behind', async () => {
  const answer = await converter().convert({ records: [{ id: 'a', text: 'x' }], columns: COLUMNS });
  expect(answer).toEqual({
    parquet: undefined,
    failed: [{ id: 'a', unparsed: true, errorMessage: 'the record is not a sequence of JSON objects' }],
    rows: 0,
  });
  expect(await readdir(path.join(scratch, 'work'))).toEqual([]);
});

test('writes the columns of the table with the types of the table', async () => {
  const { parquet } = await converter().convert({ records: [{ id: 'a', text: '{"other":1}' }], columns: COLUMNS });
  expect(await rowsOf(parquet)).toEqual([[null, null, null, null, null, null, null, null]]);
});
