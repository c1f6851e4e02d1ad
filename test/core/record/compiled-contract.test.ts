import type { ColumnType } from '../../../core/contract/model.ts';
import { compileContract, needsSecret, parseCompiledContract } from '../../../core/record/compiled-contract.ts';
import { compiled, dataset, plainDataset } from '../../support/contracts.ts';

test('survives being written and read', () => {
  expect(parseCompiledContract(JSON.stringify(compiled()))).toEqual(compiled());
});

test('holds every rule of every kind of type', () => {
  const bounds = { minimum: '0', maximum: '9', exclusiveMinimum: '-1', exclusiveMaximum: '10' };
  const days = { minimum: '2001-01-01', exclusiveMaximum: '2002-01-01' };
  const types: readonly ColumnType[] = [
    { kind: 'string', minLength: 1, maxLength: 2, pattern: '^a', format: 'ipv6' },
    { kind: 'integer', bits: 32, ...bounds, multipleOf: '3' },
    { kind: 'double', ...bounds, multipleOf: '0.5' },
    { kind: 'decimal', precision: 4, scale: 2, ...bounds, multipleOf: '0.05' },
    { kind: 'boolean' },
    { kind: 'date', ...days },
    { kind: 'time', minimum: '09:00:00', maximum: '17:00:00' },
    { kind: 'timestamp', zonelessIsUtc: true, ...days },
    { kind: 'array', items: { kind: 'string' }, validValues: ['a'], minItems: 1, maxItems: 2, uniqueItems: true },
    { kind: 'object', fields: [], minProperties: 1, maxProperties: 2 },
    { kind: 'map', values: { kind: 'array', items: { kind: 'date', ...days } }, minProperties: 1, maxProperties: 2 },
  ];
  const plain = plainDataset();
  const [id] = plain.columns;
  if (id === undefined) throw new Error('the fixture has no column');
  const written = compileContract({ ...plain, columns: types.map((type, index) => ({ ...id, name: `c${index}`, type })) });
  expect(parseCompiledContract(JSON.stringify(written)).columns.map(({ type }) => type)).toEqual(types);
});

test('is the same bytes for the same contract', () => {
  expect(JSON.stringify(compileContract(dataset()))).toBe(JSON.stringify(compileContract(dataset())));
});

test('holds what the function needs', () => {
  const { columns, ...rest } = compiled();
  expect(rest).toEqual({
    format: 1,
    domain: 'energy',
    dataset: 'readings',
    version: '1.2.3',
    retentionClass: 'keep1095-hot30-warm90-deep',
    eventIdFields: ['reading_id'],
    eventTimeField: 'measured_at',
    allowedLatenessMs: 172_800_000,
    oldestMs: 1095 * 86_400_000,
  });
  expect(columns.find(({ name }) => name === 'site')).toEqual({
    name: 'site',
    required: false,
    type: {
      kind: 'object',
      fields: [
        { name: 'grid', required: true, validValues: ['north', 'south'], type: { kind: 'string' } },
        { name: 'floors', required: false, type: { kind: 'array', items: { kind: 'integer', bits: 64 } } },
        {
          name: 'position',
          required: false,
          type: {
            kind: 'object',
            fields: [
              { name: 'lat', required: false, type: { kind: 'double' } },
              { name: 'lon', required: false, type: { kind: 'double' } },
            ],
          },
        },
      ],
    },
  });
});

test.each([
  ['nothing', ''],
  ['another format', JSON.stringify({ ...compiled(), format: 2 })],
  ['a key too many', JSON.stringify({ ...compiled(), colour: 'red' })],
  ['no id fields', JSON.stringify({ ...compiled(), eventIdFields: [] })],
  [
    'a column of unknown type',
    JSON.stringify({ ...compiled(), columns: [{ name: 'a', required: true, type: { kind: 'blob' } }] }),
  ],
])('fails for %s', (_, text) => {
  expect(() => parseCompiledContract(text)).toThrow();
});

test('needs the secret only where something is hashed or tokenized', () => {
  expect(needsSecret(dataset())).toBe(true);
  expect(needsSecret(plainDataset())).toBe(false);
});
