import { Iam, Sessions, type OnAccess } from '../../../local/iam/index.ts';
import { refused } from './refused.ts';

const accountId = '123456789012';
const arnOf = (name: string) => `arn:aws:iam::${accountId}:role/headwaters/dev/${name}`;

function setUp(onAccess?: OnAccess) {
  const iam = new Iam({ accountId, region: 'us-east-1', onAccess });
  const role = (roleName: string, Principal: object, Condition: object = {}, maxSessionSeconds = 3600) => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }] };
    iam.addRole({ roleName, path: '/headwaters/dev/', arn: arnOf(roleName), trust, policyArns: [], maxSessionSeconds });
  };
  role('analyst', { AWS: `arn:aws:iam::${accountId}:root` }, {}, 43_200);
  role('task', { AWS: arnOf('analyst') }, { StringEquals: { 'sts:ExternalId': 'run-7' } });
  role('delivery', { Service: 'firehose.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': accountId } });
  const clock = { now: Date.parse('2026-11-20T00:00:00Z') };
  return { iam, clock, sessions: new Sessions({ iam, wallClock: () => clock.now }) };
}

test('AssumeRole mints a key that names the session and lasts an hour of wall clock', () => {
  const { sessions, clock } = setUp();
  const session = sessions.assumeRole(sessions.operator.caller, { roleArn: arnOf('analyst'), roleSessionName: 'ana' });
  expect(session.caller).toEqual({
    arn: `arn:aws:sts::${accountId}:assumed-role/analyst/ana`,
    accountId,
    roleArn: arnOf('analyst'),
  });
  expect(session.credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(sessions.find(session.credentials.accessKeyId)).toBe(session);
  clock.now += 3_599_999;
  expect(sessions.hasExpired(session)).toBe(false);
  clock.now += 1;
  expect(sessions.hasExpired(session)).toBe(true);
});

test('the operator has a lasting key and is nobody’s role', () => {
  const { sessions } = setUp();
  expect(sessions.operator.caller).toEqual({ arn: `arn:aws:iam::${accountId}:user/headwaters-operator`, accountId });
  expect(sessions.find(sessions.operator.credentials.accessKeyId)).toBe(sessions.operator);
  expect(sessions.hasExpired(sessions.operator)).toBe(false);
});

test('a role that is trusted by name needs the external id and no policy of its own', () => {
  const { sessions } = setUp();
  const analyst = sessions.assumeRole(sessions.operator.caller, { roleArn: arnOf('analyst'), roleSessionName: 'ana' }).caller;
  const task = { roleArn: arnOf('task'), roleSessionName: 'run' };
  expect(sessions.assumeRole(analyst, { ...task, externalId: 'run-7' }).caller.roleArn).toBe(arnOf('task'));
  expect(refused(() => sessions.assumeRole(analyst, task))).toMatchObject({ code: 'AccessDenied', status: 403 });
});

test('a role that is trusted through its account needs sts:AssumeRole itself', () => {
  const { iam, sessions } = setUp();
  const analyst = sessions.assumeRole(sessions.operator.caller, { roleArn: arnOf('analyst'), roleSessionName: 'ana' }).caller;
  const again = { roleArn: arnOf('analyst'), roleSessionName: 'again' };
  expect(() => sessions.assumeRole(analyst, again)).toThrow('no identity-based policy allows the sts:AssumeRole action');
  const document = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arnOf('analyst') },
  };
  iam.addManagedPolicy({ arn: 'arn:aws:iam::123456789012:policy/assume', document, roleNames: ['analyst'] });
  expect(sessions.assumeRole(analyst, again).caller.roleArn).toBe(arnOf('analyst'));
  expect(() => sessions.assumeRole(analyst, { ...again, durationSeconds: 3601 })).toThrow('role chaining');
});

test('a service takes a role that admits it, under its conditions', () => {
  const { sessions } = setUp();
  const delivery = { roleArn: arnOf('delivery'), service: 'firehose.amazonaws.com' };
  const context = { 'aws:SourceAccount': accountId };
  expect(sessions.sessionFor({ ...delivery, context }).arn).toBe(`arn:aws:sts::${accountId}:assumed-role/delivery/firehose`);
  expect(() => sessions.sessionFor(delivery)).toThrow('firehose.amazonaws.com is not authorized to perform: sts:AssumeRole');
  expect(() => sessions.sessionFor({ ...delivery, service: 'lambda.amazonaws.com', context })).toThrow(
    'lambda.amazonaws.com is not authorized',
  );
});

test.each([
  [899, "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"],
  [43_201, "Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200"],
])('fails on a session of %d seconds', (durationSeconds, message) => {
  const { sessions } = setUp();
  const input = { roleArn: arnOf('analyst'), roleSessionName: 'ana', durationSeconds };
  expect(() => sessions.assumeRole(sessions.operator.caller, input)).toThrow(message);
});

