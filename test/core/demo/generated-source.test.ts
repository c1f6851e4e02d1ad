import type { DatasetContract } from '../../../core/contract/model.ts';
import type { DemoDay } from '../../../core/demo/demo-source.ts';
import { GeneratedSource } from '../../../core/demo/generated-source.ts';
import { compileContract } from '../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../core/record/judge-event.ts';
import {
  changed,
  columnPath,
  contractDocument,
  dataset,
  plainDataset,
  schemaObject,
  SECRET,
  type JsonDocument,
} from '../../support/contracts.ts';

const DAY_MS = 86_400_000;
const ROWS = 600;

async function daysOf(datasets: readonly DatasetContract[], rows: number, seed = 1): Promise<DemoDay[]> {
  const days: DemoDay[] = [];
  for await (const day of new GeneratedSource(datasets, { rows, seed }).days()) days.push(day);
  return days;
}
const eventsOf = (days: readonly DemoDay[]): string[] => days.flatMap(({ batches }) => batches.flatMap(({ events }) => events));

/** A column whose pattern is met by its examples alone. */
const withExamples = (document: JsonDocument): JsonDocument =>
  changed(document, columnPath('meter_code', 'examples'), ['M1', 'M23', 'M4567890']);
/** The fixture with columns replaced or added. */
const withColumns = (...columns: JsonDocument[]): DatasetContract =>
  dataset(withExamples(contractDocument({ schema: [schemaObject('readings', columns)] })));
const withId = (rest: JsonDocument): DatasetContract => withColumns({ name: 'reading_id', required: true, ...rest });

/** A dataset of an id and a time alone: many events of it are quickly made. */
function plainWithId(rest: JsonDocument): DatasetContract {
  const contract = withId(rest);
  const kept = contract.columns.filter(({ name }) => ['reading_id', 'measured_at', 'sequence'].includes(name));
  return { ...contract, columns: kept };
}

/** Columns at the edges of what a contract may ask. */
const EDGES: readonly JsonDocument[] = [
  { name: 'always_long', logicalType: 'string', logicalTypeOptions: { minLength: 40, maxLength: 40 } },
  { name: 'one_letter', logicalType: 'string', logicalTypeOptions: { maxLength: 1 } },
  { name: 'bounded', logicalType: 'integer', logicalTypeOptions: { exclusiveMinimum: 7, exclusiveMaximum: 10 } },
  { name: 'below_zero', logicalType: 'integer', logicalTypeOptions: { maximum: -3 } },
  { name: 'small', logicalType: 'integer', logicalTypeOptions: { format: 'i32' } },
  { name: 'share', logicalType: 'number', physicalType: 'decimal(4,4)' },
  { name: 'whole_number', logicalType: 'number', physicalType: 'decimal(38,0)' },
  { name: 'site_address', logicalType: 'string', logicalTypeOptions: { format: 'uri' } },
  { name: 'host', logicalType: 'string', logicalTypeOptions: { format: 'hostname' } },
  { name: 'lists', logicalType: 'array', items: { logicalType: 'array', items: { logicalType: 'boolean' } } },
];

test.each<[string, DatasetContract]>([
  ['the fixture, of every kind of column', dataset(withExamples(contractDocument()))],
  ['columns at the edges of what is lawful', withColumns(...EDGES)],
  ['a few plain columns', plainDataset()],
  ['an integer id', withId({ logicalType: 'integer' })],
  ['an integer id of 32 bits', withId({ logicalType: 'integer', logicalTypeOptions: { format: 'i32' } })],
  ['a uuid', withId({ logicalType: 'string', logicalTypeOptions: { format: 'uuid' } })],
  ['a pattern without examples', dataset()],
  ['a short id', withId({ logicalType: 'string', logicalTypeOptions: { maxLength: 6 } })],
])('every event of %s is accepted', async (_, contract) => {
  const days = await daysOf([contract], ROWS);
  const judge = eventJudge(compileContract(contract), SECRET);
  const refused = days.flatMap(({ uploadAt, batches }) =>
    batches.flatMap(({ events }) =>
      events.flatMap((event) => {
        const verdict = judge(event, uploadAt);
        return verdict.accepted && !verdict.late && !verdict.unknownFields ? [] : [{ event, verdict }];
      }),
    ),
  );
  expect(eventsOf(days)).toHaveLength(ROWS);
  expect(refused).toEqual([]);
});

