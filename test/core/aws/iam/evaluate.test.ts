import { evaluate, MalformedPolicyDocument, parsePolicyDocument, type RequestContext } from '../../../../core/aws/iam/index.ts';

const policy = (...statements: object[]) =>
  parsePolicyDocument({ Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) });
const decide = (statement: object, action: string, resource: string, context: RequestContext = {}) =>
  evaluate({ policies: [policy(statement)], action, resource, context }).decision === 'allowed';

describe('actions and resources', () => {
  const object = 'arn:aws:s3:::lake/hot/a=1/file';
  test.each<[string, object, string, string, boolean]>([
    ['a literal', { Action: 's3:GetObject', Resource: object }, 's3:GetObject', object, true],
    ['another action', { Action: 's3:GetObject', Resource: object }, 's3:PutObject', object, false],
    ['an action in other letters', { Action: 'S3:getobject', Resource: object }, 's3:GetObject', object, true],
    [
      'a resource in other letters',
      { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/HOT/*' },
      's3:GetObject',
      object,
      false,
    ],
    ['a prefix', { Action: ['s3:PutObject', 's3:Get*'], Resource: 'arn:aws:s3:::lake/hot/*' }, 's3:GetObject', object, true],
    ['a neighbouring prefix', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/hot/b*' }, 's3:GetObject', object, false],
    ['a star that must go back', { Action: 's3:*', Resource: 'arn:aws:s3:::*/a=?/f*e' }, 's3:GetObject', object, true],
    ['a question mark for no character', { Action: 's3:*', Resource: `${object}?` }, 's3:GetObject', object, false],
    ['not this action', { NotAction: 's3:Put*', Resource: '*' }, 's3:GetObject', object, true],
    ['not this action, asked for', { NotAction: 's3:Put*', Resource: '*' }, 's3:PutObject', object, false],
    ['not this resource', { Action: '*', NotResource: 'arn:aws:s3:::lake/cold/*' }, 's3:GetObject', object, true],
    ['not this resource, asked for', { Action: '*', NotResource: 'arn:aws:s3:::lake/hot/*' }, 's3:GetObject', object, false],
    [
      'an action without a resource type',
      { Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' },
      's3:ListAllMyBuckets',
      '*',
      false,
    ],
  ])('%s', (_name, statement, action, resource, allowed) => {
    expect(decide(statement, action, resource)).toBe(allowed);
  });

  test('silence denies, and one denying statement outweighs all that allow', () => {
    const request = { action: 's3:GetObject', resource: object };
    const allow = policy({ Action: '*', Resource: '*' });
    const deny = policy({ Sid: 'NotHot', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::lake/hot/*' });
    expect(evaluate({ ...request, policies: [] })).toEqual({ decision: 'implicitlyDenied' });
    expect(evaluate({ ...request, policies: [allow, deny] })).toMatchObject({
      decision: 'explicitlyDenied',
      statement: { sid: 'NotHot' },
    });
  });
});

describe('policy variables', () => {
  const home = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/${aws:PrincipalTag/team}/*' };
  test.each<[string, object, string, RequestContext, boolean]>([
    ['take the value of the request', home, 'a/x', { 'aws:principaltag/TEAM': 'a' }, true],
    [
      'stand beside characters of two units',
      { ...home, Resource: 'arn:aws:s3:::lake/😀/${aws:username}' },
      '😀/a',
      { 'aws:username': 'a' },
      true,
    ],
    ['do not match another value', home, 'b/x', { 'aws:PrincipalTag/team': 'a' }, false],
    ['are literal, whatever they hold', home, 'b/x', { 'aws:PrincipalTag/team': '*' }, false],
    ['match nothing without a value', home, '/x', {}, false],
    ['may have a default', { ...home, Resource: "arn:aws:s3:::lake/${aws:PrincipalTag/team, 'all'}/*" }, 'all/x', {}, true],
    ['can spell a wildcard', { ...home, Resource: 'arn:aws:s3:::lake/${*}' }, 'x', {}, false],
    ['can spell a question mark', { ...home, Resource: 'arn:aws:s3:::lake/${?}' }, 'x', {}, false],
    ['can spell a dollar sign', { ...home, Resource: 'arn:aws:s3:::lake/${$}{a}' }, '${a}', {}, true],
    [
      'hide their default',
      { ...home, Resource: "arn:aws:s3:::lake/${aws:PrincipalTag/team, 'all'}/*" },
      'all/x',
      { 'aws:PrincipalTag/team': 'a' },
      false,
    ],
    ['without a value exclude nothing', { Action: '*', NotResource: 'arn:aws:s3:::lake/${aws:username}' }, 'x', {}, true],
    ['can spell a wildcard that is asked for', { ...home, Resource: 'arn:aws:s3:::lake/${*}' }, '*', {}, true],
  ])('%s', (_name, statement, key, context, allowed) => {
    expect(decide(statement, 's3:GetObject', `arn:aws:s3:::lake/${key}`, context)).toBe(allowed);
  });

  test('are text in policies of version 2008-10-17', () => {
    const old = parsePolicyDocument({ Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::lake/${a}' } });
    expect(
      evaluate({ policies: [old], action: 's3:GetObject', resource: 'arn:aws:s3:::lake/${a}', context: { a: 'x' } }).decision,
    ).toBe('allowed');
  });
});

describe('conditions', () => {
  const role = 'arn:aws:iam::123456789012:role/headwaters/dev/delivery/readings';
  test.each<[string, object, RequestContext, boolean]>([
    ['StringEquals', { StringEquals: { 'kms:ViaService': ['a', 'b'] } }, { 'KMS:viaservice': 'b' }, true],
    ['StringEquals, another value', { StringEquals: { k: 'a' } }, { k: 'A' }, false],
    ['StringEquals, no wildcards', { StringEquals: { k: 'a*' } }, { k: 'ab' }, false],
    ['StringEquals, absent', { StringEquals: { k: 'a' } }, {}, false],
    ['StringEqualsIfExists, absent', { StringEqualsIfExists: { k: 'a' } }, {}, true],
    ['StringEqualsIfExists, another value', { StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, false],
    ['StringNotEquals', { StringNotEquals: { k: ['a', 'b'] } }, { k: 'c' }, true],
    ['StringNotEquals, one of them', { StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    ['StringNotEquals, absent', { StringNotEquals: { k: 'a' } }, {}, true],
    ['StringLike', { StringLike: { 's3:prefix': ['hot/*', ''] } }, { 's3:prefix': 'hot/a' }, true],
    ['StringLike, empty', { StringLike: { 's3:prefix': ['hot/*', ''] } }, { 's3:prefix': '' }, true],
    ['StringLike, absent', { StringLike: { 's3:prefix': '*' } }, {}, false],
    ['StringNotLike', { StringNotLike: { k: 'a*' } }, { k: 'ba' }, true],
    ['StringNotLike, alike', { StringNotLike: { k: 'a*' } }, { k: 'ab' }, false],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { k: 'a' } }, { k: 'A' }, true],
    [
      'ArnLike',
      { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::123456789012:role/headwaters/dev/*/*' } },
      { 'aws:PrincipalArn': role },
      true,
    ],
    ['ArnLike, a star never crosses a colon', { ArnLike: { a: 'arn:*:role/*' } }, { a: role }, false],
    ['ArnEquals takes wildcards too', { ArnEquals: { a: 'arn:aws:iam::*:role/*' } }, { a: role }, true],
    ['ArnNotLike', { ArnNotLike: { a: 'arn:aws:iam::*:user/*' } }, { a: role }, true],
    ['ArnNotLike, absent', { ArnNotLike: { a: 'arn:aws:iam::*:user/*' } }, {}, true],
    ['Bool', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'true' }, true],
    ['Bool, a boolean', { Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'true' }, false],
    ['Bool, absent', { Bool: { k: 'false' } }, {}, false],
    ['Null true, absent', { Null: { k: 'true' } }, {}, true],
    ['Null true, present', { Null: { k: true } }, { k: '' }, false],
    ['Null false, present', { Null: { k: 'false' } }, { k: 'x' }, true],
    ['Null false, no values', { Null: { k: 'false' } }, { k: [] }, false],
    ['NumericLessThanEquals', { NumericLessThanEquals: { 's3:max-keys': 100 } }, { 's3:max-keys': '100' }, true],
    ['NumericGreaterThan', { NumericGreaterThan: { k: '9' } }, { k: '10' }, true],
    ['NumericNotEquals, absent', { NumericNotEquals: { k: '9' } }, {}, true],
    [
      'ForAnyValue',
      { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
      { 'aws:CalledVia': ['x', 'athena.amazonaws.com'] },
      true,
    ],
    ['ForAnyValue, absent', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'x' } }, {}, false],
    ['ForAnyValue negated, absent', { 'ForAnyValue:StringNotEquals': { k: 'x' } }, {}, false],
    ['ForAnyValue negated, one differs', { 'ForAnyValue:StringNotEquals': { k: 'x' } }, { k: ['x', 'y'] }, true],
    ['ForAllValues', { 'ForAllValues:StringLike': { k: ['a*', 'b'] } }, { k: ['a1', 'b'] }, true],
    ['ForAllValues, one differs', { 'ForAllValues:StringLike': { k: ['a*', 'b'] } }, { k: ['a1', 'c'] }, false],
    ['ForAllValues, absent', { 'ForAllValues:StringEquals': { k: 'a' } }, {}, true],
    ['ForAllValues, none', { 'ForAllValues:StringEquals': { k: 'a' } }, { k: [] }, true],
    ['ForAllValues negated, one among them', { 'ForAllValues:StringNotEquals': { k: 'a' } }, { k: ['b', 'a'] }, false],
    ['ForAnyValue, none', { 'ForAnyValue:StringEquals': { k: 'a' } }, { k: [] }, false],
    ['ForAnyValue of a single value', { 'ForAnyValue:StringEquals': { k: 'a' } }, { k: 'a' }, true],
    ['StringNotEqualsIgnoreCase', { StringNotEqualsIgnoreCase: { k: 'a' } }, { k: 'A' }, false],
    ['BinaryEquals', { BinaryEquals: { k: 'aGVhZA==' } }, { k: 'aGVhZA==' }, true],
    ['BinaryEquals, other bytes', { BinaryEquals: { k: 'aGVhZA==' } }, { k: 'aGVhcA==' }, false],
    ['IpAddress in a range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': '203.0.113.255' }, true],
    ['IpAddress beside a range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': '203.0.114.0' }, false],
    ['IpAddress without a prefix', { IpAddress: { k: '203.0.113.7' } }, { k: '203.0.113.7' }, true],
    ['IpAddress of 128 bits', { IpAddress: { k: '2001:DB8:1234:5678::/64' } }, { k: '2001:db8:1234:5678:9::1' }, true],
    ['IpAddress of 128 bits, beside', { IpAddress: { k: '2001:DB8:1234:5678::/64' } }, { k: '2001:db8:1234:5679::1' }, false],
    ['IpAddress of the other kind', { IpAddress: { k: '0.0.0.0/0' } }, { k: '::1' }, false],
    ['IpAddress, absent', { IpAddress: { k: '0.0.0.0/0' } }, {}, false],
    ['NotIpAddress', { NotIpAddress: { k: ['10.0.0.0/8', '192.168.0.0/16'] } }, { k: '11.0.0.1' }, true],
    ['NotIpAddress, in one of them', { NotIpAddress: { k: ['10.0.0.0/8', '192.168.0.0/16'] } }, { k: '192.168.9.9' }, false],
    ['NotIpAddress, absent', { NotIpAddress: { k: '10.0.0.0/8' } }, {}, true],
    ['DateLessThan', { DateLessThan: { k: '2026-11-21T00:00:00Z' } }, { k: '2026-11-20T23:59:59Z' }, true],
    ['DateLessThan, the same', { DateLessThan: { k: '2026-11-21T00:00:00Z' } }, { k: '2026-11-21T00:00:00Z' }, false],
    [
      'DateLessThanEquals, in another zone',
      { DateLessThanEquals: { k: '2026-11-21T01:00:00+01:00' } },
      { k: '2026-11-21' },
      true,
    ],
    ['DateGreaterThan, by seconds since 1970', { DateGreaterThan: { k: '1577836800' } }, { k: '2020-01-01T00:00:01Z' }, true],
    ['DateGreaterThanEquals, a year', { DateGreaterThanEquals: { k: '2020' } }, { k: '1577836799' }, false],
    ['DateEquals, a month', { DateEquals: { k: '2020-02' } }, { k: '2020-02-01T00:00Z' }, true],
    ['DateNotEquals, absent', { DateNotEquals: { k: '2020-01-01' } }, {}, true],
    ['ForAnyValue with IfExists, absent', { 'ForAnyValue:StringEqualsIfExists': { k: 'a' } }, {}, true],
    ['all conditions must hold', { StringEquals: { a: '1', b: '2' } }, { a: '1', b: '3' }, false],
    [
      'a variable as value',
      { StringEquals: { 's3:prefix': '${aws:PrincipalTag/team}' } },
      { 's3:prefix': 'x', 'aws:PrincipalTag/team': 'x' },
      true,
    ],
    ['a variable without value equals nothing', { StringNotEquals: { k: '${aws:username}' } }, { k: 'x' }, true],
  ])('%s', (_name, Condition, context, allowed) => {
    expect(decide({ Action: '*', Resource: '*', Condition }, 's3:ListBucket', 'arn:aws:s3:::lake', context)).toBe(allowed);
  });

  test('fails on a key of many values without a quantifier', () => {
    const statement = { Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:CalledVia': 'x' } } };
    expect(() => decide(statement, 's3:GetObject', '*', { 'aws:CalledVia': ['x'] })).toThrow('ForAnyValue');
  });
  test('fails on a number that is none', () => {
    const statement = { Action: '*', Resource: '*', Condition: { NumericNotEquals: { k: '1' } } };
    expect(() => decide(statement, 's3:GetObject', '*', { k: 'x' })).toThrow('no number');
  });
});

test.each<[string, object]>([
  ['an unknown operator', { Action: '*', Resource: '*', Condition: { StringEqual: { k: 'a' } } }],
  ['an operator of another word', { Action: '*', Resource: '*', Condition: { StringEqualsIfexists: { k: 'a' } } }],
  ['a quantifier over Null', { Action: '*', Resource: '*', Condition: { 'ForAllValues:Null': { k: 'true' } } }],
  ['an address that is none', { Action: '*', Resource: '*', Condition: { IpAddress: { k: '10.0.0.256' } } }],
  ['an address of too few parts', { Action: '*', Resource: '*', Condition: { IpAddress: { k: '10.0.0' } } }],
  ['an address with two gaps', { Action: '*', Resource: '*', Condition: { IpAddress: { k: 'a::b::c' } } }],
  ['a range wider than addresses', { Action: '*', Resource: '*', Condition: { IpAddress: { k: '10.0.0.0/33' } } }],
  ['a day that does not exist', { Action: '*', Resource: '*', Condition: { DateEquals: { k: '2026-02-31T00:00:00Z' } } }],
  ['a date of another form', { Action: '*', Resource: '*', Condition: { DateEquals: { k: 'Nov 21 2026' } } }],
  ['a number that is none', { Action: '*', Resource: '*', Condition: { NumericEquals: { k: 'ten' } } }],
  ['a variable where a number stands', { Action: '*', Resource: '*', Condition: { NumericEquals: { k: '${aws:EpochTime}' } } }],
  ['bytes that are no base 64', { Action: '*', Resource: '*', Condition: { BinaryEquals: { k: 'a-b' } } }],
  ['an inherited name as operator', { Action: '*', Resource: '*', Condition: { toString: { k: 'a' } } }],
  ['Null with IfExists', { Action: '*', Resource: '*', Condition: { NullIfExists: { k: 'true' } } }],
  ['Bool with another word', { Action: '*', Resource: '*', Condition: { Bool: { k: 'yes' } } }],
  ['an unknown element', { Action: '*', Resource: '*', Resources: '*' }],
  ['a principal in an identity policy', { Action: '*', Resource: '*', Principal: '*' }],
  ['no resource', { Action: '*' }],
  ['an action and a NotAction', { Action: '*', NotAction: '*', Resource: '*' }],
  ['an action without a service', { Action: 'GetObject', Resource: '*' }],
  ['a resource that is no ARN', { Action: '*', Resource: 'lake/*' }],
  ['a variable that is not closed', { Action: '*', Resource: 'arn:aws:s3:::${a' }],
  ['a resource that is no text', { Action: '*', Resource: { Ref: 'Bucket' } }],
])('fails on %s', (_name, statement) => {
  expect(() => policy(statement)).toThrow(MalformedPolicyDocument);
});
