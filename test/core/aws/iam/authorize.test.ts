import {
  authorize,
  explain,
  MalformedPolicyDocument,
  parsePolicyDocument,
  parseResourcePolicy,
  type AccessRequest,
  type Principal,
} from '../../../../core/aws/iam/index.ts';

const account = '123456789012';
const other = '210987654321';
const object = 'arn:aws:s3:::lake/hot/a';
const session: Principal = {
  arn: `arn:aws:iam::${account}:role/a/reader`,
  accountId: account,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/s`,
};
const user: Principal = { arn: `arn:aws:iam::${account}:user/ana`, accountId: account };
const foreign: Principal = {
  arn: `arn:aws:iam::${other}:role/reader`,
  accountId: other,
  sessionArn: `arn:aws:sts::${other}:assumed-role/reader/s`,
};
const service: Principal = { service: 'delivery.logs.amazonaws.com' };

type Effects = 'allows' | 'denies' | 'silent';
const statement = (effects: Effects, rest: object = {}) => ({
  Effect: effects === 'denies' ? 'Deny' : 'Allow',
  Action: effects === 'silent' ? 's3:PutObject' : 's3:GetObject',
  Resource: 'arn:aws:s3:::lake/*',
  ...rest,
});
const policy = (name: string, effects: Effects) => ({ name, document: parsePolicyDocument({ Statement: statement(effects) }) });
const bucketPolicy = (Principal: unknown, effects: Effects = 'allows') => ({
  name: 'lake',
  document: parseResourcePolicy({ Statement: statement(effects, { Principal }) }),
});

interface Given {
  readonly identity?: Effects;
  readonly boundary?: Effects;
  readonly session?: Effects;
  readonly resource?: ReturnType<typeof bucketPolicy> & { readonly mustAllow?: boolean };
}
function told(principal: Principal, { identity = 'silent', boundary, session: limit, resource }: Given): string {
  const request: AccessRequest = {
    principal,
    action: 's3:getobject',
    resource: object,
    resourceAccount: account,
    policies: {
      identity: [policy('own', identity)],
      ...(boundary && { boundary: policy('limit', boundary) }),
      ...(limit && { session: [policy('inline', limit)] }),
      ...(resource && { resource }),
    },
  };
  return explain(authorize(request));
}

const toRole = bucketPolicy({ AWS: `arn:aws:iam::${account}:role/a/reader` });
const toSession = bucketPolicy({ AWS: `arn:aws:sts::${account}:assumed-role/reader/s` });
const toUser = bucketPolicy({ AWS: `arn:aws:iam::${account}:user/ana` });
const toAccount = bucketPolicy({ AWS: account });
const toForeignAccount = bucketPolicy({ AWS: `arn:aws:iam::${other}:root` });
const toForeignRole = bucketPolicy({ AWS: `arn:aws:iam::${other}:role/reader` });
const toEveryone = bucketPolicy('*');
const silentKey = { ...bucketPolicy({ AWS: account }, 'silent'), mustAllow: true };
const byBucket = "allowed by statement 1 of the resource-based policy 'lake'";
const byIdentity = "allowed by statement 1 of the identity-based policy 'own'";

describe('within an account', () => {
  test.each<[string, Principal, Given, string]>([
    ['identity alone', session, { identity: 'allows' }, byIdentity],
    ['nothing', session, {}, 'implicitly denied: no identity-based policy allows it'],
    [
      'the account named by the bucket gives nothing',
      session,
      { resource: toAccount },
      'implicitly denied: no identity-based policy allows it',
    ],
    ['the role named by the bucket', session, { resource: toRole }, byBucket],
    ['the session named by the bucket', session, { resource: toSession }, byBucket],
    ['everyone named by the bucket', session, { resource: toEveryone }, byBucket],
    ['the user named by the bucket', user, { resource: toUser }, byBucket],
    [
      'a boundary limits identity',
      session,
      { identity: 'allows', boundary: 'silent' },
      'implicitly denied: no permissions boundary allows it',
    ],
    ['a boundary gives nothing', session, { boundary: 'allows' }, 'implicitly denied: no identity-based policy allows it'],
    ['a boundary that agrees', session, { identity: 'allows', boundary: 'allows' }, byIdentity],
    [
      'a session policy limits identity',
      session,
      { identity: 'allows', session: 'silent' },
      'implicitly denied: no session policy allows it',
    ],
    [
      'both limits are silent',
      session,
      { identity: 'allows', boundary: 'silent', session: 'silent' },
      'implicitly denied: no permissions boundary and no session policy allows it',
    ],
    [
      'a boundary limits what the role is given',
      session,
      { resource: toRole, boundary: 'silent' },
      'implicitly denied: no permissions boundary allows it',
    ],
    [
      'a session policy limits what the role is given',
      session,
      { resource: toRole, session: 'silent' },
      'implicitly denied: no session policy allows it',
    ],
    [
      'no silence limits what the session is given',
      session,
      { resource: toSession, boundary: 'silent', session: 'silent' },
      byBucket,
    ],
    ['no silence limits what the user is given', user, { resource: toUser, boundary: 'silent' }, byBucket],
    [
      'no silence limits what everyone is given',
      session,
      { resource: toEveryone, boundary: 'silent', session: 'silent' },
      byBucket,
    ],
  ])('%s', (_name, principal, given, expected) => {
    expect(told(principal, given)).toBe(expected);
  });
});

describe('an explicit denial of any kind wins', () => {
  test.each<[string, Given, string]>([
    ['identity', { identity: 'denies', resource: toSession }, "identity-based policy 'own'"],
    ['boundary', { identity: 'allows', boundary: 'denies', resource: toSession }, "permissions boundary 'limit'"],
    ['session', { identity: 'allows', session: 'denies', resource: toSession }, "session policy 'inline'"],
    ['resource', { identity: 'allows', resource: bucketPolicy({ AWS: '*' }, 'denies') }, "resource-based policy 'lake'"],
    [
      'resource, to the account',
      { identity: 'allows', resource: bucketPolicy({ AWS: account }, 'denies') },
      "resource-based policy 'lake'",
    ],
  ])('%s', (_name, given, expected) => {
    expect(told(session, given)).toBe(`explicitly denied by statement 1 of the ${expected}`);
  });
});

describe('a key, and what else must allow by itself', () => {
  const key = (resource: ReturnType<typeof bucketPolicy>) => ({ ...resource, mustAllow: true });
  test.each<[string, Given, string]>([
    ['identity alone', { identity: 'allows', resource: silentKey }, 'implicitly denied: no resource-based policy allows it'],
    ['the account, and identity', { identity: 'allows', resource: key(toAccount) }, byIdentity],
    ['the account alone', { resource: key(toAccount) }, 'implicitly denied: no identity-based policy allows it'],
    ['the role', { resource: key(toRole) }, byBucket],
    ['neither', { resource: silentKey }, 'implicitly denied: no resource-based policy and no identity-based policy allows it'],
  ])('%s', (_name, given, expected) => {
    expect(told(session, given)).toBe(expected);
  });
});

describe('across accounts both sides must allow', () => {
  test.each<[string, Given, string]>([
    ['identity alone', { identity: 'allows' }, 'implicitly denied: no resource-based policy allows it'],
    ['the bucket alone', { resource: toForeignRole }, 'implicitly denied: no identity-based policy allows it'],
    ['the bucket alone, to everyone', { resource: toEveryone }, 'implicitly denied: no identity-based policy allows it'],
    ['both', { identity: 'allows', resource: toForeignRole }, byIdentity],
    ['both, by account', { identity: 'allows', resource: toForeignAccount }, byIdentity],
    [
      'both, under a boundary that is silent',
      { identity: 'allows', boundary: 'silent', resource: toForeignRole },
      'implicitly denied: no permissions boundary allows it',
    ],
    [
      'the owner’s account named',
      { identity: 'allows', resource: toAccount },
      'implicitly denied: no resource-based policy allows it',
    ],
  ])('%s', (_name, given, expected) => {
    expect(told(foreign, given)).toBe(expected);
  });
});

describe('a service in its own name', () => {
  test.each<[string, Given, string]>([
    ['is let in where it is named', { resource: bucketPolicy({ Service: 'delivery.logs.amazonaws.com' }) }, byBucket],
    [
      'is not let in where others are',
      { resource: bucketPolicy({ Service: 'sns.amazonaws.com' }) },
      'implicitly denied: no resource-based policy allows it',
    ],
    ['has no policies of its own', { identity: 'allows' }, 'implicitly denied: no resource-based policy allows it'],
  ])('%s', (_name, given, expected) => {
    expect(told(service, { ...given, identity: given.identity ?? 'silent' })).toBe(expected);
  });

  test.each([
    [account, 'arn:aws:cloudtrail:us-east-1:123456789012:trail/t', 'allowed'],
    [other, 'arn:aws:cloudtrail:us-east-1:123456789012:trail/t', 'implicitlyDenied'],
    [account, 'arn:aws:cloudtrail:us-east-1:123456789012:trail/u', 'implicitlyDenied'],
  ])('answers for whom it calls: %s %s', (sourceAccount, sourceArn, decision) => {
    const Condition = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${account}:trail/t` },
    };
    const document = parseResourcePolicy({
      Statement: statement('allows', { Principal: { Service: ['delivery.logs.amazonaws.com'] }, Condition }),
    });
    const { decision: got } = authorize({
      principal: service,
      action: 's3:GetObject',
      resource: object,
      resourceAccount: account,
      context: { 'aws:SourceAccount': sourceAccount, 'aws:SourceArn': sourceArn },
      policies: { identity: [], resource: { name: 'lake', document } },
    });
    expect(got).toBe(decision);
  });
});

