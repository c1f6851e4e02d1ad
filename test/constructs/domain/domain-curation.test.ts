import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Domain } from '../../../constructs/domain/index.ts';
import { policySize } from '../../../constructs/security/policy-size.ts';
import { importLake } from '../../../constructs/storage/index.ts';
import type { DatasetContract } from '../../../core/contract/model.ts';
import { plainDataset } from '../../support/contracts.ts';
import { resourcesOfType, synth, theResource } from '../../support/synth.ts';

const DAY = 86_400_000;
/** Names of the greatest length. */
const LONGEST = { domain: 'd'.repeat(24), dataset: (index: number) => `${'x'.repeat(36)}_${String(index).padStart(3, '0')}` };
const domainOf = (stack: Stack, domain: string, datasets: readonly DatasetContract[]) =>
  new Domain(stack, 'Default', {
    environment: 'dev',
    domain,
    datasets,
    lake: importLake(stack, 'dev'),
    removalPolicy: RemovalPolicy.RETAIN,
  });
const many = (count: number, rest: Partial<DatasetContract>, name = (index: number) => `readings${index}`, domain = 'energy') =>
  Array.from({ length: count }, (_, index) => ({ ...plainDataset(name(index), domain), ...rest }));

test('a domain whose contracts ask for no curated table has nothing of it', () => {
  const template = synth((stack) => {
    expect(domainOf(stack, 'energy', many(2, {})).curation).toEqual({ tables: new Map(), curations: [] });
  });
  for (const type of ['Custom::IcebergTable', 'AWS::Athena::WorkGroup', 'AWS::Events::Rule']) template.resourceCountIs(type, 0);
});

test('each dataset that asks has its table, made after what is folded', () => {
  const template = synth((stack) => {
    const datasets = [...many(1, { curatedWithinMs: 2 * DAY }), ...many(1, {}, () => 'outages')];
    const { curation } = domainOf(stack, 'energy', datasets);
    expect([...curation.tables.keys()]).toEqual(['readings0']);
    expect(curation.curations.map(({ tables }) => tables.map(({ dataset }) => dataset.name))).toEqual([['readings0']]);
  });
  const { id, DependsOn } = theResource(template, 'Custom::IcebergTable');
  expect(id).toMatch(/^CuratedReadings0Table/);
  expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^DatasetsReadings0CatalogTable/)]));
});

const MANY = 20;
const policies = (domain: string, datasets: readonly DatasetContract[]) => {
  const groups: string[][] = [];
  const template = synth((stack) => {
    for (const { tables } of domainOf(stack, domain, datasets).curation.curations)
      groups.push(tables.map(({ dataset }) => dataset.name));
  });
  const sizes = Object.entries(resourcesOfType(template, 'AWS::IAM::ManagedPolicy'))
    .filter(([id]) => /^Curat/.test(id))
    .map(([, { Properties }]) => policySize(Properties.PolicyDocument));
  const names = Object.values(resourcesOfType(template, 'AWS::Athena::WorkGroup')).map(({ Properties }) => Properties.Name);
  return { groups, sizes, names };
};

test('twenty tables are folded by several machines, in order, each with a workgroup and a policy that IAM takes', () => {
  const { groups, sizes, names } = policies('energy', many(MANY, { curatedWithinMs: 2 * DAY }));
  expect(groups.flat()).toEqual(many(MANY, {}).map(({ name }) => name));
  expect(groups.length).toBeLessThanOrEqual(7);
  expect(names).toEqual(groups.map((_, index) => `headwaters-dev-energy-curation${index === 0 ? '' : `-${index + 1}`}`));
  for (const size of sizes) expect(size).toBeLessThanOrEqual(6144);
});

test('so are twenty of the longest names', () => {
  const { groups, sizes } = policies(LONGEST.domain, many(MANY, { curatedWithinMs: 2 * DAY }, LONGEST.dataset, LONGEST.domain));
  expect(groups.flat()).toHaveLength(MANY);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(6144);
});

test('a table keeps its maker, whatever is added before it: CloudFormation refuses another', () => {
  const tokens = (count: number) => {
    const datasets = many(MANY, { curatedWithinMs: 2 * DAY }).slice(MANY - count);
    const tables = resourcesOfType(
      synth((stack) => void domainOf(stack, 'energy', datasets)),
      'Custom::IcebergTable',
    );
    return new Map(Object.entries(tables).map(([id, { Properties }]) => [id, Properties.ServiceToken]));
  };
  const [few, all] = [tokens(MANY - 1), tokens(MANY)];
  expect(all.size).toBe(MANY);
  for (const [id, token] of few) expect(all.get(id)).toEqual(token);
});

test('the log of a machine goes with it: by its name, one that stayed would be in the way of the next', () => {
  const template = synth((stack) => void domainOf(stack, 'energy', many(1, { curatedWithinMs: 2 * DAY })));
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = theResource(template, 'AWS::Logs::LogGroup', 'CurationLog');
  expect(Properties.LogGroupName).toMatch(/^\/aws\/vendedlogs\/states\//);
  expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
});
