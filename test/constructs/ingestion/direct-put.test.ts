import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { DirectPutIngestion, DirectPutShared, QuarantineDelivery } from '../../../constructs/ingestion/index.ts';
import { ActorRole } from '../../../constructs/security/index.ts';
import { dataset, plainDataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { ACCOUNT, policyStatements, readable, REGION, resourcesOfType, synth, theResource } from '../../support/synth.ts';

const SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:s-AbCdEf`;
const DATASETS = [dataset(), plainDataset('outages'), plainDataset('tariffs')];

interface Asked {
  readonly producersAssumedBy?: Readonly<Record<string, iam.IPrincipal>>;
  readonly alarms?: boolean;
  readonly longestBuffer?: Duration;
  readonly datasets?: typeof DATASETS;
  /** Whether what they share stands alone. */
  readonly isShared?: boolean;
}

function ingest(
  stack: Stack,
  { producersAssumedBy, alarms = false, longestBuffer, datasets = DATASETS, isShared = false }: Asked = {},
) {
  const lake = someLake(stack);
  const common = { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN };
  const quarantine = new QuarantineDelivery(stack, 'Quarantine', { ...common, domain: 'energy', quarantine: lake.quarantine });
  const told = alarms ? { alarmTopic: new sns.Topic(stack, 'Topic') } : {};
  const shared = new DirectPutShared(stack, 'Shared', {
    ...common,
    ...told,
    domain: 'energy',
    datasets,
    lake,
    databaseName: 'db',
    quarantine: quarantine.stream,
    protectionSecret: secrets.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN),
    ...(producersAssumedBy === undefined ? {} : { producersAssumedBy }),
  });
  const ingestions = (isShared ? [] : datasets).map(
    (of) =>
      new DirectPutIngestion(stack, of.name, {
        ...told,
        environment: 'dev',
        dataset: of,
        shared,
        lake,
        databaseName: 'db',
        ...(longestBuffer === undefined ? {} : { longestBuffer }),
      }),
  );
  return { shared, ingestions, lake };
}
const template = synth((stack) => {
  ingest(stack);
});

const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const zoneContext = (bucket: string) => ({
  StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` },
});
const glue = (resource: string) => `arn:\${AWS::Partition}:glue:${REGION}:${ACCOUNT}:${resource}`;
const delivery = (name: string) => `arn:\${AWS::Partition}:firehose:${REGION}:${ACCOUNT}:deliverystream/dev-energy-${name}`;
const logStream = (name: string) =>
  `arn:\${AWS::Partition}:logs:${REGION}:${ACCOUNT}:log-group:\${SharedLogGroup}:log-stream:${name}`;

describe('each actor may do this and nothing else:', () => {
  test('the producer of all', () => {
    expect(policyStatements(template, 'SharedProducer')).toEqual([
      allow('PutEvents', ['firehose:PutRecord', 'firehose:PutRecordBatch'], ['outages', 'readings', 'tariffs'].map(delivery)),
    ]);
  });

  test('the deliveries', () => {
    expect(policyStatements(template, 'SharedActor')).toEqual([
      allow('Transform', ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'], '${SharedTransformLive}'),
      allow(
        'ReadSchema',
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        ['catalog', 'database/db', 'table/db/outages_clean', 'table/db/readings_clean', 'table/db/tariffs_clean'].map(glue),
      ),
      allow(
        'FindBuckets',
        ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        ['arn:aws:s3:::clean', 'arn:aws:s3:::raw'],
      ),
      allow(
        'WriteObjects',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        [
          'arn:aws:s3:::clean/keep*/energy/*',
          'arn:aws:s3:::clean/_errors/energy/*',
          'arn:aws:s3:::raw/keep*/energy/*',
          'arn:aws:s3:::raw/_errors/energy/*',
        ],
      ),
      allow('EncryptClean', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('lake'), zoneContext('clean')),
      allow('EncryptRaw', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('closed'), zoneContext('raw')),
      allow('WriteLog', 'logs:PutLogEvents', [logStream('delivery'), logStream('backup')]),
    ]);
  });

  test('the function', () => {
    expect(policyStatements(template, 'SharedTransformActor')).toEqual([
      allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], '${SharedTransformLogs.Arn}'),
      allow('QuarantineRejects', 'firehose:PutRecordBatch', '${QuarantineStream.Arn}'),
      allow('ReadProtectionSecret', 'secretsmanager:GetSecretValue', SECRET_ARN),
      allow('DecryptProtectionSecret', 'kms:Decrypt', keyArn('closed'), {
        StringEquals: {
          'kms:ViaService': `secretsmanager.${REGION}.amazonaws.com`,
          'kms:EncryptionContext:SecretARN': SECRET_ARN,
        },
      }),
    ]);
  });

  test('the producer of one dataset, where it is trusted to somebody else', () => {
    const own = synth((stack) => {
      ingest(stack, { producersAssumedBy: { tariffs: new iam.AccountPrincipal('444455556666') } });
    });
    expect(policyStatements(own, 'SharedProducerTariffs')).toEqual([
      allow('PutEvents', ['firehose:PutRecord', 'firehose:PutRecordBatch'], delivery('tariffs')),
    ]);
    expect(policyStatements(own, 'SharedProducerPolicy')).toEqual([
      allow('PutEvents', ['firehose:PutRecord', 'firehose:PutRecordBatch'], ['outages', 'readings'].map(delivery)),
    ]);
  });

  test('a producer of several datasets, once for each grant', () => {
    const granted = synth((stack) => {
      const { ingestions } = ingest(stack);
      const producer = new ActorRole(stack, 'Mine', {
        environment: 'dev',
        actor: 'producer',
        assumedBy: new iam.AccountRootPrincipal(),
        description: 'Mine',
        statements: [],
      });
      for (const ingestion of [...ingestions, ...ingestions]) ingestion.grantWrite(producer);
    });
    expect(policyStatements(granted, 'Mine')).toEqual(
      ['Readings', 'Outages', 'Tariffs'].map((name) =>
        allow(`PutEventsEnergy${name}`, ['firehose:PutRecord', 'firehose:PutRecordBatch'], delivery(name.toLowerCase())),
      ),
    );
  });
});

