import { Account } from '../../../prove/nothing-wider/statements/account.ts';
import { partsOf } from '../../../prove/nothing-wider/statements/parts.ts';
import { PLACE } from '../../../prove/nothing-wider/statements/place.ts';
import { readPolicies, type RawStatement } from '../../../prove/nothing-wider/statements/read-policies.ts';
import { nameStatements } from '../../../prove/nothing-wider/statements/statement-names.ts';
import type { PlacedStack } from '../../../prove/nothing-wider/statements/synthesize-environment.ts';

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

const stackOf = (resources: Readonly<Record<string, Resource>>): PlacedStack => ({
  name: 'Headwaters-dev-Any',
  path: 'Headwaters-dev-Any',
  dependencies: [],
  account: undefined,
  region: PLACE.region,
  resources: new Map(
    Object.entries(resources).map(([id, { Type, Properties }]) => [
      id,
      {
        type: Type,
        properties: Properties,
        dependsOn: [],
        condition: undefined,
        retention: { whenRemoved: false, whenReplaced: false },
      },
    ]),
  ),
  parameters: {},
  conditions: {},
  mappings: {},
  outputs: {},
  assets: new Map(),
});

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const TRUST = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const role = (Path = '/headwaters/dev/producer/', more: object = {}): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: { Path, AssumeRolePolicyDocument: TRUST, ...more },
});
const policy = (...statements: object[]): Resource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: document(...statements), Roles: [{ Ref: 'ThingActorRole01234567' }] },
});
const bucket: Resource = { Type: 'AWS::S3::Bucket', Properties: {} };
const allow = (more: object = {}) => ({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more });

describe('policies of a template', () => {
  test('are read with their holders, and with what they are attached to', () => {
    const policies = readPolicies([
      stackOf({
        ThingActorRole01234567: role(),
        ThingActorPolicy01234567: policy(allow({ Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } })),
        Bucket: bucket,
        BucketPolicy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(allow({ Effect: 'Deny', Principal: '*' })) },
        },
      }),
    ]);
    const arn = `arn:aws:iam::${PLACE.account}:role/headwaters/dev/producer/Headwaters-dev-Any-ThingActorRole01234567`;
    const ofBucket = `arn:aws:s3:::headwaters-dev-any-bucket-${PLACE.account}-${PLACE.region}`;
    expect(policies.map(({ hold, speaksFor }) => [hold, speaksFor])).toEqual(
      expect.arrayContaining([
        ['trust', [arn]],
        ['identity', [arn]],
        ['resource', [ofBucket]],
      ]),
    );
    expect(policies.find(({ hold }) => hold === 'identity')?.statements[0]?.Resource).toBe(`${ofBucket}/*`);
  });

  test.each([
    ['in a role', role('/', { Policies: [{ PolicyName: 'inline', PolicyDocument: document(allow()) }] }), "'Policies'"],
    ['of AWS', role('/', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), "'ManagedPolicyArns'"],
    ['in a type that has none', { Type: 'AWS::Kinesis::Stream', Properties: { Policy: document(allow()) } }, "'Policy'"],
  ])('fails for a policy %s, lest it be passed over', (_, resource, where) => {
    expect(() => readPolicies([stackOf({ Thing: resource })])).toThrow(`a policy stands in ${where}, where none is looked for`);
  });
});

test('each statement has a name of its own, and a kind that other datasets share', () => {
  const names = nameStatements(
    readPolicies([
      stackOf({
        ThingActorRole01234567: role('/headwaters/dev/delivery/'),
        ThingActorPolicy01234567: policy(allow(), allow({ Resource: 'arn:aws:s3:::any' }), allow({ Sid: undefined })),
      }),
    ]),
  ).map(({ name, kind }) => [name, kind]);
  expect(names).toEqual([
    ['Any/Thing Allow sts:AssumeRole by lambda.amazonaws.com', 'delivery Allow sts:AssumeRole by lambda.amazonaws.com'],
    ['Any/Thing Read', 'Thing Read'],
    [expect.stringMatching(/^Any\/Thing Read #[0-9a-f]{6}$/), 'Thing Read'],
    ['Any/Thing Allow s3:GetObject', 'Thing Allow s3:GetObject'],
  ]);
});

describe('parts of a statement', () => {
  const parts = (statement: object) => partsOf({ Effect: 'Allow', Action: 'a:B', ...statement }).map(({ name }) => name);

  test.each([
    ['its only action, resource and value', { Resource: 'r', Condition: { StringEquals: { k: 'v' } } }, []],
    ['each of its actions', { Action: ['a:B', 'a:C'] }, ['a:B', 'a:C']],
    ['each of its resources', { Resource: ['r', 's'] }, ['r', 's']],
    ['each value that lets more in', { Condition: { ArnLike: { k: ['v', 'w'] } } }, ['k v', 'k w']],
    ['no value that keeps out', { Condition: { ArnNotLike: { k: ['v', 'w'] } } }, []],
  ])('are not less than %s', (_, statement, expected) => {
    expect(parts(statement)).toEqual(expected);
  });
});

describe('an account judged with one statement edited', () => {
  const stack = stackOf({
    ThingActorRole01234567: role(),
    ThingActorPolicy01234567: policy(allow({ Action: ['s3:GetObject', 's3:PutObject'] })),
  });
  const policies = readPolicies([stack]);
  const account = new Account(policies);
  const held = policies.find(({ hold }) => hold === 'identity');
  const arn = held?.speaksFor[0] ?? '';
  const request = { principal: { arn, accountId: PLACE.account }, action: 's3:PutObject', resource: 'arn:aws:s3:::any/key' };
  if (held === undefined) throw new Error('the role must hold a policy');

  test('allows what the statement allows, and nothing of it once it is removed', () => {
    expect(account.judge(request).decision).toBe('allowed');
    expect(account.judge(request, { policy: held, index: 0 }).decision).toBe('implicitlyDenied');
  });

  test('allows the rest of a statement that lost a part', () => {
    const [, put] = partsOf(held.statements[0] as RawStatement);
    if (put === undefined) throw new Error('the statement must have two parts');
    const edit = { policy: held, index: 0, rest: put.rest };
    expect(account.judge(request, edit).decision).toBe('implicitlyDenied');
    expect(account.judge({ ...request, action: 's3:GetObject' }, edit).decision).toBe('allowed');
  });

  test('lets an administrator do what no policy of a resource forbids', () => {
    const principal = { arn: `arn:aws:iam::${PLACE.account}:role/Administrator`, accountId: PLACE.account };
    expect(account.judge({ ...request, principal, action: 's3:DeleteBucket' }).decision).toBe('allowed');
  });
});