test('every column is filled by some event, and an optional one is left out by some', async () => {
  const contract = dataset(withExamples(contractDocument()));
  const events = eventsOf(await daysOf([contract], 300)).map((text) => Object.keys(JSON.parse(text) as object));
  for (const { name, required } of contract.columns) {
    const filled = events.filter((keys) => keys.includes(name)).length;
    expect({ name, some: filled > 0, all: filled === events.length }).toEqual({ name, some: true, all: required });
  }
});

test.each<[string, number, JsonDocument]>([
  ['an integer', 20_000, { logicalType: 'integer' }],
  ['a text of 6 characters at most', 20_000, { logicalType: 'string', logicalTypeOptions: { maxLength: 6 } }],
  ['an integer from a minimum on', 2_000, { logicalType: 'integer', logicalTypeOptions: { minimum: -1_000 } }],
  ['an integer above an exclusive minimum', 2_000, { logicalType: 'integer', logicalTypeOptions: { exclusiveMinimum: 41 } }],
  ['one of exactly as many integers', 2_000, { logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 2_000 } }],
  ['a text', 2_000, { logicalType: 'string' }],
  ['a text of 30 characters at least', 2_000, { logicalType: 'string', logicalTypeOptions: { minLength: 30 } }],
  ['a uuid', 2_000, { logicalType: 'string', logicalTypeOptions: { format: 'uuid' } }],
  ['a text of a pattern', 2_000, { logicalType: 'string', logicalTypeOptions: { pattern: '^R[0-9]+$' } }],
  ['a text that begins so', 2_000, { logicalType: 'string', logicalTypeOptions: { pattern: '^ORD-', maxLength: 10 } }],
  ['a text of a pattern that looks ahead', 2_000, { logicalType: 'string', logicalTypeOptions: { pattern: '^(?!0)[0-9]{5}$' } }],
  ['a uuid of a pattern', 2_000, { logicalType: 'string', logicalTypeOptions: { format: 'uuid', pattern: '^[0-9a-f]{8}-' } }],
  ['a short e-mail', 2_000, { logicalType: 'string', logicalTypeOptions: { format: 'email', maxLength: 9 } }],
  ['an IPv4 address', 2_000, { logicalType: 'string', logicalTypeOptions: { format: 'ipv4', maxLength: 9 } }],
  ['an IPv6 address of a pattern', 2_000, { logicalType: 'string', logicalTypeOptions: { format: 'ipv6', pattern: ':0000:' } }],
  ['a multiple', 2_000, { logicalType: 'integer', logicalTypeOptions: { minimum: 3, multipleOf: 2.5 } }],
  ['an integer below a maximum', 2_000, { logicalType: 'integer', logicalTypeOptions: { maximum: -3 } }],
])('when the id is %s, %d ids are distinct as they are stored', async (_, rows, type) => {
  const contract = plainWithId(type);
  const judge = eventJudge(compileContract(contract), SECRET);
  const ids = (await daysOf([contract], rows)).flatMap(({ uploadAt, batches }) =>
    batches.flatMap(({ events }) =>
      events.map((event) => {
        const verdict = judge(event, uploadAt);
        return verdict.accepted ? (JSON.parse(verdict.row) as { _event_id: string })._event_id : verdict.reason;
      }),
    ),
  );
  expect(new Set(ids).size).toBe(rows);
});

const listed = (...validValues: string[]): JsonDocument => ({
  quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues }, mustBe: 0 }],
});
const sourceOf = (contract: DatasetContract, rows = 2_000): GeneratedSource => new GeneratedSource([contract], { rows, seed: 1 });

test.each<[string, number, JsonDocument]>([
  ['of a closed list', 2, { logicalType: 'string', ...listed('a', 'b') }],
  ['of too few integers', 1_999, { logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 1_999 } }],
  ['of one character', 36, { logicalType: 'string', logicalTypeOptions: { maxLength: 1 } }],
  ['of a pattern with few texts', 20, { logicalType: 'string', logicalTypeOptions: { pattern: '^[AB][0-9]$' } }],
])('an id %s gives %d events, and says that they are fewer', async (_, count, type) => {
  const contract = plainWithId(type);
  const source = sourceOf(contract);
  expect(source.fewer.map((fewer) => fewer.count)).toEqual([count]);
  expect(source.leftOut).toEqual([]);
  expect(eventsOf(await daysOf([contract], 2_000))).toHaveLength(count);
});

