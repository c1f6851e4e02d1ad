import { readContracts } from '../../../core/contract/read-file.ts';
import type { Column, ColumnType } from '../../../core/contract/model.ts';
import { compileContract } from '../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../core/record/judge-event.ts';
import { splitRecord } from '../../../core/record/split-record.ts';
import { EVENTS_UNTIL } from '../../../prove/nothing-leaked/values/base-events.ts';
import { knownEventsOf } from '../../../prove/nothing-leaked/values/known-events.ts';
import { knownValues } from '../../../prove/nothing-leaked/values/known-value.ts';
import { SPOILT } from '../../../prove/nothing-leaked/values/spoil.ts';

const COUNT = 60;
const datasets = readContracts('contracts').flatMap((contract) => contract.datasets);
const given = await knownEventsOf(datasets, COUNT);

test("knows values for each protected field of the project's contracts", () => {
  const fields = datasets.flatMap(({ columns }) => columns.filter(({ protection }) => protection !== undefined));
  const known = new Set(given.flatMap(({ secrets }) => secrets.map(({ of }) => of)).filter((of) => of.includes('.')));
  expect(known.size + given.flatMap(({ narrow }) => narrow).length).toBe(fields.length);
});

test.each(given.map((known) => [known.dataset.name, known] as const))(
  '%s accepts what is to be accepted, and rejects the rest',
  (_, known) => {
    const judge = eventJudge(compileContract(known.dataset), 'x'.repeat(40));
    const verdicts = (events: readonly Uint8Array[]) =>
      events.map((event) =>
        [...splitRecord(event)].every(({ text }) => text !== undefined && judge(text, EVENTS_UNTIL).accepted),
      );
    expect(verdicts(known.accepted)).toEqual(Array.from({ length: COUNT }, () => true));
    expect(verdicts(known.rejected)).toEqual(known.rejected.map(() => false));
    expect(known.rejected.length).toBeGreaterThan(Object.keys(SPOILT).length);
  },
);

test('gives the same for the same', async () => {
  expect(await knownEventsOf(datasets, COUNT)).toEqual(given);
});

const column = (type: ColumnType, rest: Partial<Column> = {}): Column => ({
  name: 'secret',
  type,
  required: true,
  primaryKey: false,
  unique: false,
  examples: [],
  classification: 'restricted',
  protection: 'drop',
  tags: ['personal'],
  ...rest,
});

test.each<[string, ColumnType]>([
  ['text', { kind: 'string' }],
  ['short text', { kind: 'string', maxLength: 12 }],
  ['long text', { kind: 'string', minLength: 500 }],
  ['a pattern', { kind: 'string', pattern: '^[A-Z]{4}-[0-9]{12}$' }],
  ['an e-mail', { kind: 'string', format: 'email' }],
  ['an address', { kind: 'string', format: 'ipv6' }],
  ['a date', { kind: 'date' }],
  ['a time', { kind: 'timestamp', zonelessIsUtc: false }],
  ['a large number', { kind: 'integer', bits: 64 }],
  ['a list', { kind: 'array', items: { kind: 'string' } }],
  ['a map', { kind: 'map', values: { kind: 'string' } }],
  [
    'an object',
    { kind: 'object', fields: [column({ kind: 'string' }), column({ kind: 'boolean' }, { name: 'yes', required: false })] },
  ],
])('knows many values of %s, each its own', (_, type) => {
  const values = knownValues(column(type), 'test', 1000);
  expect(new Set(values.map(({ json }) => json)).size).toBe(1000);
  expect(new Set(values.flatMap(({ secrets }) => secrets)).size).toBeGreaterThanOrEqual(1000);
});

test.each<[string, Column]>([
  ['a yes or a no', column({ kind: 'boolean' })],
  ['a country', column({ kind: 'string', pattern: '^[A-Z]{2}$' })],
  ['one of a list', column({ kind: 'string' }, { validValues: ['a', 'b'] })],
  ['a small number', column({ kind: 'integer', bits: 32 })],
  ['a word of eight letters', column({ kind: 'string', maxLength: 8 })],
])('knows no value of %s: it would be found by chance', (_, narrow) => {
  expect(knownValues(narrow, 'test', 1000)).toEqual([]);
});
