import { glueColumns, hiveType, trinoType } from '../../../core/contract/glue-columns.ts';
import { changed, columnPath, contractDocument, dataset } from '../../support/contracts.ts';

test('gives each column its Hive type, leaves out what is dropped, and ends with the columns of the platform', () => {
  expect(glueColumns(dataset()).map(({ name, type }) => [name, type])).toEqual([
    ['reading_id', 'string'],
    ['measured_at', 'timestamp'],
    ['sequence', 'bigint'],
    ['kind', 'string'],
    ['meter_code', 'string'],
    ['channel', 'int'],
    ['counter', 'bigint'],
    ['load', 'double'],
    ['price', 'decimal(10,2)'],
    ['energy', 'decimal(38,18)'],
    ['estimated', 'boolean'],
    ['billing_day', 'date'],
    ['local_time', 'string'],
    ['read_locally_at', 'timestamp'],
    ['site', 'struct<grid:string,floors:array<bigint>,position:struct<lat:double,lon:double>>'],
    ['samples', 'array<double>'],
    ['contact', 'string'],
    ['customer_name', 'string'],
    ['customer_id', 'string'],
    ['_event_id', 'string'],
    ['_ingested_at', 'timestamp'],
    ['_contract_version', 'string'],
    ['_content_hash', 'int'],
  ]);
});

test.each([
  ['string', 'varchar'],
  ['int', 'integer'],
  ['bigint', 'bigint'],
  ['timestamp', 'timestamp(3)'],
  ['decimal(38,18)', 'decimal(38,18)'],
  ['array<array<int>>', 'array(array(integer))'],
  [
    'struct<a:string,b:decimal(4,2),c:struct<order:array<int>,e:timestamp>>',
    'row("a" varchar, "b" decimal(4,2), "c" row("order" array(integer), "e" timestamp(3)))',
  ],
])('writes Hive %s for Trino as %s', (hive, trino) => {
  expect(trinoType(hive)).toBe(trino);
});

test('writes a list of objects', () => {
  const type = { kind: 'object', fields: [] } as const;
  expect(hiveType({ kind: 'array', items: type })).toBe('array<struct<>>');
});

const commentOf = (description: string): string | undefined =>
  glueColumns(dataset(changed(contractDocument(), columnPath('kind', 'description'), description))).find(
    ({ name }) => name === 'kind',
  )?.comment;

test('keeps a comment on one line, as Glue demands', () => {
  expect(commentOf('what\n  it\tmeasures\n')).toBe('what it measures');
});

test.each([
  ['a'.repeat(300), 255],
  ['€'.repeat(300), 255],
  ['😀'.repeat(100), 252],
])('keeps a comment within 255 bytes, characters whole (case %#)', (description, bytes) => {
  const comment = commentOf(description) ?? '';
  expect(Buffer.byteLength(comment)).toBe(bytes);
  expect(description.startsWith(comment)).toBe(true);
});

test('says how a column is protected', () => {
  const comments = glueColumns(dataset()).filter(({ name }) => ['contact', 'customer_name', 'customer_id'].includes(name));
  expect(comments.map(({ comment }) => comment)).toEqual(['Protected: mask.', 'Protected: hash.', 'Protected: tokenize.']);
});
