import type { Template } from 'aws-cdk-lib/assertions';
import { InvalidProps } from '../../../constructs/invalid-props.ts';
import { policySize } from '../../../constructs/security/policy-size.ts';
import { importLake } from '../../../constructs/storage/index.ts';
import { plainDataset } from '../../support/contracts.ts';
import { resourcesOfType, statementsOf, synth, theResource } from '../../support/synth.ts';
import { consume, glue, throughAthena } from './analysts.ts';

const someDomains = (count: number) => Array.from({ length: count }, (_, index) => `domain_x${String(index).padStart(3, '0')}`);
/** The managed policies of a template, in the order in which they were made. */
const policiesOf = (from: Template) =>
  Object.entries(resourcesOfType(from, 'AWS::IAM::ManagedPolicy')).map(([id, { Properties, DependsOn }]) => ({
    id,
    dependsOn: DependsOn,
    path: Properties.Path,
    roles: Properties.Roles,
    size: policySize(Properties.PolicyDocument),
    statements: statementsOf(Properties.PolicyDocument),
  }));
/** All resources of the statements that are called so, in whatever policy. */
const opened = (from: Template, sid: string) =>
  policiesOf(from).flatMap(({ statements }) =>
    statements.filter(({ Sid }) => Sid === sid).flatMap(({ Resource }) => Resource as string | string[]),
  );
const prefixes = (from: Template) =>
  policiesOf(from).flatMap(({ statements }) =>
    statements
      .filter(({ Sid }) => Sid === 'ListCleanThroughAthena')
      .flatMap(({ Condition }) => (Condition as { StringLike: { 's3:prefix': string[] } }).StringLike['s3:prefix']),
  );

describe.each([
  [10, 1],
  [30, 2],
  [100, 6],
  [150, 8],
])('%d domains', (count, policies) => {
  const domains = someDomains(count);
  const from = synth((stack) => {
    consume(stack, { domains, lake: importLake(stack, 'dev') });
  });

  test(`stand in ${policies} policies of the one role, none of which IAM would find too large`, () => {
    const made = policiesOf(from);
    expect(made).toHaveLength(policies);
    const { id } = theResource(from, 'AWS::IAM::Role');
    for (const { path, roles, size } of made) {
      expect({ path, roles }).toEqual({ path: '/headwaters/dev/analyst/', roles: [{ Ref: id }] });
      expect(size).toBeLessThanOrEqual(6144);
    }
  });

  test('are each named, once, and no pattern covers more', () => {
    expect(opened(from, 'ReadCatalog')).toEqual([
      glue('catalog'),
      glue('database/default'),
      ...domains.flatMap((domain) => [glue(`database/headwaters_dev_${domain}`), glue(`table/headwaters_dev_${domain}/*`)]),
    ]);
    expect(prefixes(from)).toEqual(domains.map((domain) => `keep*/${domain}/*`));
    expect(opened(from, 'ReadThroughAthena')).toEqual(
      domains.map((domain) => `arn:\${AWS::Partition}:s3:::\${import headwaters-dev-CleanBucketName}/keep*/${domain}/*`),
    );
  });

  test('take the same few statements, whatever their number', () => {
    const [first, ...further] = policiesOf(from).map(({ statements }) => statements.map(({ Sid }) => Sid));
    expect(first).toEqual([
      'Ask',
      'BrowseCatalog',
      'FindWorkGroups',
      ...['ReadCatalog', 'ListCleanThroughAthena', 'ReadThroughAthena'],
      ...['FindBuckets', 'KeepResults', 'ListResults', 'DecryptClean', 'EncryptResults'],
    ]);
    for (const sids of further) expect(sids).toEqual(['ReadCatalog', 'ListCleanThroughAthena', 'ReadThroughAthena']);
    for (const { statements } of policiesOf(from))
      expect(statements.filter(({ Sid }) => /ThroughAthena$/.test(Sid ?? '')).map(({ Condition }) => Condition)).toEqual([
        expect.objectContaining(throughAthena),
        expect.objectContaining(throughAthena),
      ]);
  });
});

test('a policy is changed after the one that follows it: what a new domain pushes over stays open', () => {
  const made = policiesOf(
    synth((stack) => {
      consume(stack, { domains: someDomains(100), lake: importLake(stack, 'dev') });
    }),
  );
  expect(made.map(({ dependsOn }) => dependsOn)).toEqual([...made.slice(1).map(({ id }) => [id]), undefined]);
});

test('grants fill the policies as domains do, each of them once', () => {
  const names = Array.from({ length: 40 }, (_, index) => `readings_x${index}`);
  const from = synth((stack) => {
    const engineers = consume(stack, { domains: [], lake: importLake(stack, 'dev') });
    for (const name of [...names, ...names]) engineers.grantRead(plainDataset(name));
  });
  expect(policiesOf(from).map(({ size }) => size <= 6144)).toEqual([true, true, true, true]);
  expect(opened(from, 'ReadCatalog').filter((arn) => !arn.endsWith('energy'))).toEqual([
    glue('catalog'),
    glue('database/default'),
    ...names.flatMap((name) => [name, `${name}_clean`].map((table) => glue(`table/headwaters_dev_energy/${table}`))),
  ]);
});

test('fails for more than a role can hold, naming what found no room', () => {
  const many = () =>
    synth((stack) => {
      consume(stack, { domains: someDomains(300), lake: importLake(stack, 'dev') });
    });
  expect(many).toThrow(InvalidProps);
  expect(many).toThrow(
    /^Test\/Analysts: TooMuchToRead: 'domains' and grants must fit in the 10 policies of a role, got no room for 'domain_x191'; divide them among several groups$/,
  );
});