test('a dataset is a table, a view and a delivery: three resources', () => {
  const count = (datasets: typeof DATASETS) =>
    Object.keys(
      (
        synth((stack) => {
          ingest(stack, { datasets });
        }).toJSON() as { Resources: object }
      ).Resources,
    ).length;
  expect(count(DATASETS) - count(DATASETS.slice(0, 1))).toBe(2 * 3);
  expect(Object.keys(resourcesOfType(template, 'AWS::Kinesis::Stream'))).toEqual([]);
  expect(Object.keys(resourcesOfType(template, 'AWS::Lambda::Function'))).toHaveLength(1);
});

test('what is put directly is encrypted, judged, converted and kept as it came', () => {
  const { Properties } = theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'outages');
  expect(readable(Properties)).toMatchObject({
    DeliveryStreamName: 'dev-energy-outages',
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    ExtendedS3DestinationConfiguration: {
      RoleARN: '${SharedActorRole.Arn}',
      BucketARN: 'arn:aws:s3:::clean',
      CompressionFormat: 'UNCOMPRESSED',
      CloudWatchLoggingOptions: { Enabled: true, LogGroupName: '${SharedLogGroup}', LogStreamName: 'delivery' },
      DataFormatConversionConfiguration: {
        Enabled: true,
        SchemaConfiguration: { TableName: 'outages_clean', DatabaseName: 'db' },
      },
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: {
        BucketARN: 'arn:aws:s3:::raw',
        CompressionFormat: 'GZIP',
        BufferingHints: { IntervalInSeconds: 900 },
      },
    },
  });
  expect(Properties).not.toHaveProperty('KinesisStreamSourceConfiguration');
});

test('a deployment makes tables before the function that fills them, and a delivery after what it needs', () => {
  const tables = Object.keys(resourcesOfType(template, 'AWS::Glue::Table')).filter((id) => id.includes('Table'));
  expect(tables).toHaveLength(3);
  expect(theResource(template, 'AWS::Lambda::Version').DependsOn).toEqual(expect.arrayContaining(tables));
  const delivered = theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'outages');
  const policy = theResource(template, 'AWS::IAM::ManagedPolicy', 'SharedActor').id;
  expect(delivered.DependsOn).toEqual(expect.arrayContaining([policy, ...tables.filter((id) => id.startsWith('outages'))]));
});

test('the function is a new version when a contract of any of them changes, in whatever order they are given', () => {
  const described = (datasets: typeof DATASETS) =>
    theResource(
      synth((stack) => {
        ingest(stack, { datasets });
      }),
      'AWS::Lambda::Function',
    ).Properties.Description;
  const before = described(DATASETS);
  expect(before).toMatch(/^Transforms energy, put directly, contract [0-9a-f]{12}$/);
  expect(described([...DATASETS].reverse())).toBe(before);
  expect(described([...DATASETS.slice(0, 2), { ...plainDataset('tariffs'), allowedLatenessMs: 1 }])).not.toBe(before);
});

