import { notesOf } from '../../../../core/contract/explain/notes.ts';
import { sinceReleases } from '../../../../core/contract/check-released.ts';
import { contract, schemaObject, type JsonDocument } from '../../../support/contracts.ts';

/** What is noted of the fixture with one more column. */
const noted = (column?: JsonDocument, overrides: JsonDocument = {}): readonly string[] =>
  notesOf(contract({ schema: [schemaObject('readings', column === undefined ? [] : [column])], ...overrides }), {
    changes: [],
  }).map(({ code, path }) => `${code} ${path}`);
const TAGS = { tags: ['personal'] };
const street = { name: 'street', logicalType: 'string', ...TAGS };

test('nothing is noted of personal columns that are protected', () => {
  expect(noted()).toEqual([]);
});

test.each([
  ['a column', { name: 'phone', logicalType: 'string', ...TAGS }, 'readings.phone'],
  ['a confidential column', { name: 'phone', logicalType: 'integer', classification: 'confidential', ...TAGS }, 'readings.phone'],
  ['a field', { name: 'home', logicalType: 'object', properties: [street] }, 'readings.home.street'],
  [
    'a field of items',
    { name: 'homes', logicalType: 'array', items: { logicalType: 'object', properties: [street] } },
    'readings.homes[].street',
  ],
])('%s that is only marked personal is noted', (_, column, path) => {
  expect(noted(column)).toEqual([`PersonalInClear ${path}`]);
});

test('a field within a column that is dropped is not stored', () => {
  const dropped = { customProperties: [{ property: 'protection', value: 'drop' }] };
  expect(noted({ name: 'home', logicalType: 'object', properties: [street], ...dropped })).toEqual([]);
});

test('a dataset that is marked, and protects nothing, is noted', () => {
  const clear = (name: string) => ({ name, logicalType: 'string' });
  const schema = schemaObject('readings', ['contact', 'customer_name', 'customer_id', 'remark'].map(clear));
  expect(noted(undefined, { tags: ['personal'], schema: [schema] })).toEqual(['PersonalInClear readings']);
  expect(noted(undefined, { tags: ['personal'] })).toEqual([]);
});

const latency = (value: number): JsonDocument => ({
  slaProperties: [
    { property: 'latency', value, unit: 's' },
    { property: 'retention', value: 3, unit: 'y' },
  ],
});
const messages = (document: JsonDocument): readonly string[] =>
  notesOf(contract(document), { changes: [] }).map(({ code, path, message }) => `${code} ${path} ${message}`);

test.each([
  [1, 180],
  [180, 240],
  [357, 358],
])('a freshness of %d seconds is noted: a sound delivery may take %d', (value, takes) => {
  expect(messages(latency(value))).toEqual([
    `FreshnessOutOfReach readings promises events within ${value} seconds, and a sound delivery may take ${takes}, before which no alarm goes off; state a latency of 360 seconds or more`,
  ]);
});

test('the least freshness that is named is kept', () => {
  expect(messages(latency(360))).toEqual([]);
});

const volume = (expectedEventsPerDay: number): JsonDocument => ({
  schema: [schemaObject('readings', [], { expectedEventsPerDay })],
});

test('a volume that takes more shards than an account may have is noted', () => {
  expect(messages(volume(60_000_000_000))).toEqual([
    expect.stringMatching(
      /^ShardsBeyondAccount readings expects 60000000000 events a day, for which its stream needs 1044 shards: beyond the 1000 /,
    ) as string,
  ]);
  expect(messages(volume(50_000_000_000))).toEqual([]);
});

test('so is one whose events are promised in an hour: it has a stream, since no delivery takes so much', () => {
  expect(messages({ ...latency(3600), ...volume(60_000_000_000) })).toEqual([
    expect.stringContaining('for which its stream needs 1044 shards') as string,
  ]);
  expect(messages(latency(3600))).toEqual([]);
});

/** What is noted of a new major version with another column in the place of one. */
const since = (column: JsonDocument) => {
  const now = contract({ version: '2.0.0', schema: [schemaObject('readings', [column])] });
  return notesOf(now, sinceReleases([now], [contract()]).get(now) ?? { changes: [] });
};

test('a type that stored files are not read as is noted in any version, with what to do', () => {
  expect(since({ name: 'counter', logicalType: 'string' })).toEqual([
    {
      code: 'MigrationNeeded',
      path: 'readings.counter',
      message:
        'no longer fits what is stored since 1.2.3 (TypeChanged): from bigint to string: every value sent before is refused; queries written for bigint meet string; files that hold bigint are not read as string; add a column of the new type beside the old one, fill both, and remove the old one in a later major version',
    },
  ]);
});

test('a break that stored data fits is not noted', () => {
  expect(since({ name: 'counter', logicalType: 'integer', required: true })).toEqual([]);
});
