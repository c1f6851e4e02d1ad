import { checkTogether } from '../../../core/contract/check-together.ts';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import type { JsonDocument } from '../../support/contracts.ts';

/** A contract of small datasets; a column is `name`, `name: type`, and may refer to another. */
function small(domain: string, datasets: Readonly<Record<string, readonly JsonDocument[]>>) {
  const contract = contractFromObject({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: domain,
    version: '1.0.0',
    status: 'active',
    domain,
    team: { name: 'somebody' },
    slaProperties: [{ property: 'retention', value: 1, unit: 'y' }],
    schema: Object.entries(datasets).map(([name, columns]) => ({
      name,
      customProperties: [
        { property: 'eventIdFields', value: 'id' },
        { property: 'eventTimeField', value: 'at' },
      ],
      properties: [
        { name: 'id', logicalType: 'string', required: true },
        { name: 'at', logicalType: 'timestamp', required: true },
        ...columns,
      ],
    })),
  });
  return { source: `${domain}.yaml`, contract };
}
const to = (reference: string, rest: JsonDocument = {}): JsonDocument => ({
  name: `ref_${reference.replaceAll(/\W+/g, '_').toLowerCase()}`.slice(0, 60).replace(/_+$/, ''),
  logicalType: 'string',
  relationships: [{ to: reference }],
  ...rest,
});
const tokenized: JsonDocument = {
  classification: 'restricted',
  customProperties: [{ property: 'protection', value: 'tokenize' }],
};
const faults = (...contracts: ReturnType<typeof small>[]): string => {
  try {
    checkTogether(contracts);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test.each([
  ['a dataset of its own contract', small('water', { wells: [], pumps: [to('wells.id')] })],
  ['itself, as an employee does by a manager', small('water', { wells: [to('wells.id')] })],
])('a dataset may refer to %s', (_, contract) => {
  expect(faults(contract)).toBe('');
});

test('a dataset may refer to one of another domain by its file', () => {
  const water = small('water', { wells: [] });
  const energy = small('energy', { meters: [to('contracts/water/wells.odcs.yaml#/schema/wells/properties/id')] });
  expect(faults(energy, water)).toBe('');
  expect(faults(energy)).toBe(
    "energy.yaml: ReferenceMissing: 'schema[0].properties[2].relationships[0].to' must refer to a dataset that is there, got 'water.wells'; mend the name, or add its contract",
  );
});

test.each([
  ['a dataset that is not there', [to('nowhere.id')], 'ReferenceMissing', "got 'water.nowhere'"],
  ['a column that is not there', [to('wells.nothing')], 'ReferenceMissing', "got 'water.wells.nothing'; name one of id, at"],
  ['a column of another type', [to('wells.at')], 'ReferenceUnfit', "the type of 'water.wells.at' (timestamp), got string"],
  [
    'a column in clear from a protected one',
    [to('wells.id', tokenized)],
    'ReferenceUnfit',
    'got tokenize: their values would never meet',
  ],
])('fails for %s', (_, columns, code, words) => {
  const said = faults(small('water', { wells: [], pumps: columns }));
  expect(said).toMatch(new RegExp(`^water\\.yaml: ${code}: 'schema\\[1\\]`));
  expect(said).toContain(words);
});

test('protected alike, columns join within a domain and nowhere else', () => {
  const wells = { wells: [{ name: 'owner_id', logicalType: 'string', ...tokenized }] };
  expect(faults(small('water', { ...wells, pumps: [to('wells.owner_id', tokenized)] }))).toBe('');
  const far = 'x/water/wells.odcs.yaml#/schema/wells/properties/owner_id';
  expect(faults(small('water', wells), small('energy', { meters: [to(far, tokenized)] }))).toContain('ReferenceUnfit');
});

test('fails for a cycle, over contracts and domains, once', () => {
  const water = small('water', { wells: [to('pumps.id')], pumps: [to('d/energy/m.yaml#/schema/meters/properties/id')] });
  const energy = small('energy', { meters: [to('d/water/w.yaml#/schema/wells/properties/id')] });
  expect(faults(water, energy)).toBe(
    "water.yaml: ReferenceCycle: 'schema[0].properties[2].relationships[0].to' must not lead back to its own dataset, got water.wells → water.pumps → energy.meters → water.wells; take one of them away",
  );
});

test('a diamond is no cycle', () => {
  expect(
    faults(
      small('water', {
        base: [],
        left_side: [to('base.id')],
        right_side: [to('base.id')],
        top: [to('left_side.id'), to('right_side.id')],
      }),
    ),
  ).toBe('');
});

test('a chain of a thousand datasets is judged in time', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `set${index}`);
  const chain = Object.fromEntries(names.map((name, index) => [name, index === 0 ? [] : [to(`set${index - 1}.id`)]]));
  expect(faults(small('water', chain))).toBe('');
});

test('fails for two contracts that releases could not tell apart', () => {
  const one = small('water', { wells: [] });
  const renamed = (id: string, product: string) => {
    const { contract } = small('water', { pumps: [] });
    return { source: 'other.yaml', contract: { ...contract, id, product } };
  };
  expect(faults(one, renamed('water', 'pumps'))).toBe(
    "other.yaml: ContractIdTwice: 'id' must be its own, got 'water', which 'water.yaml' has too; give one another",
  );
  expect(faults(one, renamed('pumps', 'Water'))).toBe(
    "other.yaml: ProductTwice: 'dataProduct' must be its own within the domain, got 'Water' beside 'water' of 'water.yaml': both would be released as 'water/water'; rename one",
  );
  expect(faults(one, renamed('pumps', 'pumps'))).toBe('');
});
