import { readFileSync } from 'node:fs';
import { stackName } from '../../../core/naming.ts';
import { matchLedger, sayMismatch } from '../../../core/findings/match-ledger.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { judge } from '../../../lib/findings/judge.ts';
import { allRules, packs, rulesOf } from '../../../lib/findings/packs.ts';
import { ownTemplates, parseTemplate } from '../../support/platform.ts';

/** The judge judges: what is planted in the platform's own template is found, and is in no place of the ledger. */
const STACK = stackName.foundation('dev');
const own = parseTemplate(ownTemplates('dev').get(STACK) ?? '');
const ledger = readLedger(readFileSync('ledger.yaml', 'utf8'));

const someone = { Service: 'lambda.amazonaws.com' };
const statement = (Action: unknown, Resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: someone }] };
const policy = (Action: unknown, Resource: unknown) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: statement(Action, Resource) },
});
const openBucket = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false };
const lambdaFunction = (properties: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: 'x' }, Role: 'arn:aws:iam::111122223333:role/x', Handler: 'index.x', ...properties },
});

/** What is planted, and what of it must be found. */
const PLANTS: readonly (readonly [what: string, resource: { Type: string; Properties: object }, found: readonly string[]])[] = [
  [
    'a bucket without a key, TLS, logs, versions',
    { Type: 'AWS::S3::Bucket', Properties: {} },
    [
      'AwsSolutions-S1',
      'AwsSolutions-S10',
      'HIPAA.Security-S3DefaultEncryptionKMS',
      'NIST.800.53.R5-S3BucketSSLRequestsOnly',
      'PCI.DSS.321-S3BucketVersioningEnabled',
    ],
  ],
  [
    'a bucket that may be public',
    { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: openBucket, AccessControl: 'PublicReadWrite' } },
    ['AwsSolutions-S2', 'HIPAA.Security-S3BucketLevelPublicAccessProhibited', 'PCI.DSS.321-S3BucketPublicWriteProhibited'],
  ],
  ['a wildcard action', policy('s3:*', 'arn:aws:s3:::x/y'), ['AwsSolutions-IAM5[Action::s3:*]']],
  ['a wildcard at the end of an action', policy(['s3:Get*'], 'arn:aws:s3:::x/y'), ['AwsSolutions-IAM5[Action::s3:Get*]']],
  ['all resources', policy('s3:GetObject', '*'), ['AwsSolutions-IAM5[Resource::*]']],
  ['an administrator', policy('*', '*'), ['HIPAA.Security-IAMPolicyNoStatementsWithAdminAccess']],
  [
    'a policy of AWS, and one inline',
    {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust,
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        Policies: [{ PolicyName: 'x', PolicyDocument: statement('s3:GetObject', 'arn:aws:s3:::x/y') }],
      },
    },
    ['AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/AdministratorAccess]', 'NIST.800.53.R5-IAMNoInlinePolicy'],
  ],
  [
    'a key that is never rotated',
    { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: statement('kms:Decrypt', '*') } },
    ['AwsSolutions-KMS5'],
  ],
  ['a stream in clear', { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }, ['AwsSolutions-KDS1']],
  ['a delivery in clear', { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: {} }, ['AwsSolutions-KDF1']],
  [
    'a log kept for ever, without a key',
    { Type: 'AWS::Logs::LogGroup', Properties: {} },
    ['HIPAA.Security-CloudWatchLogGroupEncrypted', 'PCI.DSS.321-CloudWatchLogGroupRetentionPeriod'],
  ],
  ['an old runtime', lambdaFunction({ Runtime: 'nodejs18.x' }), ['AwsSolutions-L1']],
  [
    'a function for everybody',
    { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' } },
    ['HIPAA.Security-LambdaFunctionPublicAccessProhibited'],
  ],
  ['a secret that never changes', { Type: 'AWS::SecretsManager::Secret', Properties: {} }, ['AwsSolutions-SMG4']],
  [
    'a queue without TLS and dead letters',
    { Type: 'AWS::SQS::Queue', Properties: {} },
    ['AwsSolutions-SQS3', 'AwsSolutions-SQS4'],
  ],
  ['a topic in clear', { Type: 'AWS::SNS::Topic', Properties: {} }, ['AwsSolutions-SNS3', 'HIPAA.Security-SNSEncryptedKMS']],
  [
    'a workflow that logs nothing',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: 'arn:aws:iam::111122223333:role/x', DefinitionString: '{}' },
    },
    ['AwsSolutions-SF1', 'AwsSolutions-SF2'],
  ],
  [
    'an alarm that tells nobody',
    { Type: 'AWS::CloudWatch::Alarm', Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 } },
    ['HIPAA.Security-CloudWatchAlarmAction'],
  ],
];

const idOf = (index: number): string => `Planted${index}`;
const planted = judge(
  new Map([
    [
      STACK,
      JSON.stringify({
        ...own,
        Resources: { ...own.Resources, ...Object.fromEntries(PLANTS.map(([, plant], index) => [idOf(index), plant])) },
      }),
    ],
  ]),
);
const unexcepted = matchLedger(ledger, planted).missing;

