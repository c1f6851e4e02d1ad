import {
  authorize,
  MalformedPolicyDocument,
  parsePolicyDocument,
  parseTrustPolicy,
  type Principal,
  type RequestContext,
} from '../../../../core/aws/iam/index.ts';

const account = '123456789012';
const role = `arn:aws:iam::${account}:role/a/task`;
const reader: Principal = {
  arn: `arn:aws:iam::${account}:role/a/reader`,
  accountId: account,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/s`,
};
const firehose: Principal = { service: 'firehose.amazonaws.com' };
const trust = (Principal: unknown, rest: object = {}) =>
  parseTrustPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest } });
const mayAssume = parsePolicyDocument({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role } });
const external = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
const source = {
  Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': 'arn:aws:firehose:*:*:*' } },
};

/** Whether a role is given at once, only to who may take it by a policy of its own, or not at all. */
function given(principal: Principal, document: ReturnType<typeof trust>, context: RequestContext): string {
  const [alone, withPolicy] = [[], [{ name: 'own', document: mayAssume }]].map(
    (identity) =>
      authorize({
        principal,
        action: 'sts:AssumeRole',
        resource: role,
        resourceAccount: account,
        context,
        policies: { identity, resource: { name: role, document, mustAllow: true } },
      }).decision,
  );
  return alone === 'allowed' ? 'at once' : withPolicy === 'allowed' ? 'by policy' : 'never';
}

test.each<[string, unknown, object, Principal, RequestContext, string]>([
  ['everyone', '*', {}, reader, {}, 'at once'],
  ['any AWS principal', { AWS: '*' }, {}, reader, {}, 'at once'],
  ['the account', { AWS: `arn:aws:iam::${account}:root` }, {}, reader, {}, 'by policy'],
  ['the account by number', { AWS: [account] }, {}, reader, {}, 'by policy'],
  ['another account', { AWS: 'arn:aws:iam::210987654321:root' }, {}, reader, {}, 'never'],
  ['the role', { AWS: reader.arn }, {}, reader, {}, 'at once'],
  ['the session', { AWS: reader.sessionArn }, {}, reader, {}, 'at once'],
  ['another role', { AWS: `arn:aws:iam::${account}:role/a/writer` }, {}, reader, {}, 'never'],
  ['a service', { Service: ['lambda.amazonaws.com', 'firehose.amazonaws.com'] }, {}, firehose, {}, 'at once'],
  ['another service', { Service: 'lambda.amazonaws.com' }, {}, firehose, {}, 'never'],
  ['a service where accounts are meant', { AWS: '*' }, {}, firehose, {}, 'never'],
  ['a provider of identities', { Federated: 'cognito-identity.amazonaws.com' }, {}, reader, {}, 'never'],
  ['another action', { AWS: '*' }, { Action: 'sts:TagSession' }, reader, {}, 'never'],
  ['an external id', { AWS: reader.arn }, external, reader, { 'sts:ExternalId': 'x' }, 'at once'],
  ['a wrong external id', { AWS: reader.arn }, external, reader, { 'sts:ExternalId': 'y' }, 'never'],
  ['no external id', { AWS: reader.arn }, external, reader, {}, 'never'],
  [
    'a source',
    { Service: 'firehose.amazonaws.com' },
    source,
    firehose,
    { 'aws:SourceAccount': account, 'aws:SourceArn': 'arn:aws:firehose:r:a:d' },
    'at once',
  ],
  ['no source', { Service: 'firehose.amazonaws.com' }, source, firehose, { 'aws:SourceAccount': account }, 'never'],
])('a role that trusts %s', (_name, principal, rest, asker, context, expected) => {
  expect(given(asker, trust(principal, rest), context)).toBe(expected);
});

test('a denying statement outweighs one that admits', () => {
  const Statement = ['Allow', 'Deny'].map((Effect) => ({ Effect, Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }));
  expect(given(reader, parseTrustPolicy({ Statement }), {})).toBe('never');
});

test.each<[string, object]>([
  ['NotPrincipal', { Effect: 'Deny', NotPrincipal: { AWS: account }, Action: 'sts:AssumeRole' }],
  ['a resource', { Effect: 'Allow', Principal: '*', Resource: '*', Action: 'sts:AssumeRole' }],
  [
    'a wildcard in a principal',
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/*` }, Action: 'sts:AssumeRole' },
  ],
  ['no principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }],
])('fails on %s', (_name, Statement) => {
  expect(() => parseTrustPolicy({ Statement })).toThrow(MalformedPolicyDocument);
});
