import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DescribeEventBusCommand, EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start } from '../../../local/start.ts';
import { topicPolicy, writeAssembly, type Template } from '../assembly/fixture.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const role = (Service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' },
    },
  },
});
const may = (Role: string, Resource: unknown, ...Action: readonly string[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } },
    Roles: [{ Ref: Role }],
  },
});
const rule = (Targets: readonly object[], rest: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: { source: ['app'] }, Targets, ...rest },
});
const target = (Id: string, rest: object = {}) => ({ Id, Arn: arnOf(Id), RoleArn: arnOf('Sender'), ...rest });
const ON_MINE = { EventBusName: { Ref: 'Mine' } };

const RESOURCES: Template['Resources'] = {
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'told', ShardCount: 1 } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  Writer: role('firehose.amazonaws.com'),
  MayWrite: may('Writer', '*', 's3:PutObject', 's3:GetBucketLocation', 's3:ListBucket'),
  Delivery: {
    Type: 'AWS::KinesisFirehose::DeliveryStream',
    DependsOn: 'MayWrite',
    Properties: {
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: { BucketARN: arnOf('Bucket'), RoleARN: arnOf('Writer') },
    },
  },
  Mine: { Type: 'AWS::Events::EventBus', Properties: { Name: 'mine', Description: 'ours' } },
  Policy: {
    Type: 'AWS::Events::EventBusPolicy',
    Properties: { ...ON_MINE, StatementId: 'other', Action: 'events:PutEvents', Principal: '999999999999' },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Admits: topicPolicy('events.amazonaws.com'),
  Sender: role('events.amazonaws.com'),
  MaySend: may('Sender', '*', 'kinesis:PutRecord', 'firehose:PutRecord', 'events:PutEvents'),
  Rule: rule([target('Stream', { KinesisParameters: { PartitionKeyPath: '$.detail.key' } }), target('Delivery'), target('Mine')]),
  OnMine: rule([{ Id: 'Topic', Arn: { Ref: 'Topic' }, Input: '"came"' }], ON_MINE),
};

const Detail = '{"key":"k","id":1}';
const ENTRY = { Source: 'app', DetailType: 'told', Detail };

/** What becomes of an event that a client puts. */
async function putOne(more: Template['Resources'] = {}) {
  const lines: LogEvent[] = [];
  const clock = new SimulatedClock(Date.UTC(2001, 0, 9, 8));
  const template = { Resources: { ...RESOURCES, ...more }, Outputs: { Rule: { Value: { Ref: 'OnMine' } } } };
  const runtime = await start({
    assembly: writeAssembly({ Told: { template } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    onLog: (line) => lines.push(line),
  });
  const place = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const events = new EventBridgeClient(place);
  const kinesis = new KinesisClient(place);
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  try {
    const put = await events.send(new PutEventsCommand({ Entries: [ENTRY, { ...ENTRY, Source: 'aws.s3' }] }));
    for (let minute = 0; minute < 10; minute++) await clock.advance(60_000);
    const shard = { StreamName: 'told', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(shard));
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }));
    const objects = Contents.map(async ({ Key }) => (await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }))).Body);
    return {
      put,
      records: Records.map(({ Data = new Uint8Array(), PartitionKey }) => [PartitionKey, Buffer.from(Data).toString()]),
      objects: await Promise.all(objects.map(async (body) => (await body)?.transformToString())),
      lines: lines.map(({ level, message }) => `${level} ${message.trim()}`),
      rules: await events.send(new ListRulesCommand({ EventBusName: 'mine' })),
      bus: await events.send(new DescribeEventBusCommand({ Name: 'mine' })),
      ref: runtime.outputs.Told?.Rule,
    };
  } finally {
    for (const client of [events, kinesis, s3]) client.destroy();
    await runtime.stop();
  }
}

