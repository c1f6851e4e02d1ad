import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { adviseEnvironment } from '../../../lib/config/advise-environment.ts';
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
    ['staging', 'retain-on-update-or-delete', true, false],
    ['prod', 'retain-on-update-or-delete', true, false],
  ]);
});

test('prod keeps a week of what arrived', () => {
  expect(environmentsAsked('prod')[0]?.streamRetention.toHours()).toBe(168);
});

test('who did what is recorded in staging and in prod, and never locked for longer than it is kept; dev records nothing', () => {
  expect(
    ENVIRONMENTS.map(
      ({ audit }) => audit && [audit.lock, audit.lockedFor.toDays(), audit.retention.toDays(), audit.managementEvents],
    ),
  ).toEqual([undefined, ['governance', 7, 90, false], ['governance', 365, 365, true]]);
});

const auditFor = (lockedFor: number, retention: number): Pick<Environment, 'audit'> => ({
  audit: {
    lock: 'governance',
    lockedFor: Duration.days(lockedFor),
    retention: Duration.days(retention),
    managementEvents: true,
  },
});

const [dev] = environmentsAsked('dev') as [Environment];
const ROLE = 'arn:aws:iam::111122223333:role/teams/team-a';

test.each([
  ROLE,
  'arn:aws-cn:iam::111122223333:user/ana',
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Analyst_*',
  `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Data.Lab_${'?'.repeat(16)}`,
])('%s may be trusted', (principal) => {
  const trusting = { ...dev, trust: [{ actor: 'steward', domain: 'sales', principals: [principal] } as const] };
  expect(checkEnvironment(trusting)).toBe(trusting);
});

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
  ['cutoff', { scanCutoff: Size.kibibytes(1) }, "'scanCutoff' must be 10000000 whole bytes at least"],
  ['cutoff', { scanCutoff: Size.gibibytes(0.1) }, 'got 107374182.4'],
  ['cost centre', { costCentre: 'a & b' }, "'costCentre' must be what AWS takes as a tag's value, got 'a & b'"],
  ['lock', { rawLock: Duration.days(15) }, "'rawLock' must be whole days from 1 to 14, got 15"],
  ['second region', { replicationRegion: 'Paris' }, "'replicationRegion' must be a region such as eu-central-1, got 'Paris'"],
  [
    'second region',
    { region: 'eu-west-3', replicationRegion: 'eu-west-3' },
    "'replicationRegion' must be another region than 'region', got 'eu-west-3' twice; choose another",
  ],
  ['network', { network: { cidr: '10.20.0.0/24', zones: ['a', 'a'] } }, "'network.zones' must name each zone once, got a,a"],
  [
    'address',
    { alarms: { emails: ['a@example.com', 'a@example.com'] } },
    "'alarms.emails' must hold each address once, got a@example.com, a@example.com; remove what stands twice",
  ],
  [
    'audit',
    auditFor(31, 30),
    "'audit.lockedFor' must be at most 'audit.retention', got 31 and 30 days; shorten it, or keep records longer",
  ],
  ['audit', auditFor(0, 30), "'audit.lockedFor' must be whole days from 1 to 3653, got 0"],
  ['audit', auditFor(30, 3654), "'audit.retention' must be whole days from 1 to 3653, got 3654"],
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
  ['consumers', { consumers: [] }, "'consumers' must hold a group, got none; name one, or leave it out"],
  ...['Finance', 'finance_team', '-ab', 'ab--cd', 'team-a-b', 'team-1', 'a'.repeat(41), ''].map(
    (group): [string, Partial<Environment>, string] => [
      `group '${group}'`,
      { consumers: [{ group, domains: 'all' }] },
      `'consumers[0].group' must be words of two or more lower-case letters and digits, a letter first, with hyphens between them, 40 characters at most, got '${group}'; rename it`,
    ],
  ),
  [
    'group',
    {
      consumers: [
        { group: 'data-lab', domains: 'all' },
        { group: 'data-lab', domains: 'all' },
      ],
    },
    "'consumers[1].group' must stand once, got 'data-lab' again; put the two together",
  ],
  [
    'group',
    {
      consumers: [
        { group: 'analysts', domains: 'all' },
        { group: 'analyst', domains: 'all' },
      ],
    },
    "'consumers[1].group' must not be one of analyst, auditor, by which commands know other roles, got 'analyst'; rename it",
  ],
  [
    'consumer',
    { consumers: [{ group: 'finance', domains: [] }] },
    "'consumers[0]' must read something, got neither 'domains' nor 'datasets' for 'finance'; open something, or take it out",
  ],
  [
    'cutoff of a group',
    { consumers: [{ group: 'finance', domains: 'all', scanCutoff: Size.mebibytes(1) }] },
    "'consumers[0].scanCutoff' must be 10000000 whole bytes at least, which is what Athena takes, got 1048576; mend it",
  ],
  [
    'trust',
    { trust: [{ actor: 'analyst', group: 'finance', principals: [ROLE] }] },
    "'trust[0].group' must be a group of 'consumers', got 'finance'; name one of analysts",
  ],
  [
    'trust',
    { trust: [{ actor: 'steward', group: 'analysts', principals: [ROLE] }] },
    "'trust[0].group' must be left out for what no group is made of, got 'analysts' for 'steward'; take it out",
  ],
  [
    'trust',
    { trust: [{ actor: 'auditor', principals: [ROLE] }] },
    "'trust[0].actor' must be an actor of the environment, got 'auditor' without 'audit'; add that, or take the entry out",
  ],
  [
    'trust',
    { trust: [{ actor: 'analyst', domain: 'sales', principals: [ROLE] }] },
    "'trust[0].domain' must be left out for what has one role for all domains, got 'sales' for 'analyst'; take it out",
  ],
  [
    'trust',
    { trust: [{ actor: 'steward', domain: 'sales', dataset: 'bookings', principals: [ROLE] }] },
    "'trust[0].dataset' must stand beside the 'domain' of a producer, got 'bookings' for 'steward'; mend it",
  ],
  [
    'trust',
    { trust: [{ actor: 'producer', dataset: 'bookings', principals: [ROLE] }] },
    "'trust[0].dataset' must stand beside the 'domain' of a producer, got 'bookings' for 'producer' without one; mend it",
  ],
  [
    'trust',
    {
      trust: [
        { actor: 'producer', principals: [ROLE] },
        { actor: 'steward', principals: [] },
      ],
    },
    "'trust[1].principals' must name somebody, got nobody; name one, or take the entry out",
  ],
  ...[
    'analysts',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:role/teams/?*',
    'arn:aws:iam::111122223333:role/*/analyst',
    'arn:aws:iam::*:role/analyst',
    'arn:aws:sts::111122223333:assumed-role/analyst/ana',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/a b',
    'arn:aws:iam::111122223333:role/team-*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Analyst_*',
    'arn:aws:iam::111122223333:user/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_*',
  ].map((principal): [string, Partial<Environment>, string] => [
    `principal '${principal}'`,
    { trust: [{ actor: 'analyst', principals: [ROLE, principal] }] },
    `'trust[0].principals' must be ARNs of roles or users, '*' and '?' only in what ends the name of a role of IAM Identity Center, got '${principal}'; mend it`,
  ]),
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

