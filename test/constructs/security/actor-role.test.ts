import * as iam from 'aws-cdk-lib/aws-iam';
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { ActorRole, StewardRole } from '../../../constructs/security/index.ts';
import { policySize } from '../../../constructs/security/policy-size.ts';
import { allow } from '../../../constructs/security/statements.ts';
import { someLake } from '../../support/lake.ts';
import { policyStatements, synth, testApp, theResource } from '../../support/synth.ts';

const role = (stack: Stack, statements: iam.PolicyStatement[]) =>
  new ActorRole(stack, 'Actor', {
    environment: 'dev',
    actor: 'producer',
    assumedBy: new iam.AccountRootPrincipal(),
    description: 'Puts events',
    statements,
  });

test('is a role and one managed policy under the path of its actor', () => {
  const template = synth((stack) => role(stack, [allow('Put', ['kinesis:PutRecord'], ['arn:aws:kinesis:*:*:stream/x'])]));
  template.resourceCountIs('AWS::IAM::Policy', 0);
  const { Properties, id } = theResource(template, 'AWS::IAM::Role');
  expect(Properties.Path).toBe('/headwaters/dev/producer/');
  expect(Object.keys(Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Description', 'Path']);
  const policy = theResource(template, 'AWS::IAM::ManagedPolicy').Properties;
  expect(policy.Path).toBe('/headwaters/dev/producer/');
  expect(policy.Roles).toEqual([{ Ref: id }]);
  expect(policyStatements(template, 'Actor')).toEqual([
    { Sid: 'Put', Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: 'arn:aws:kinesis:*:*:stream/x' },
  ]);
});

test.each(['s3:*', '*', 's3:Get*'])('fails with WildcardAction for %s', (action) => {
  const stack = new Stack(testApp(), 'Test');
  expect(() => role(stack, [allow('All', ['s3:GetObject', action], ['*'])])).toThrow(
    `Test/Actor: WildcardAction: 'statements' must name actions literally, got '${action}'; list what is needed`,
  );
});

test.each([
  [
    'NoActions',
    { notActions: ['iam:CreateUser'], resources: ['*'] },
    "'statements' must name actions, got none in one without a sid; list what is needed",
  ],
  [
    'NoActions',
    { sid: 'Nothing', resources: ['*'] },
    "'statements' must name actions, got none in 'Nothing'; list what is needed",
  ],
  [
    'NegatedResources',
    { sid: 'AllBut', actions: ['s3:GetObject'], notResources: ['arn:aws:s3:::raw/*'] },
    "'statements' must name resources, got those that are left out in 'AllBut'; list what is needed",
  ],
])('fails with %s for %j, at once and later', (code, props, message) => {
  const stack = new Stack(testApp(), 'Test');
  expect(() => role(stack, [new iam.PolicyStatement(props)])).toThrow(`Test/Actor: ${code}: ${message}`);
  const later = role(new Stack(testApp(), 'Test'), [allow('Put', ['kinesis:PutRecord'], ['*'])]);
  expect(() => {
    later.add(new iam.PolicyStatement(props));
  }).toThrow(`Test/Actor: ${code}: ${message}`);
});

test('numbers a sid that stands in its policy already, also among its first statements', () => {
  const stack = new Stack(testApp(), 'Test');
  const put = (stream: string) => allow('Put', ['kinesis:PutRecord'], [`arn:aws:kinesis:*:*:stream/${stream}`]);
  role(stack, [put('a'), put('b')]).add(put('c'));
  expect(policyStatements(Template.fromStack(stack), 'Actor').map(({ Sid }) => Sid)).toEqual(['Put', 'Put2', 'Put3']);
});

test('may begin with nothing, and fails with NoStatements where nothing comes', () => {
  const app = testApp();
  const actor = role(new Stack(app, 'Test'), []);
  expect(() => app.synth()).toThrow("NoStatements: 'statements' must hold what the actor may do, got none");
  actor.add(allow('Put', ['kinesis:PutRecord'], ['*']));
  expect(() => app.synth({ force: true })).not.toThrow();
});

test('fails for a statement without a resource', () => {
  const stack = new Stack(testApp(), 'Test');
  role(stack, [allow('Read', ['s3:GetObject'], [])]);
  expect(() => Template.fromStack(stack)).toThrow('must specify at least one resource');
});

describe('a policy of literal ARNs', () => {
  const EMPTY = 121; // characters of the policy around its one resource
  const ofSize = (size: number) => {
    const stack = new Stack(testApp(), 'Test');
    role(stack, [allow('Read', ['s3:GetObject'], [`arn:aws:s3:::${'x'.repeat(size - EMPTY)}`])]);
    return () => Template.fromStack(stack);
  };
  test('may have 6,144 characters', () => {
    expect(JSON.stringify(theResource(ofSize(6144)(), 'AWS::IAM::ManagedPolicy').Properties.PolicyDocument)).toHaveLength(6144);
  });
  test('fails with PolicyTooLarge for one more', () => {
    expect(ofSize(6145)).toThrow(
      'PolicyTooLarge: the policy must stay under 6144 characters, got about 6145; give the actor fewer datasets',
    );
  });
});

test.each([
  [{ Resource: 'abc' }, '{"Resource":"abc"}'.length],
  [{ Resource: { Ref: 'AWS::Partition' } }, '{"Resource":"aws"}'.length],
  [{ Resource: { Ref: 'Bucket' } }, '{"Resource":""}'.length + 63],
  [{ Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }, '{"Resource":""}'.length + 110],
  [
    { Resource: { 'Fn::Join': ['', ['a:', { Ref: 'AWS::AccountId' }, { 'Fn::ImportValue': 'LakeKeyArn' }]] } },
    '{"Resource":"a:"}'.length + 122,
  ],
])('counts %j as %d characters', (document, size) => {
  expect(policySize(document)).toBe(size);
});

test('the steward sees a domain, reads its rejects, and changes nothing', () => {
  const template = synth(
    (stack) => new StewardRole(stack, 'Steward', { environment: 'dev', domain: 'energy', lake: someLake(stack) }),
  );
  expect(theResource(template, 'AWS::IAM::Role').Properties.Path).toBe('/headwaters/dev/steward/');
  const via = (bucket: string) => ({
    StringEquals: {
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}`,
    },
  });
  expect(policyStatements(template, 'Steward')).toEqual([
    {
      Sid: 'ListZones',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: ['arn:aws:s3:::raw', 'arn:aws:s3:::clean', 'arn:aws:s3:::quarantine'],
      Condition: { StringLike: { 's3:prefix': ['keep*/energy/*', '_errors/energy/*'] } },
    },
    {
      Sid: 'ReadRejects',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: [
        'arn:aws:s3:::quarantine/keep*/energy/*',
        'arn:aws:s3:::quarantine/_errors/energy/*',
        'arn:aws:s3:::clean/_errors/energy/*',
      ],
    },
    {
      Sid: 'DecryptRejects',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: 'arn:aws:kms:eu-west-1:111122223333:key/closed',
      Condition: via('quarantine'),
    },
    {
      Sid: 'DecryptErrors',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: 'arn:aws:kms:eu-west-1:111122223333:key/lake',
      Condition: via('clean'),
    },
  ]);
});