test.each(PLANTS.map(([what, , found], index) => [what, index, found] as const))(
  '%s is found, and is not excepted',
  (_, index, found) => {
    const ids = unexcepted.filter(({ stack, resource }) => stack === STACK && resource === idOf(index)).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...found]));
  },
);

test('what is planted changes nothing of what else is found', () => {
  expect(unexcepted.filter(({ resource }) => !resource.startsWith('Planted'))).toEqual([]);
});

/** The platform's own resources, each with one thing taken away. */
const SPOILED: readonly (readonly [type: string, property: string, value: unknown, found: string])[] = [
  ['AWS::S3::Bucket', 'BucketEncryption', undefined, 'HIPAA.Security-S3DefaultEncryptionKMS'],
  ['AWS::S3::Bucket', 'LoggingConfiguration', undefined, 'AwsSolutions-S1'],
  ['AWS::S3::Bucket', 'PublicAccessBlockConfiguration', undefined, 'HIPAA.Security-S3BucketPublicReadProhibited'],
  ['AWS::KMS::Key', 'EnableKeyRotation', false, 'AwsSolutions-KMS5'],
];

test.each(SPOILED)('%s with its %s set to %p is found', (type, property, value, found) => {
  const resources = Object.entries(own.Resources).map(([id, resource]) => [
    id,
    resource.Type === type ? { ...resource, Properties: { ...resource.Properties, [property]: value } } : resource,
  ]);
  const { missing } = matchLedger(
    ledger,
    judge(new Map([[STACK, JSON.stringify({ Resources: Object.fromEntries(resources) as object })]])),
  );
  expect(missing.map(({ id }) => id)).toContain(found);
  expect(sayMismatch({ missing, stale: [] })[0]).toMatch(/^MISSING: Headwaters-dev-Foundation\//);
});

test('one more resource of a kind that a decision is about is found, and is not excepted', () => {
  const [stream] = [...ownTemplates('dev')].flatMap(([stack, text]) =>
    Object.entries(parseTemplate(text).Resources)
      .filter(([, { Type }]) => Type === 'AWS::Kinesis::Stream')
      .map(([id, resource]) => ({ stack, id, resource })),
  );
  const { stack = '', id = '', resource } = stream ?? {};
  const found = judge(new Map([[stack, JSON.stringify({ Resources: { [id]: resource, PlantedStream: resource } })]]));
  expect(found.map((finding) => [finding.resource, finding.id, finding.type])).toEqual([
    [id, 'AwsSolutions-KDS3', 'AWS::Kinesis::Stream'],
    ['PlantedStream', 'AwsSolutions-KDS3', 'AWS::Kinesis::Stream'],
  ]);
  expect(matchLedger(ledger, found).missing.map((finding) => finding.resource)).toEqual(['PlantedStream']);
});

test('an acknowledgement in a template hides nothing', () => {
  const Metadata = {
    cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-S1', reason: 'because it was said here, and nowhere else' }] },
  };
  const text = JSON.stringify({ Resources: { Hidden: { Type: 'AWS::S3::Bucket', Properties: {}, Metadata } } });
  expect(judge(new Map([[STACK, text]])).map(({ id }) => id)).toContain('AwsSolutions-S1');
});

test('a rule that cannot judge is no finding to except', () => {
  const Properties = { Code: { ZipFile: 'x' }, Role: 'x', Handler: 'x', Runtime: { Ref: 'Which' } };
  const text = JSON.stringify({
    Parameters: { Which: { Type: 'String' } },
    Resources: { Odd: { Type: 'AWS::Lambda::Function', Properties } },
  });
  const unjudged = judge(new Map([[STACK, text]])).filter(({ isUnjudged }) => isUnjudged);
  const [first] = unjudged;
  expect(first?.id).toBe('AwsSolutions-L1');
  const excepting = {
    reviewedOn: '2026-11-21',
    decisions: unjudged.map(({ id, stack, resource }) => decision(id, stack, resource)),
  };
  expect(sayMismatch(matchLedger(excepting, unjudged))[0]).toMatch(/^UNJUDGED: /);
});

const decision = (id: string, stack: string, resource: string) => ({
  rule: 'L1',
  reason: 'because it cannot be judged, which is no reason at all',
  owner: 'x',
  enteredOn: '2026-11-21',
  reviewBy: '2027-01-01',
  places: [{ resource, stacks: [stack], findings: [id] }],
});

test('a type that no rule can know fails', () => {
  const text = JSON.stringify({ Resources: { New: { Type: 'AWS::Nowhere::Thing', Properties: {} } } });
  expect(() => judge(new Map([[STACK, text]]))).toThrow(
    "UnknownType: Headwaters-dev-Foundation: no rule can judge a resource of the type 'AWS::Nowhere::Thing'",
  );
});

test('the five packs are there, with their rules', () => {
  expect(packs().map((pack) => [pack.readPackName, rulesOf(pack).length])).toEqual([
    ['AwsSolutions', 131],
    ['HIPAA.Security', 90],
    ['NIST.800.53.R5', 85],
    ['PCI.DSS.321', 69],
    ['Serverless', 18],
  ]);
  expect(allRules().has('AwsSolutions-IAM5')).toBe(true);
});
