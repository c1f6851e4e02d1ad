import { readFileSync } from 'node:fs';
import { CfnParameter, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { QuarantineDelivery, StreamIngestion } from '../../../constructs/ingestion/index.ts';
import {
  CopyAlarms,
  DatasetAlarms,
  DomainAlarms,
  ReplicationAlarms,
  type DatasetAlarmsProps,
} from '../../../constructs/operations/index.ts';
import { ReplicaStorage } from '../../../constructs/storage/index.ts';
import { cleanBufferSeconds, PLATFORM } from '../../../core/cost/platform.ts';
import { contractDocument, dataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { readable, resourcesOfType, synth, theResource } from '../../support/synth.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const shared = (stack: Stack) => ({
  environment: 'prod',
  topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
  delivery: new firehose.CfnDeliveryStream(stack, 'Delivery', { deliveryStreamType: 'DirectPut' }),
});
function watch(stack: Stack, rest: Partial<DatasetAlarmsProps> = {}): void {
  const judge = new lambda.Function(stack, 'Judge', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('-'),
  });
  new DatasetAlarms(stack, 'Alarms', {
    ...shared(stack),
    dataset: dataset(),
    stream: kinesis.Stream.fromStreamArn(stack, 'Stream', 'arn:aws:kinesis:eu-west-1:111122223333:stream/readings'),
    streamRetention: Duration.days(7),
    transform: new lambda.Alias(stack, 'Live', { aliasName: 'live', version: judge.currentVersion }),
    ...rest,
  });
}
const alarms = synth((stack) => {
  watch(stack);
});
const quarantine = synth((stack) => {
  const { clean, quarantine } = someLake(stack);
  new DomainAlarms(stack, 'Alarms', {
    ...shared(stack),
    domain: 'energy',
    owner: 'energy@example.com',
    clean: clean.bucket,
    quarantine: quarantine.bucket,
  });
});
const replication = synth((stack) => {
  new ReplicationAlarms(stack, 'Alarms', {
    ...shared(stack),
    owner: 'energy@example.com',
    copied: [
      { source: 'clean', copy: 'clean-copy', rule: 'second-region' },
      { source: 'mart', copy: 'mart-copy', rule: 'second-region' },
    ],
  });
});
const copies = synth((stack) => {
  const { copies: buckets } = new ReplicaStorage(stack, 'Replica', { environment: 'prod', removalPolicy: RemovalPolicy.RETAIN });
  new CopyAlarms(stack, 'Alarms', { ...shared(stack), owner: 'energy@example.com', copies: buckets });
});
const alarmOf = (template: typeof alarms, id: string) =>
  readable(theResource(template, 'AWS::CloudWatch::Alarm', id).Properties) as Record<string, unknown>;

const CONSOLE = 'https://eu-west-1.console.aws.amazon.com';
const PAGES = {
  delivery: `${CONSOLE}/firehose/home?region=eu-west-1#/details/\${Delivery}/monitoring`,
  stream: `${CONSOLE}/kinesis/home?region=eu-west-1#/streams/details/readings/monitoring`,
  transform: `${CONSOLE}/lambda/home?region=eu-west-1#/functions/\${Judge}?tab=monitoring`,
};
const about = (happened: string, severity: string, page: string, article: string) =>
  [
    happened,
    `Severity: ${severity}`,
    'Owner: energy@example.com',
    `Console: ${page}`,
    `Runbook: docs/runbook.md#${article}`,
  ].join('\n');