test('alarms go off when events are late, rejected, throttled or not delivered, and when the function fails', () => {
  const alarms = resourcesOfType(
    synth((stack) => {
      ingest(stack, { alarms: true, datasets: [{ ...plainDataset('outages'), freshnessSeconds: 86_400 }] });
    }),
    'AWS::CloudWatch::Alarm',
  );
  const told = Object.entries(alarms).map(([id, { Properties }]) => [id.replace(/Alarm[0-9A-F]{8}$/, ''), Properties.Threshold]);
  expect(Object.fromEntries(told)).toEqual({
    SharedAlarmsFailing: 4,
    outagesAlarmsLate: 43_200, // half of what Firehose keeps
    outagesAlarmsQuarantined: 5,
    outagesAlarmsThrottled: 1,
    outagesAlarmsUndelivered: 1,
  });
  const delivered = { Dimensions: [{ Name: 'DeliveryStreamName', Value: '${outagesDelivery}' }], Namespace: 'AWS/Firehose' };
  const named = (name: string) =>
    Object.entries(alarms).flatMap(([id, { Properties }]) => (id.includes(name) ? [readable(Properties)] : []));
  expect(named('Late')).toEqual([
    expect.objectContaining({
      ...delivered,
      MetricName: 'DeliveryToS3.DataFreshness',
      AlarmDescription: expect.stringContaining('Severity: critical') as string,
    }),
  ]);
  expect(named('Throttled')).toEqual([expect.objectContaining({ ...delivered, MetricName: 'ThrottledRecords' })]);
  const undelivered = expect.objectContaining({ ...delivered, MetricName: 'FailedConversion.Records' }) as object;
  expect(named('Undelivered')).toEqual([
    expect.objectContaining({
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Id: 'unconverted', MetricStat: expect.objectContaining({ Metric: undelivered }) as object }),
      ]) as object[],
    }),
  ]);
});

describe('fails', () => {
  test('for a dataset that what it shares does not know', () => {
    expect(() =>
      synth((stack) => {
        const { shared, lake } = ingest(stack);
        new DirectPutIngestion(stack, 'Other', {
          environment: 'dev',
          dataset: plainDataset('other'),
          shared,
          lake,
          databaseName: 'db',
        });
      }),
    ).toThrow(
      "NotShared: 'shared' must be made for the dataset, got one without this contract of 'energy.other'; add it to its 'datasets'",
    );
  });

  test.each([
    ['its namesake of another domain', { ...plainDataset('outages'), domain: 'weather' }],
    ['another version of it', { ...plainDataset('outages'), version: '9.9.9' }],
  ])('for %s', (_, other) => {
    expect(() =>
      synth((stack) => {
        const { shared, lake } = ingest(stack, { datasets: [plainDataset('outages')], isShared: true });
        new DirectPutIngestion(stack, 'Other', { environment: 'dev', dataset: other, shared, lake, databaseName: 'db' });
      }),
    ).toThrow('NotShared: ');
  });

  test.each([
    ['no dataset', [], "NoDatasets: 'datasets' must hold what shares it, got none; leave the construct out"],
    ['a dataset of another domain', [{ ...plainDataset('outages'), domain: 'weather' }], 'DatasetOfAnotherDomain: '],
    ['a dataset twice', [plainDataset('outages'), plainDataset('outages')], 'DatasetTwice: '],
  ])('for %s', (_, datasets, message) => {
    expect(() =>
      synth((stack) => {
        ingest(stack, { datasets, isShared: true });
      }),
    ).toThrow(message);
  });

  test('for producers of a dataset that is not there: they would fall to everybody of the account', () => {
    expect(() =>
      synth((stack) => {
        ingest(stack, { producersAssumedBy: { outage: new iam.AccountPrincipal('444455556666') } });
      }),
    ).toThrow("UnknownDataset: 'producersAssumedBy' must name datasets of 'datasets', got 'outage'; did you mean 'outages'?");
  });

  test('for a producer of another actor', () => {
    expect(() =>
      synth((stack) => {
        const { ingestions } = ingest(stack);
        const reader = new ActorRole(stack, 'Reader', {
          environment: 'dev',
          actor: 'analyst',
          assumedBy: new iam.AccountRootPrincipal(),
          description: 'Reads',
          statements: [],
        });
        ingestions[0]?.grantWrite(reader);
      }),
    ).toThrow(
      "ActorNotAdmitted: 'grantWrite' takes a role of the actor 'producer', which keys and policies admit, got 'analyst'; make it one",
    );
  });

  test('for a buffer that Firehose does not take', () => {
    expect(() =>
      synth((stack) => {
        ingest(stack, { longestBuffer: Duration.minutes(16) });
      }),
    ).toThrow("LongestBufferOutOfRange: 'longestBuffer' must be whole seconds from 60 to 900, got 960");
  });
});