test('says where copies leave the part of the world of the data, unless they may', () => {
  const far = { ...dev, region: 'us-east-1', replicationRegion: 'eu-west-3' };
  expect(adviseEnvironment(far)).toEqual([
    "dev: copies leave the part of the world of us-east-1 for eu-west-3: choose another 'replicationRegion' in lib/config/environments.ts, or say 'replicationCrossesBorders'",
  ]);
  expect(adviseEnvironment({ ...far, replicationCrossesBorders: true })).toEqual([]);
  expect(adviseEnvironment({ ...far, region: 'eu-central-1' })).toEqual([]);
});

test('says what is lawful and not yet finished', () => {
  const [prod] = environmentsAsked('prod') as [Environment];
  expect(adviseEnvironment(dev)).toEqual([]);
  expect(adviseEnvironment(prod)).toEqual([
    "prod: alarms reach nobody until something subscribes to their topic, and to that of eu-west-3: 'alarms.emails' of lib/config/environments.ts is empty",
    "prod: 'network.zones' of lib/config/environments.ts names no zone: AWS may list them in another order one day, which replaces subnets",
  ]);
  const finished = { ...prod, alarms: { emails: ['a@example.com'] }, network: { cidr: '10.0.0.0/24', zones: ['eu-west-1a'] } };
  expect(adviseEnvironment(finished)).toEqual([]);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'a misspelt value',
    { terminationProtecton: true },
    "'terminationProtecton' is no value of an environment; did you mean 'terminationProtection'?",
  ],
  ['a misspelt value within', { alarms: { email: [] } }, "'alarms.email' is no value of an environment; did you mean 'emails'?"],
  [
    'a missing value',
    { costCentre: undefined },
    "'costCentre' is missing or of another kind: Invalid input: expected string, received undefined",
  ],
  [
    'a number for a duration',
    { streamRetention: 7 },
    "'streamRetention' is missing or of another kind: must be a Duration, such as Duration.days(7)",
  ],
  [
    'a text for a number',
    { monthlyBudget: '1000' },
    "'monthlyBudget' is missing or of another kind: Invalid input: expected number, received string",
  ],
  [
    'an actor that nobody becomes',
    { trust: [{ actor: 'delivery', principals: [] }] },
    "'trust.0.actor' is missing or of another kind",
  ],
  [
    'a misspelt value of an entry',
    { trust: [{ actor: 'steward', principal: [] }] },
    "'trust.0.principal' is no value of an environment; did you mean 'principals'?",
  ],
  ['a member that an enumeration lacks', { logRetention: undefined }, "'logRetention' is missing or of another kind"],
  ['a days number that CloudWatch lacks', { logRetention: 17 }, "'logRetention' is missing or of another kind"],
  ['a metric that Kinesis lacks', { shardMetrics: [undefined] }, "'shardMetrics.0' is missing or of another kind"],
])('fails for %s, which only the compiler would see', (_, change, message) => {
  expect(() => checkEnvironment({ ...dev, ...change })).toThrow(
    new RegExp(`InvalidEnvironment: 'dev' of lib/config/environments.ts: ${message.replaceAll(/[.()?]/g, String.raw`\$&`)}`),
  );
});