const judged = (Threshold: number, periods: number) => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold,
  EvaluationPeriods: periods,
  DatapointsToAlarm: periods,
  TreatMissingData: 'notBreaching',
  AlarmActions: [TOPIC],
  OKActions: [TOPIC],
});
const ofDelivery = { Namespace: 'AWS/Firehose', Dimensions: [{ Name: 'DeliveryStreamName', Value: '${Delivery}' }] };
const ofStream = { Namespace: 'AWS/Kinesis', Dimensions: [{ Name: 'StreamName', Value: 'readings' }] };
const ofBatches = {
  Namespace: 'Headwaters',
  Dimensions: [
    { Name: 'Dataset', Value: 'readings' },
    { Name: 'Domain', Value: 'energy' },
    { Name: 'Environment', Value: 'prod' },
  ],
};
const ofFunction = {
  Namespace: 'AWS/Lambda',
  Dimensions: [
    { Name: 'FunctionName', Value: '${Judge}' },
    { Name: 'Resource', Value: '${Judge}:live' },
  ],
};
const metric = (Id: string, of: object, MetricName: string, Stat: string, Period: number) => ({
  Id,
  MetricStat: { Metric: { ...of, MetricName }, Stat, Period },
  ReturnData: false,
});
const result = (Expression: string) => ({ Id: 'expr_1', Expression, ReturnData: true });

describe('a dataset has six alarms:', () => {
  test('no more', () => {
    expect(Object.keys(resourcesOfType(alarms, 'AWS::CloudWatch::Alarm'))).toHaveLength(6);
  });

  test('late events, by the freshness that the contract states, in the stream and in the delivery together', () => {
    expect(alarmOf(alarms, 'Late')).toEqual({
      AlarmDescription: about(
        'Events of energy.readings in prod are late: the oldest has waited 900 seconds or more on its way to the table. Where no event comes, none is late.',
        'high',
        PAGES.delivery,
        'late-events',
      ),
      Metrics: [
        result('fresh + FILL(behind, 0) / 1000'),
        metric('fresh', ofDelivery, 'DeliveryToS3.DataFreshness', 'Maximum', 300),
        metric('behind', ofDelivery, 'KinesisMillisBehindLatest', 'Maximum', 300),
      ],
      ...judged(900, 2),
    });
  });

  test('events unread for half of the retention, or not read at all', () => {
    expect(alarmOf(alarms, 'Unread')).toEqual({
      AlarmDescription: about(
        'Events of energy.readings in prod wait unread in the stream: for half of its retention of 168 hours, or events arrive and none is read. What is older than the retention is lost.',
        'critical',
        PAGES.stream,
        'unread-events',
      ),
      Metrics: [
        result('IF((FILL(incoming, 0) > 0) AND (FILL(read, 0) == 0), 100, 100 * FILL(behind, 0) / 604800000)'),
        metric('incoming', ofStream, 'IncomingRecords', 'Sum', 300),
        metric('read', ofDelivery, 'DataReadFromKinesisStream.Records', 'Sum', 300),
        metric('behind', ofDelivery, 'KinesisMillisBehindLatest', 'Maximum', 300),
      ],
      ...judged(50, 3),
    });
  });

  test('rejected events, of this environment, by their share and not by a few', () => {
    expect(alarmOf(alarms, 'Quarantined')).toEqual({
      AlarmDescription: about(
        'Events of energy.readings in prod are rejected: 5 percent or more of a quarter of an hour, and 10 events or more. They are safe in quarantine, and missing in the table.',
        'medium',
        PAGES.transform,
        'quarantined-events',
      ),
      Metrics: [
        result('IF(quarantined >= 10, 100 * quarantined / (accepted + quarantined), 0)'),
        metric('quarantined', ofBatches, 'QuarantinedEvents', 'Sum', 900),
        metric('accepted', ofBatches, 'AcceptedEvents', 'Sum', 900),
      ],
      ...judged(5, 1),
    });
  });

  test('throttled producers', () => {
    expect(alarmOf(alarms, 'Throttled')).toEqual({
      AlarmDescription: about(
        'Producers of energy.readings in prod are throttled for a quarter of an hour: the stream, or one shard of it, takes no more.',
        'high',
        PAGES.stream,
        'throttled-producers',
      ),
      ...ofStream,
      MetricName: 'WriteProvisionedThroughputExceeded',
      Statistic: 'Sum',
      Period: 300,
      ...judged(1, 3),
    });
  });

  test('a transform function that fails as often as Firehose tries', () => {
    expect(alarmOf(alarms, 'Failing')).toEqual({
      AlarmDescription: about(
        'The transform function of energy.readings in prod fails: 4 invocations or more of a quarter of an hour, after which Firehose gives a batch up.',
        'high',
        PAGES.transform,
        'failing-transform',
      ),
      Metrics: [
        result('FILL(errors, 0) + FILL(throttles, 0)'),
        metric('errors', ofFunction, 'Errors', 'Sum', 900),
        metric('throttles', ofFunction, 'Throttles', 'Sum', 900),
      ],
      ...judged(4, 1),
    });
  });

  test('one record that was not delivered', () => {
    expect(alarmOf(alarms, 'Undelivered')).toEqual({
      AlarmDescription: about(
        'Records of energy.readings in prod were not delivered: they lie under _errors/energy/readings/ and are missing in the table.',
        'high',
        PAGES.delivery,
        'undelivered-records',
      ),
      Metrics: [
        result('FILL(failed, 0) + FILL(unconverted, 0)'),
        metric('failed', ofBatches, 'FailedRecords', 'Sum', 900),
        metric('unconverted', ofDelivery, 'FailedConversion.Records', 'Sum', 900),
      ],
      ...judged(1, 1),
    });
  });
});

