import { RemovalPolicy } from 'aws-cdk-lib/core';
import { AlarmTopic, type AlarmTopicProps } from '../../../constructs/operations/index.ts';
import { readable, resourcesOf, resourcesOfType, statementsOf, synth, theResource } from '../../support/synth.ts';

const topic = (rest: Partial<AlarmTopicProps> = {}) =>
  synth((stack) => {
    new AlarmTopic(stack, 'Alarms', { environment: 'prod', emails: [], removalPolicy: RemovalPolicy.RETAIN, ...rest });
  });
const template = topic();
const withBudgets = topic({ admitsBudgets: true });
const keyPolicy = (of: typeof template) => statementsOf(theResource(of, 'AWS::KMS::Key').Properties.KeyPolicy);
const topicPolicy = (of: typeof template) => statementsOf(theResource(of, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument);

const source = (arn: string) => ({
  ArnLike: { 'aws:SourceArn': `arn:\${AWS::Partition}:${arn}` },
  StringEquals: { 'aws:SourceAccount': '111122223333' },
});
const PUBLISHERS = {
  Alarms: { service: 'cloudwatch.amazonaws.com', condition: source('cloudwatch:eu-west-1:111122223333:alarm:*') },
  Budgets: { service: 'budgets.amazonaws.com', condition: source('budgets::111122223333:*') },
};
const use = (Sid: keyof typeof PUBLISHERS) => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: PUBLISHERS[Sid].service },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: PUBLISHERS[Sid].condition,
});
const notices = {
  Sid: 'UseByActors',
  Effect: 'Allow',
  Principal: { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: {
    ArnLike: {
      'aws:PrincipalArn': ['restore', 'replay-workflow'].map(
        (actor) => `arn:\${AWS::Partition}:iam::111122223333:role/headwaters/prod/${actor}/*`,
      ),
    },
    StringEquals: { 'kms:ViaService': ['sns.eu-west-1.amazonaws.com'] },
  },
};
const publish = (Sid: keyof typeof PUBLISHERS) => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: PUBLISHERS[Sid].service },
  Action: 'sns:Publish',
  Resource: '${AlarmsTopic}',
  Condition: PUBLISHERS[Sid].condition,
});
const refusePlainHttp = {
  Sid: 'RefusePlainHttp',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sns:Publish',
  Resource: '${AlarmsTopic}',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

test('is one topic under a key of its own, and no more', () => {
  expect(
    Object.values(resourcesOf(template))
      .map(({ Type }) => Type)
      .sort(),
  ).toEqual(['AWS::KMS::Key', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy']);
  expect(readable(theResource(template, 'AWS::SNS::Topic').Properties)).toEqual({
    DisplayName: 'Headwaters prod',
    KmsMasterKeyId: '${AlarmsKey.Arn}',
  });
  expect(readable(theResource(template, 'AWS::SNS::TopicPolicy').Properties.Topics)).toEqual(['${AlarmsTopic}']);
});

test('the key is rotated, and kept or deleted as the stack is', () => {
  expect(theResource(template, 'AWS::KMS::Key')).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { EnableKeyRotation: true },
  });
  expect(theResource(topic({ removalPolicy: RemovalPolicy.DESTROY }), 'AWS::KMS::Key').DeletionPolicy).toBe('Delete');
});

test('alarms of this account and region may use the key, the workflows that tell it, and nobody else; its administrators may not', () => {
  const [administration, ...uses] = keyPolicy(template);
  expect(administration?.Sid).toBe('AdministerWithoutUse');
  expect(administration?.Action).not.toContain('kms:Decrypt');
  expect(uses).toEqual([use('Alarms'), notices]);
});

test('alarms of this account and region may publish, over TLS, and nobody else', () => {
  expect(topicPolicy(template)).toEqual([publish('Alarms'), refusePlainHttp]);
});

test('budgets of this account may too, where that is asked for', () => {
  expect(keyPolicy(withBudgets).slice(1)).toEqual([use('Alarms'), use('Budgets'), notices]);
  expect(topicPolicy(withBudgets)).toEqual([publish('Alarms'), publish('Budgets'), refusePlainHttp]);
});

test('no workflow may, where there is none', () => {
  const alone = topic({ admitsWorkflows: false });
  expect(keyPolicy(alone).slice(1)).toEqual([use('Alarms')]);
  expect(topicPolicy(alone)).toEqual([publish('Alarms'), refusePlainHttp]);
});

test('subscribes each address', () => {
  const of = topic({ emails: ['on-call@example.com', 'data.platform@example.com'] });
  expect(Object.values(resourcesOfType(of, 'AWS::SNS::Subscription')).map(({ Properties }) => readable(Properties))).toEqual([
    { Endpoint: 'on-call@example.com', Protocol: 'email', TopicArn: '${AlarmsTopic}' },
    { Endpoint: 'data.platform@example.com', Protocol: 'email', TopicArn: '${AlarmsTopic}' },
  ]);
});

test.each(['', 'on-call', 'on-call@example', 'on call@example.com', 'a@b@example.com'])("fails for the address '%s'", (email) => {
  expect(() => topic({ emails: [email] })).toThrow(
    `Test/Alarms: InvalidEmail: 'emails' must hold e-mail addresses, got '${email}'; mend or remove it`,
  );
});

test('fails for an address that stands twice', () => {
  expect(() => topic({ emails: ['a@example.com', 'a@example.com'] })).toThrow(
    "Test/Alarms: RepeatedEmail: 'emails' must hold each address once, got 'a@example.com' again; remove one",
  );
});
