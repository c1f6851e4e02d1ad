import { CHANGE_CODES } from '../../../../core/contract/compatibility/change.ts';
import { compareContracts } from '../../../../core/contract/compatibility/compare-contracts.ts';
import type { DataContract } from '../../../../core/contract/model.ts';
import { column, contract, dataset, STRING } from './fixtures.ts';
import { told } from './told.ts';

const other = dataset({ name: 'meters', columns: [column('meter_id', STRING)], eventIdFields: ['meter_id'] });
const third = dataset({ name: 'sites', columns: [column('site_id', STRING)], eventIdFields: ['site_id'] });
const EVERYBODY = '(producers, readers, stored data): migration';

test.each<[string, Partial<DataContract>, Partial<DataContract>, string[]]>([
  ['nothing', {}, {}, []],
  ['another version', {}, { version: '2.0.0', datasets: [dataset({ version: '2.0.0' })] }, []],
  ['another id', {}, { id: 'else' }, ['ContractIdChanged breaking contract (readers): major version']],
  ['another product', {}, { product: 'else' }, ['ProductChanged breaking contract (readers): major version']],
  ['another status', {}, { status: 'deprecated' }, ['StatusChanged metadata contract: nothing']],
  [
    'another owner of all',
    {},
    { owner: 'x@example.com', datasets: [dataset({ owner: 'x@example.com' })] },
    ['OwnerChanged metadata contract: nothing'],
  ],
  ['another purpose', {}, { description: { purpose: 'Else' } }, ['DescriptionChanged metadata contract: nothing']],
  ['another team', {}, { team: [] }, ['TeamChanged metadata contract: nothing']],
  ['another role', {}, { roles: [] }, ['RolesChanged metadata contract: nothing']],
  ['another key without effect', {}, { withoutEffect: [] }, ['WithoutEffectChanged metadata contract: nothing']],
  [
    'another domain of all',
    {},
    { domain: 'water', datasets: [dataset({ domain: 'water' })] },
    [`DomainChanged breaking contract ${EVERYBODY}`],
  ],
  ['a dataset more', {}, { datasets: [dataset(), other] }, ['DatasetAdded additive meters: minor version']],
  ['a dataset less', { datasets: [dataset(), other] }, {}, [`DatasetRemoved breaking meters ${EVERYBODY}`]],
  [
    'a dataset of another name',
    { datasets: [dataset(), other] },
    { datasets: [dataset(), { ...other, name: 'counters' }] },
    [`DatasetRenamed breaking counters ${EVERYBODY}`],
  ],
  [
    'a dataset of another name and freshness',
    { datasets: [other] },
    { datasets: [{ ...other, name: 'counters', freshnessSeconds: 60 }] },
    [`DatasetRenamed breaking counters ${EVERYBODY}`, 'FreshnessTightened additive counters: minor version'],
  ],
  [
    'a dataset that could be either of two',
    { datasets: [other] },
    {
      datasets: [
        { ...other, name: 'a' },
        { ...other, name: 'b' },
      ],
    },
    [
      `DatasetRemoved breaking meters ${EVERYBODY}`,
      'DatasetAdded additive a: minor version',
      'DatasetAdded additive b: minor version',
    ],
  ],
  [
    'a dataset for another',
    { datasets: [other] },
    { datasets: [third] },
    [`DatasetRemoved breaking meters ${EVERYBODY}`, 'DatasetAdded additive sites: minor version'],
  ],
  [
    'datasets in another order',
    { datasets: [other, third] },
    { datasets: [third, other] },
    ['DatasetsReordered metadata contract: nothing'],
  ],
  [
    'a column of one of two datasets',
    { datasets: [other, third] },
    { datasets: [other, { ...third, columns: [...third.columns, column('v', STRING)] }] },
    ['ColumnAdded additive sites.v: minor version'],
  ],
])('%s', (_what, before, after, expected) => {
  expect(compareContracts(contract(before), contract(after)).map(told)).toEqual(expected);
});

test('a relationship within the domain moves with it', () => {
  const related = (domain: string) =>
    dataset({ domain, relationships: [{ columns: ['tenant'], to: { domain, dataset: 'tenants', columns: ['name'] } }] });
  const [before, after] = ['energy', 'water'].map((domain) => contract({ domain, datasets: [related(domain)] })) as [
    DataContract,
    DataContract,
  ];
  expect(compareContracts(before, after).map(({ code }) => code)).toEqual(['DomainChanged']);
});

test('codes are stable PascalCase, each once', () => {
  expect(new Set(CHANGE_CODES).size).toBe(CHANGE_CODES.length);
  for (const code of CHANGE_CODES) expect(code).toMatch(/^([A-Z][a-z]+)+$/);
});