test('a domain has an alarm for its rejects on their way, after an hour', () => {
  expect(Object.keys(resourcesOfType(quarantine, 'AWS::CloudWatch::Alarm'))).toHaveLength(2);
  expect(alarmOf(quarantine, 'Stuck')).toEqual({
    AlarmDescription: about(
      'Rejected events of energy in prod do not reach quarantine: the oldest has waited 60 minutes or more. After 24 hours they are lost.',
      'critical',
      PAGES.delivery,
      'stuck-quarantine',
    ),
    ...ofDelivery,
    MetricName: 'DeliveryToS3.DataFreshness',
    Statistic: 'Maximum',
    Period: 300,
    ...judged(3600, 1),
  });
});

const BUCKET_PAGE = (name: string) => `https://s3.console.aws.amazon.com/s3/buckets/${name}?region=eu-west-1&tab=metrics`;

test('a domain has an alarm for what its deliveries file: each object counts, whoever failed', () => {
  expect(readable(theResource(quarantine, 'AWS::Events::Rule').Properties)).toEqual({
    Description: 'Counts what deliveries of energy could not carry',
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['clean', 'quarantine'] }, object: { key: [{ prefix: '_errors/energy/' }] } },
    },
  });
  expect(alarmOf(quarantine, 'FiledAlarm')).toEqual({
    AlarmDescription: about(
      'A delivery of energy in prod filed records that it could not carry: they lie under _errors/energy/ in the bucket of clean or of quarantine, stand nowhere else for readers or stewards, and expire in 7 days.',
      'high',
      BUCKET_PAGE('clean'),
      'undelivered-records',
    ),
    Namespace: 'AWS/Events',
    Dimensions: [{ Name: 'RuleName', Value: '${AlarmsFiledErrors}' }],
    MetricName: 'MatchedEvents',
    Statistic: 'Sum',
    Period: 900,
    ...judged(1, 1),
  });
});

const ofCopy = (bucket: string) => ({
  Namespace: 'AWS/S3',
  Dimensions: [
    { Name: 'DestinationBucket', Value: `${bucket}-copy` },
    { Name: 'RuleId', Value: 'second-region' },
    { Name: 'SourceBucket', Value: bucket },
  ],
});
const failures = (id: string, bucket: string) => ({
  Id: id,
  MetricStat: { Metric: { ...ofCopy(bucket), MetricName: 'OperationsFailedReplication' }, Period: 900, Stat: 'Sum' },
  ReturnData: false,
});

