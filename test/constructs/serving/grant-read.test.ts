import type { Stack } from 'aws-cdk-lib/core';
import type { DatasetContract } from '../../../core/contract/model.ts';
import { contractDocument, dataset } from '../../support/contracts.ts';
import { policyStatements, synth } from '../../support/synth.ts';
import { allow, ASK, consume, glue, READ, RESULTS, throughAthena } from './analysts.ts';

test('grantRead opens one dataset through Athena, once, and nothing beside it', () => {
  const granted = synth((stack) => {
    const engineers = consume(stack, { domains: [] });
    engineers.grantRead(dataset());
    engineers.grantRead(dataset());
  });
  expect(policyStatements(granted, 'Analysts')).toEqual([
    ...ASK,
    allow('ReadCatalog', READ, [
      glue('catalog'),
      glue('database/default'),
      glue('database/headwaters_dev_energy'),
      glue('table/headwaters_dev_energy/readings'),
      glue('table/headwaters_dev_energy/readings_clean'),
    ]),
    ...RESULTS,
    allow('ListCleanThroughAthena', 's3:ListBucket', 'arn:aws:s3:::clean', {
      StringLike: { 's3:prefix': ['keep1095-hot30-warm90-deep/energy/readings/*'] },
      ...throughAthena,
    }),
    allow('ReadThroughAthena', 's3:GetObject', 'arn:aws:s3:::clean/keep1095-hot30-warm90-deep/energy/readings/*', throughAthena),
  ]);
});

test('grantRead opens where the dataset lay before as well: its view reads there', () => {
  const release = dataset(contractDocument({ slaProperties: [{ property: 'retention', value: 10, unit: 'y' }] }));
  const granted = synth((stack) => {
    consume(stack, { domains: [] }).grantRead({ ...dataset(), released: [release] });
  });
  const resources = policyStatements(granted, 'Analysts').flatMap(({ Resource }) => Resource as string | string[]);
  expect(resources).toContain(glue('table/headwaters_dev_energy/readings_clean_keep3650_hot30_warm90_deep'));
  expect(resources).toContain('arn:aws:s3:::clean/keep3650-hot30-warm90-deep/energy/readings/*');
});

test('grantRead opens the curated table of a dataset that has one, and its place', () => {
  const folded = (stack: Stack, one: DatasetContract) => {
    consume(stack, { domains: [] }).grantRead(one);
  };
  const resources = (one: DatasetContract) =>
    policyStatements(synth((stack) => { folded(stack, one); }), 'Analysts').flatMap(({ Resource }) => Resource as string | string[]); // prettier-ignore
  const without = resources(dataset());
  expect(resources({ ...dataset(), curatedWithinMs: 86_400_000 }).filter((arn) => !without.includes(arn))).toEqual([
    glue('table/headwaters_dev_energy/readings_curated'),
    'arn:aws:s3:::curated',
    'arn:aws:s3:::curated/energy/readings/*',
  ]);
});

test('a dataset of a domain that is open adds nothing', () => {
  const granted = synth((stack) => {
    consume(stack).grantRead(dataset());
  });
  const ungranted = synth((stack) => {
    consume(stack);
  });
  expect(policyStatements(granted, 'Analysts')).toEqual(policyStatements(ungranted, 'Analysts'));
});

test('a curated dataset of a domain whose curated tables are not open is opened there', () => {
  const read = (curatedDomains: string[]) =>
    policyStatements(
      synth((stack) => {
        consume(stack, { curatedDomains }).grantRead({ ...dataset(), curatedWithinMs: 86_400_000 });
      }),
      'Analysts',
    ).flatMap(({ Resource }) => Resource as string | string[]);
  expect(read([])).toContain('arn:aws:s3:::curated/energy/readings/*');
  expect(read(['energy'])).not.toContain('arn:aws:s3:::curated/energy/readings/*');
});

test('a dataset whose table is in another database is opened there, whatever is open beside it', () => {
  const granted = synth((stack) => {
    const group = consume(stack);
    for (let time = 0; time < 2; time += 1) group.grantRead(dataset(), 'measured');
  });
  const resources = policyStatements(granted, 'Analysts').flatMap(({ Resource }) => Resource as string | string[]);
  expect(resources.filter((arn) => arn.includes('measured'))).toEqual([
    glue('database/measured'),
    glue('table/measured/readings'),
    glue('table/measured/readings_clean'),
  ]);
});