test('what a client puts goes to a stream, to S3, and over another bus to a topic, whose rules it may read', async () => {
  const { put, records, objects, lines, rules, bus, ref } = await putOne();
  expect(put).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'NotAuthorizedForSourceException' }] });
  expect(records).toEqual([['k', expect.stringContaining('"detail":{"key":"k","id":1}')]]);
  expect(lines).toEqual(['notice "came"']);
  expect(objects).toEqual([records[0]?.[1]]);
  expect(rules.Rules).toEqual([
    {
      Name: 'Told-OnMine',
      Arn: 'arn:aws:events:us-east-1:123456789012:rule/mine/Told-OnMine',
      EventBusName: 'mine',
      EventPattern: '{"source":["app"]}',
      State: 'ENABLED',
    },
  ]);
  expect(ref).toBe('mine|Told-OnMine');
  expect(bus).toMatchObject({ Name: 'mine', Description: 'ours' });
  expect(JSON.parse(bus.Policy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'other',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:us-east-1:123456789012:event-bus/mine',
      },
    ],
  });
});

test('an event that a client put is no line for people when a topic gets it as it is', async () => {
  const { lines } = await putOne({ OnMine: rule([{ Id: 'Topic', Arn: { Ref: 'Topic' } }], ON_MINE) });
  expect(lines).toEqual([expect.stringMatching(/^info \{.*"detail":\{"key":"k","id":1\}/)]);
});

test('a role that may not is a line of the log for each target, and so is one that is lacking', async () => {
  const refused = await putOne({ MaySend: may('Sender', '*', 'sqs:SendMessage') });
  expect(refused.lines.map((line) => /is not authorized to perform: (\S+)/.exec(line)?.[1])).toEqual([
    'kinesis:PutRecord',
    'firehose:PutRecord',
    'events:PutEvents',
  ]);
  const { lines } = await putOne({ Rule: rule([{ Id: 'Stream', Arn: arnOf('Stream') }]) });
  expect(lines).toEqual([expect.stringMatching(/^error arn:aws:kinesis:\S+ was not invoked: the target has no role$/)]);
});

test('a role that may put on the bus from outside alone may not hand it what a rule means', async () => {
  const Condition = { StringEquals: { 'events:eventBusInvocation': 'false' } };
  const Statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: arnOf('Mine'), Condition };
  const MaySend = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement }, Roles: [{ Ref: 'Sender' }] },
  };
  const { lines } = await putOne({ MaySend, Rule: rule([target('Mine')]) });
  expect(lines).toEqual([expect.stringContaining('is not authorized to perform: events:PutEvents')]);
});

test.each<[string, object, string]>([
  ['an input for a bus', target('Mine', { Input: '{}' }), 'an input of a target that is an event bus'],
  [
    'a partition key for what is no stream',
    target('Delivery', { KinesisParameters: { PartitionKeyPath: '$.id' } }),
    "'KinesisParameters' of a target that is no stream",
  ],
  ['parameters of a batch', target('Stream', { BatchParameters: {} }), "'BatchParameters' of a target"],
])('a rule with %s is kept and not run, and the log says why', async (_, given, why) => {
  const { lines, rules } = await putOne({ Rule: rule([given]) });
  expect(lines).toEqual([`warn the rule is not run, not simulated: ${why}`]);
  expect(rules.Rules).toHaveLength(1);
});

const POLICY = RESOURCES.Policy?.Properties as object;
test.each<[string, Template['Resources'], string]>([
  [
    'two statements of one id',
    { Second: { Type: 'AWS::Events::EventBusPolicy', Properties: POLICY } },
    "'StatementId' must be the policy's own, 'other' is there already",
  ],
  [
    'a statement that is whole and in parts',
    { Policy: { Type: 'AWS::Events::EventBusPolicy', Properties: { ...POLICY, Statement: {} } } },
    "'Action' must not be there beside 'Statement'",
  ],
  [
    'a statement of no effect',
    { Policy: { Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'x', Statement: { Principal: '*' } } } },
    '→ at Statement',
  ],
  [
    'a bus of a partner',
    { Mine: { Type: 'AWS::Events::EventBus', Properties: { Name: 'aws.partner' } } },
    "starting with 'aws.'",
  ],
  [
    'a key for a bus',
    { Mine: { Type: 'AWS::Events::EventBus', Properties: { Name: 'mine', KmsKeyIdentifier: 'x' } } },
    'KmsKeyIdentifier',
  ],
])('fails for %s', async (_, more, why) => {
  await expect(putOne(more)).rejects.toThrow(why);
});