test('replication has one alarm in the region of the originals: for what failed, over all buckets', () => {
  expect(Object.keys(resourcesOfType(replication, 'AWS::CloudWatch::Alarm'))).toHaveLength(1);
  expect(alarmOf(replication, 'Failed')).toEqual({
    AlarmDescription: about(
      'Objects of prod cannot be copied to the second region: S3 does not try again. With the first region, they would be lost.',
      'high',
      BUCKET_PAGE('clean'),
      'uncopied-objects',
    ),
    Metrics: [
      { Id: 'expr_1', Expression: 'FILL(bucket0, 0) + FILL(bucket1, 0)', ReturnData: true },
      failures('bucket0', 'clean'),
      failures('bucket1', 'mart'),
    ],
    ...judged(1, 1),
  });
});

test('each copy has an alarm in its own region, for what waits: it knows the copy, and no name of a source', () => {
  expect(Object.keys(resourcesOfType(copies, 'AWS::CloudWatch::Alarm'))).toHaveLength(3);
  for (const zone of ['Clean', 'Curated', 'Mart'])
    expect(alarmOf(copies, `Late${zone}`)).toEqual({
      AlarmDescription: about(
        `Objects of prod in '${zone.toLowerCase()}' wait for their copy in the second region: for 900 seconds or more.`,
        'medium',
        `${CONSOLE}/cloudwatch/home?region=eu-west-1#alarmsV2:`,
        'uncopied-objects',
      ),
      Metrics: [
        {
          Id: 'expr_1',
          Expression: `SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", DestinationBucket, RuleId, SourceBucket) WHERE DestinationBucket = '\${Replica${zone}Bucket}'`,
          Period: 900,
          ReturnData: true,
        },
      ],
      ...judged(900, 2),
    });
});

test.each([
  ['the stated freshness', 900, Duration.days(7), 900],
  ['a freshness of an hour', 3600, Duration.hours(24), 3600],
  ['what a sound delivery takes, where less is stated', 60, Duration.hours(24), 180],
  ['what a sound delivery takes, where a little less is stated', 300, Duration.hours(24), 320],
  ['half of the retention, where more is stated', 86_400, Duration.hours(24), 43_200],
])('an event is late after %s', (_what, freshnessSeconds, streamRetention, seconds) => {
  const template = synth((stack) => {
    watch(stack, { dataset: { ...dataset(), freshnessSeconds }, streamRetention });
  });
  expect(alarmOf(template, 'Late').Threshold).toBe(seconds);
});

test.each([60, 300, 900, 3600, 86_400])('a sound delivery of a freshness of %d seconds is never late', (freshnessSeconds) => {
  const template = synth((stack) => {
    watch(stack, { dataset: { ...dataset(), freshnessSeconds }, streamRetention: Duration.hours(24) });
  });
  expect(alarmOf(template, 'Late').Threshold).toBeGreaterThan(cleanBufferSeconds(freshnessSeconds) + PLATFORM.batch.seconds);
});