test('several id columns give as many events as there are pairs of their values', async () => {
  const pairs: DatasetContract = {
    ...withColumns(
      { name: 'reading_id', logicalType: 'string', required: true, ...listed('a', 'b') },
      { name: 'channel', logicalType: 'integer', required: true, logicalTypeOptions: { minimum: 0, maximum: 9 } },
    ),
    eventIdFields: ['reading_id', 'channel'],
  };
  const events = eventsOf(await daysOf([pairs], 50)).map((text) => JSON.parse(text) as { reading_id: string; channel: number });
  expect(new Set(events.map(({ reading_id, channel }) => `${reading_id}/${channel}`)).size).toBe(20);
});

test.each<[string, string, DatasetContract]>([
  [
    'an id that no integer fits',
    "NoIds: 'energy.readings.reading_id' is an id that no integer fits; widen its bounds, or mend its 'multipleOf'",
    plainWithId({ logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 9, multipleOf: 10 } }),
  ],
  [
    'an id whose rules no text obeys',
    "NoExamples: 'energy.readings.reading_id' takes no text that could be made up from its pattern, format and lengths; give the column 'examples' in its contract that it takes",
    plainWithId({ logicalType: 'string', logicalTypeOptions: { pattern: '^[0-9]{4}$', minLength: 5 } }),
  ],
  [
    'a column whose rules no text obeys',
    "NoExamples: 'energy.readings.remark' takes no text",
    withColumns({ name: 'remark', logicalType: 'string', required: true, logicalTypeOptions: { pattern: '^.$', minLength: 2 } }),
  ],
  [
    'a rule that no event made up obeys',
    "NoEvents: 'energy.readings' takes no event that could be made up: wrong-length for 'site_map'; loosen that rule, or bring events of the dataset in sample/index.ts",
    withColumns({
      name: 'site_map',
      logicalType: 'object',
      required: true,
      logicalTypeOptions: { minProperties: 3 },
      properties: [{ name: 'grid', logicalType: 'string' }],
    }),
  ],
])('leaves a dataset out for %s, and brings the others', async (_, message, contract) => {
  const source = new GeneratedSource([contract, plainDataset('outages')], { rows: 3, seed: 1 });
  expect(source.leftOut.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
  const names: string[] = [];
  for await (const { batches } of source.days()) names.push(...batches.map(({ dataset: name }) => name));
  expect(new Set(names)).toEqual(new Set(['outages']));
});

test('examples help an id whose texts are not found', async () => {
  const type: JsonDocument = { logicalType: 'string', logicalTypeOptions: { pattern: '^(?=.{600}$)a+$' } };
  expect(sourceOf(plainWithId(type)).leftOut).toHaveLength(1);
  const examples = ['a'.repeat(600), 'too short'];
  expect(eventsOf(await daysOf([plainWithId({ ...type, examples })], 10))).toHaveLength(1);
});

test('uploads three days of as many events each, once they have closed', async () => {
  const days = await daysOf([plainDataset()], 100);
  expect(days.map(({ batches }) => batches[0]?.events.length)).toEqual([34, 34, 32]);
  const start = new GeneratedSource([], { rows: 1, seed: 1 }).startsAt;
  expect(days.map(({ uploadAt }) => uploadAt - start)).toEqual([1, 2, 3].map((day) => day * DAY_MS + 300_000));
});

test.each([1, 2, 3, 4])('makes %d events when asked for as many', async (rows) => {
  expect(eventsOf(await daysOf([plainDataset()], rows))).toHaveLength(rows);
});

test('brings every dataset each day, packed and not', async () => {
  const plain = [plainDataset('readings'), plainDataset('outages', 'water')];
  const [first] = await daysOf(plain, 9);
  expect(first?.batches.map(({ domain, dataset: name, packed, events }) => [domain, name, packed, events.length])).toEqual([
    ['energy', 'readings', true, 3],
    ['water', 'outages', false, 3],
  ]);
});

test('the same seed gives the same events, and another seed others', async () => {
  const contract = dataset(withExamples(contractDocument()));
  const events = eventsOf(await daysOf([contract], 50));
  expect(eventsOf(await daysOf([contract], 50))).toEqual(events);
  expect(eventsOf(await daysOf([contract], 50, 2))).not.toEqual(events);
});