describe('NotPrincipal with Deny', () => {
  const except = (...AWS: string[]) => ({
    name: 'lake',
    document: parseResourcePolicy({
      Statement: { Effect: 'Deny', NotPrincipal: { AWS }, Action: '*', Resource: 'arn:aws:s3:::lake/*' },
    }),
  });
  const names = [
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:role/a/reader`,
    `arn:aws:sts::${account}:assumed-role/reader/s`,
  ];
  test('spares a session whose account, role and session are named', () => {
    expect(told(session, { identity: 'allows', resource: except(...names) })).toBe(byIdentity);
  });
  test.each([0, 1, 2])('denies where name %d of the three is missing', (missing) => {
    const resource = except(...names.filter((_, index) => index !== missing));
    expect(told(session, { identity: 'allows', resource })).toMatch(/^explicitly denied/);
  });
  test('fails with Allow', () => {
    const Statement = { Effect: 'Allow', NotPrincipal: { AWS: account }, Action: '*', Resource: '*' };
    expect(() => parseResourcePolicy({ Statement })).toThrow(MalformedPolicyDocument);
  });
});

test('a statement is told by its name', () => {
  const document = parsePolicyDocument({ Statement: [statement('silent'), statement('allows', { Sid: 'ReadHot' })] });
  const { by } = authorize({
    principal: session,
    action: 's3:GetObject',
    resource: object,
    resourceAccount: account,
    policies: { identity: [{ name: 'own', document }] },
  });
  expect(by).toMatchObject({ kind: 'identity', policy: 'own', statement: { sid: 'ReadHot', index: 1 } });
});

test.each<[string, object]>([
  ['no principal', statement('allows')],
  ['both kinds of principals', statement('allows', { Principal: '*', NotPrincipal: '*' })],
  ['no resource', { Effect: 'Allow', Principal: '*', Action: '*' }],
  ['a principal with a wildcard in it', statement('allows', { Principal: { AWS: 'arn:aws:iam::123456789012:role/*' } })],
  ['an unknown kind of principal', statement('allows', { Principal: { Group: 'g' } })],
])('a resource policy fails on %s', (_name, Statement) => {
  expect(() => parseResourcePolicy({ Statement })).toThrow(MalformedPolicyDocument);
});