describe('of the deliveries that the platform makes,', () => {
  const common = { environment: 'prod', removalPolicy: RemovalPolicy.RETAIN };
  const deliveries = synth((stack) => {
    const lake = someLake(stack);
    const rejects = new QuarantineDelivery(stack, 'Rejects', { ...common, domain: 'energy', quarantine: lake.quarantine });
    new StreamIngestion(stack, 'Readings', {
      ...common,
      dataset: dataset(),
      lake,
      databaseName: 'db',
      quarantine: rejects.stream,
      protectionSecret: secrets.Secret.fromSecretNameV2(stack, 'Secret', 's'),
    });
  });
  const destination = (part: string) =>
    theResource(deliveries, 'AWS::KinesisFirehose::DeliveryStream', part).Properties.ExtendedS3DestinationConfiguration as {
      readonly BufferingHints: { readonly IntervalInSeconds: number };
      readonly ProcessingConfiguration: {
        readonly Processors: readonly {
          readonly Parameters: readonly { readonly ParameterName: string; readonly ParameterValue: unknown }[];
        }[];
      };
    };

  test('the function has failed when the first try and all retries have', () => {
    const parameters = destination('Readings').ProcessingConfiguration.Processors.flatMap(({ Parameters }) => Parameters);
    const retries = parameters.find(({ ParameterName }) => ParameterName === 'NumberOfRetries')?.ParameterValue;
    expect(alarmOf(alarms, 'Failing').Threshold).toBe(1 + Number(retries));
  });

  test('rejects are not stuck while they are buffered', () => {
    expect(alarmOf(quarantine, 'Stuck').Threshold).toBeGreaterThan(2 * destination('Rejects').BufferingHints.IntervalInSeconds);
  });
});

test('the share of rejects and the address of the runbook can be set', () => {
  const template = synth((stack) => {
    watch(stack, { quarantineShare: 0.5, runbookUrl: 'https://wiki.example.com/runbook' });
  });
  expect(alarmOf(template, 'Quarantined').Threshold).toBe(0.5);
  expect(alarmOf(template, 'Quarantined').AlarmDescription).toMatch(
    /\nRunbook: https:\/\/wiki\.example\.com\/runbook#quarantined-events$/,
  );
});

test.each([0, -1, 100.1, NaN])('fails for a share of rejects of %d percent', (quarantineShare) => {
  expect(() =>
    synth((stack) => {
      watch(stack, { quarantineShare });
    }),
  ).toThrow(
    `Test/Alarms: InvalidQuarantineShare: 'quarantineShare' must be above 0 and at most 100 percent, got ${quarantineShare}`,
  );
});

test('the longest owner leaves a description within what CloudWatch takes', () => {
  const template = synth((stack) => {
    watch(stack, { dataset: { ...dataset(contractDocument()), owner: 'é'.repeat(2000) } });
  });
  const generated = 64; // a name that CloudFormation makes up for the delivery
  for (const id of ['Late', 'Unread', 'Quarantined', 'Throttled', 'Failing', 'Undelivered'])
    expect(String(alarmOf(template, id).AlarmDescription).length + generated).toBeLessThan(1024);
});

describe('the runbook', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const anchors = runbook
    .split('\n')
    .filter((line) => /^##+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  test('has the article that each alarm links', () => {
    const linked = [alarms, quarantine, replication, copies].flatMap((template) =>
      Object.values(resourcesOfType(template, 'AWS::CloudWatch::Alarm')).map(({ Properties }) =>
        String(readable(Properties.AlarmDescription)).replace(/^.*#/s, ''),
      ),
    );
    expect(linked).toHaveLength(12);
    expect(anchors).toEqual(expect.arrayContaining(linked));
  });

  test('has each of its own articles once, and those that it refers to', () => {
    const referred = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(referred.length).toBeGreaterThan(0);
    expect(anchors).toEqual(expect.arrayContaining(referred));
  });
});

test('a token for the share of rejects is taken as it is', () => {
  const template = synth((stack) => {
    watch(stack, { quarantineShare: new CfnParameter(stack, 'Share', { type: 'Number' }).valueAsNumber });
  });
  expect(alarmOf(template, 'Quarantined').Threshold).toBe('${Share}');
  expect(alarmOf(template, 'Quarantined').AlarmDescription).toContain('are rejected: ${Share} percent or more');
});

test('fails for a token for the retention of the stream', () => {
  expect(() =>
    synth((stack) => {
      watch(stack, { streamRetention: Duration.hours(new CfnParameter(stack, 'Hours', { type: 'Number' }).valueAsNumber) });
    }),
  ).toThrow("Test/Alarms: StreamRetentionUnresolved: 'streamRetention' must be known at synth");
});
