import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { checkEnvironment } from '../../../lib/config/check-environment.ts';
import type { Environment } from '../../../lib/config/environment.ts';
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
  ['lock', { rawLock: Duration.days(15) }, "'rawLock' must be whole days from 1 to 14, got 15"],
  ['second region', { replicationRegion: 'Paris' }, "'replicationRegion' must be a region such as eu-central-1, got 'Paris'"],
  [
    'second region',
    { region: 'eu-west-3', replicationRegion: 'eu-west-3' },
    "'replicationRegion' must be another region than 'region', got 'eu-west-3' twice; choose another",
  ],
  ['buffer', { longestBuffer: Duration.seconds(59) }, "'longestBuffer' must be whole seconds from 60 to 900, got 59"],
  ['buffer', { longestBuffer: Duration.seconds(901) }, 'got 901'],
  ['network', { network: { cidr: '10.0.0.0/8', zones: 2 } }, "'network.cidr' must be an IPv4 block of /16 to /26"],
  ['network', { network: { cidr: '10.20.1.0/16', zones: 2 } }, "got '10.20.1.0/16'"],
  ['network', { network: { cidr: '10.20.0.256/24', zones: 2 } }, "got '10.20.0.256/24'"],
  ['network', { network: { cidr: '10.20.0.0/16', zones: 5 } }, "'network.zones' must be 1 to 4 zones, got 5"],
  ['network', { network: { cidr: '10.20.0.0/16', zones: [] } }, 'got 0'],
  ['access log retention', { accessLogRetention: Duration.hours(12) }, 'must be whole days from 1 to 3653, got 0.5'],
  ['result retention', { resultRetention: Duration.days(366) }, "'resultRetention' must be whole days from 1 to 365, got 366"],
  ['address', { alarms: { emails: ['nobody'] } }, "'alarms.emails' must be addresses, got 'nobody'"],
  ['budget', { alarms: { emails: [] }, monthlyBudget: 0 }, "'monthlyBudget' must be USD above 0, got 0"],
  ['budget', { monthlyBudget: 10 }, "'monthlyBudget' must have somebody to tell, got no 'alarms'"],
  [
    'tag',
    { tags: { 'aws:team': 'a' } },
    "'tags' must have keys that AWS takes and that do not begin with 'aws:' or 'headwaters:'",
  ],
  ['tag', { tags: { 'headwaters:domain': 'a' } }, "got 'headwaters:domain'; rename it"],
  ['tag', { tags: { team: 'a & b' } }, "'tags' must have values that AWS takes, got 'a & b' for 'team'"],
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
