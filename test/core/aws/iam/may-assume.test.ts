import {
  MalformedPolicyDocument,
  mayAssume,
  parseTrustPolicy,
  type Assumer,
  type RequestContext,
} from '../../../../core/aws/iam/index.ts';

const account = '123456789012';
const reader: Assumer = {
  arn: `arn:aws:iam::${account}:role/a/reader`,
  accountId: account,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/s`,
};
const firehose: Assumer = { service: 'firehose.amazonaws.com' };
const trust = (Principal: unknown, rest: object = {}) =>
  parseTrustPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest } });
const external = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
const source = {
  Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': 'arn:aws:firehose:*:*:*' } },
};

test.each<[string, unknown, object, Assumer, RequestContext, string]>([
  ['everyone', '*', {}, reader, {}, 'principal'],
  ['any AWS principal', { AWS: '*' }, {}, reader, {}, 'principal'],
  ['the account', { AWS: `arn:aws:iam::${account}:root` }, {}, reader, {}, 'account'],
  ['the account by number', { AWS: [account] }, {}, reader, {}, 'account'],
  ['another account', { AWS: 'arn:aws:iam::210987654321:root' }, {}, reader, {}, 'refused'],
  ['the role', { AWS: reader.arn }, {}, reader, {}, 'principal'],
  ['the session', { AWS: reader.sessionArn }, {}, reader, {}, 'principal'],
  ['another role', { AWS: `arn:aws:iam::${account}:role/a/writer` }, {}, reader, {}, 'refused'],
  ['a service', { Service: ['lambda.amazonaws.com', 'firehose.amazonaws.com'] }, {}, firehose, {}, 'principal'],
  ['another service', { Service: 'lambda.amazonaws.com' }, {}, firehose, {}, 'refused'],
  ['a service where accounts are meant', { AWS: '*' }, {}, firehose, {}, 'refused'],
  ['a provider of identities', { Federated: 'cognito-identity.amazonaws.com' }, {}, reader, {}, 'refused'],
  ['another action', { AWS: '*' }, { Action: 'sts:TagSession' }, reader, {}, 'refused'],
  ['an external id', { AWS: reader.arn }, external, reader, { 'sts:ExternalId': 'x' }, 'principal'],
  ['a wrong external id', { AWS: reader.arn }, external, reader, { 'sts:ExternalId': 'y' }, 'refused'],
  ['no external id', { AWS: reader.arn }, external, reader, {}, 'refused'],
  [
    'a source',
    { Service: 'firehose.amazonaws.com' },
    source,
    firehose,
    { 'aws:SourceAccount': account, 'aws:SourceArn': 'arn:aws:firehose:r:a:d' },
    'principal',
  ],
  ['no source', { Service: 'firehose.amazonaws.com' }, source, firehose, { 'aws:SourceAccount': account }, 'refused'],
])('%s', (_name, principal, rest, asker, context, expected) => {
  expect(mayAssume({ trust: trust(principal, rest), principal: asker, context })).toBe(expected);
});

test('a denying statement outweighs one that admits', () => {
  const Statement = ['Allow', 'Deny'].map((Effect) => ({ Effect, Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }));
  expect(mayAssume({ trust: parseTrustPolicy({ Statement }), principal: reader })).toBe('refused');
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