const HERE = `arn:aws:iam::${accountId}:root`;
const ELSEWHERE = '444455556666';
const SSO = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst`;

test.each<[string, unknown, object]>([
  ['a role of people by a pattern', { AWS: HERE }, { ArnLike: { 'aws:PrincipalArn': `${SSO}_????_*` } }],
  ['one of several', { AWS: HERE }, { StringLike: { 'AWS:PrincipalArn': ['arn:aws:iam::444455556666:role/x*', `${SSO}_*`] } }],
  ['a role of another account', { AWS: [`arn:aws:iam::${ELSEWHERE}:role/teams/plumber`] }, {}],
  ['a role of another account, by its account', { AWS: ELSEWHERE }, {}],
  ['a user of another account', { AWS: `arn:aws:iam::${ELSEWHERE}:root` }, { StringEquals: { 'aws:username': 'headwaters' } }],
])('the operator stands in for %s', (_, Principal, condition) => {
  const { iam, sessions } = setUp();
  const Statement = [{ Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: condition }];
  const trust = { Version: '2012-10-17', Statement };
  iam.addRole({ roleName: 'people', path: '/headwaters/dev/', arn: arnOf('people'), trust, policyArns: [] });
  const input = { roleArn: arnOf('people'), roleSessionName: 'ana', tags: [['team', 'a'] as const] };
  expect(sessions.assumeRole(sessions.operator.caller, input).caller.roleArn).toBe(arnOf('people'));
  expect(sessions.rolesFor(sessions.operator.caller).map(({ roleName }) => roleName)).toEqual(['analyst', 'people']);
  const analyst = sessions.assumeRole(sessions.operator.caller, { roleArn: arnOf('analyst'), roleSessionName: 'bo' }).caller;
  expect(refused(() => sessions.assumeRole(analyst, input))).toMatchObject({ code: 'AccessDenied' });
});

const denied = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRole',
  Condition: { ArnLike: { 'aws:PrincipalArn': `${SSO}_*` } },
};

test.each<[string, object[]]>([
  [
    'whom the policy denies',
    [{ Effect: 'Allow', Principal: { AWS: HERE }, Action: 'sts:AssumeRole', Condition: denied.Condition }, denied],
  ],
  ['a role that the templates make', [{ Effect: 'Allow', Principal: { AWS: arnOf('analyst') }, Action: 'sts:AssumeRole' }]],
  [
    'a role that the templates make, by a pattern',
    [
      {
        Effect: 'Allow',
        Principal: { AWS: HERE },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:PrincipalArn': arnOf('ana*') } },
      },
    ],
  ],
  [
    'where the operator is denied and the account is not',
    [
      { Effect: 'Allow', Principal: { AWS: HERE }, Action: 'sts:AssumeRole' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:username': 'headwaters-operator' } },
      },
    ],
  ],
  [
    'who must bring a device if anything',
    [
      {
        Effect: 'Allow',
        Principal: { AWS: HERE },
        Action: 'sts:AssumeRole',
        Condition: { ...denied.Condition, BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    ],
  ],
  [
    'who must bring more than a name',
    [
      {
        Effect: 'Allow',
        Principal: { AWS: ELSEWHERE },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    ],
  ],
  ['identities that others tell of', [{ Effect: 'Allow', Principal: { Federated: 'saml' }, Action: 'sts:AssumeRoleWithSAML' }]],
])('the operator stands in for nobody %s', (_, Statement) => {
  const { iam, sessions } = setUp();
  const trust = { Version: '2012-10-17', Statement };
  iam.addRole({ roleName: 'people', path: '/headwaters/dev/', arn: arnOf('people'), trust, policyArns: [] });
  const input = { roleArn: arnOf('people'), roleSessionName: 'ana' };
  expect(refused(() => sessions.assumeRole(sessions.operator.caller, input))).toMatchObject({ code: 'AccessDenied' });
  expect(sessions.rolesFor(sessions.operator.caller).map(({ roleName }) => roleName)).toEqual(['analyst']);
});

test('whoever is stood in for is a role that takes another: an hour at most', () => {
  const { iam, sessions } = setUp();
  const Statement = { Effect: 'Allow', Principal: { AWS: HERE }, Action: 'sts:AssumeRole', Condition: denied.Condition };
  const trust = { Version: '2012-10-17', Statement };
  iam.addRole({ roleName: 'people', path: '/x/', arn: arnOf('people'), trust, policyArns: [], maxSessionSeconds: 7200 });
  const input = { roleArn: arnOf('people'), roleSessionName: 'ana', durationSeconds: 3601 };
  expect(() => sessions.assumeRole(sessions.operator.caller, input)).toThrow('role chaining');
});

test('fails on roles that do not admit the operator, and on roles that are not', () => {
  const { sessions } = setUp();
  for (const name of ['delivery', 'nobody']) {
    const input = { roleArn: arnOf(name), roleSessionName: 'ana' };
    expect(refused(() => sessions.assumeRole(sessions.operator.caller, input))).toMatchObject({ code: 'AccessDenied' });
  }
});

test('knows whom a caller may take and what they might do, and tells nobody that it was asked', () => {
  const heard: unknown[] = [];
  const { iam, sessions } = setUp((request) => heard.push(request));
  const roles = sessions.rolesFor(sessions.operator.caller);
  expect(roles.map(({ roleName }) => roleName)).toEqual(['analyst']);
  const document = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::lake',
      Condition: { StringLike: { 's3:prefix': 'energy/*' } },
    },
  };
  iam.addManagedPolicy({ arn: 'arn:aws:iam::123456789012:policy/list', document, roleNames: ['analyst'] });
  const may = (resource: string, prefix: string) =>
    roles.map((role) => sessions.mayAs(role, 's3:ListBucket', resource, { 's3:prefix': prefix }));
  expect(may('arn:aws:s3:::lake', 'energy/readings/')).toEqual([true]);
  expect(may('arn:aws:s3:::lake', 'water/')).toEqual([false]);
  expect(may('arn:aws:s3:::other', 'energy/readings/')).toEqual([false]);
  expect(heard).toEqual([]);
});
