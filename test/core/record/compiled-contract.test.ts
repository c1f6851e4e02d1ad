import { compileContract, needsSecret, parseCompiledContract } from '../../../core/record/compiled-contract.ts';
import { compiled, dataset, plainDataset } from '../../support/contracts.ts';

test('survives being written and read', () => {
  expect(parseCompiledContract(JSON.stringify(compiled()))).toEqual(compiled());
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
