import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { checkEnvironment, type Environment } from '../../../lib/config/environment.ts';
import { ENVIRONMENTS, environmentsAsked } from '../../../lib/config/environments.ts';

const names = (asked: unknown): string[] => environmentsAsked(asked).map(({ name }) => name);

test.each([
  [undefined, ['dev']],
  ['dev', ['dev']],
  ['staging', ['staging']],
  ['prod', ['prod']],
  ['all', ['dev', 'staging', 'prod']],
])('-c env=%s is %j', (asked, found) => {
  expect(names(asked)).toEqual(found);
});

test.each([
  ['prd', "UnknownEnvironment: '-c env' must be one of dev, staging, prod, all, got 'prd'; did you mean 'prod'?"],
  [
    '',
    "UnknownEnvironment: '-c env' must be one of dev, staging, prod, all, got ''; choose one, or add it to lib/config/environments.ts",
  ],
  [7, "got '7'"],
])('fails for -c env=%s', (asked, message) => {
  expect(() => environmentsAsked(asked)).toThrow(message);
});

test('dev may be destroyed with its data and says so; staging and prod retain, and are protected', () => {
  expect(
    ENVIRONMENTS.map(({ name, removalPolicy, terminationProtection, purpose }) => [
      name,
      removalPolicy,
      terminationProtection,
      /may be destroyed whole, data included/.test(purpose),
    ]),
  ).toEqual([
    ['dev', 'destroy', false, true],
    ['staging', 'retain', true, false],
    ['prod', 'retain', true, false],
  ]);
});

test('prod keeps a week of what arrived', () => {
  expect(environmentsAsked('prod')[0]?.streamRetention.toHours()).toBe(168);
});

const [dev] = environmentsAsked('dev') as [Environment];

test.each<[string, Partial<Environment>, string]>([
  ['name', { name: 'Dev' }, "'name' must be a lower-case letter and up to 11 letters or digits, got 'Dev'; rename it"],
  ['name', { name: 'production-eu' }, "got 'production-eu'"],
  ['purpose', { purpose: ' ' }, "'purpose' must say what the environment is for"],
  ['account', { account: '123' }, "'account' must be 12 digits, got '123'"],
  ['region', { region: 'Frankfurt' }, "'region' must be a region such as eu-central-1, got 'Frankfurt'"],
  ['shards', { shards: -1 }, "'shards' must be a whole number from 0 (on demand) to 1000, got -1"],
  ['shards', { shards: 1.5 }, 'got 1.5'],
  ['stream retention', { streamRetention: Duration.hours(23) }, "'streamRetention' must be whole hours from 24 to 8760, got 23"],
  ['stream retention', { streamRetention: Duration.days(366) }, 'got 8784'],
  ['cutoff', { scanCutoff: Size.kibibytes(1) }, "'scanCutoff' must be 10000000 bytes at least"],
  ['cost centre', { costCentre: 'a & b' }, "'costCentre' must be what AWS takes as a tag's value, got 'a & b'"],
  [
    'protection',
    { terminationProtection: true, removalPolicy: RemovalPolicy.DESTROY },
    "'removalPolicy' must retain what 'terminationProtection' protects, got DESTROY",
  ],
])('fails for a wrong %s', (_, change, message) => {
  expect(() => checkEnvironment({ ...dev, ...change })).toThrow(message);
});

test('names every value that is wrong, at once', () => {
  expect(() => checkEnvironment({ ...dev, name: 'X', shards: -1 })).toThrow(
    /^InvalidEnvironment: 'X' of lib\/config\/environments\.ts: 'name' .*\nInvalidEnvironment: 'X' of .*: 'shards' /,
  );
});
