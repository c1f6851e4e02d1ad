import { CfnParameter, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { QuarantineDelivery, StreamIngestion, type StreamIngestionProps } from '../../../constructs/ingestion/index.ts';
import { ActorRole } from '../../../constructs/security/index.ts';
import type { DatasetContract } from '../../../core/contract/model.ts';
import type { DatasetWithReleases } from '../../../core/storage/dataset-past.ts';
import { changed, columnPath, contractDocument, dataset, plainDataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import {
  allowedActions,
  policyStatements,
  readable,
  resourcesOf,
  resourcesOfType,
  statementsOf,
  synth,
  theResource,
  type Resource,
} from '../../support/synth.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf';
function ingest(stack: Construct, of: DatasetContract, rest: Partial<StreamIngestionProps> = {}): StreamIngestion {
  const lake = someLake(stack);
  const common = { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN };
  const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
    ...common,
    domain: of.domain,
    quarantine: lake.quarantine,
    logKey: lake.logKey,
  });
  return new StreamIngestion(stack, 'Readings', {
    ...common,
    dataset: of,
    lake,
    databaseName: 'db',
    quarantine: quarantine.stream,
    protectionSecret: secrets.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN),
    ...rest,
  });
}
const template = synth((stack) => {
  ingest(stack, dataset());
});
const plain = synth((stack) => {
  ingest(stack, plainDataset(), { shards: 0, streamRetention: Duration.days(7) });
});

const PREFIX = 'keep1095-hot30-warm90-deep/energy/readings/';
const STREAM = '${ReadingsStream.Arn}';
const zoneContext = (bucket: string) => ({
  StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` },
});
const streamContext = {
  StringEquals: { 'kms:ViaService': 'kinesis.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:kinesis:arn': STREAM },
};
const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const logStream = (group: string, name: string) =>
  `arn:\${AWS::Partition}:logs:eu-west-1:111122223333:log-group:\${${group}}:log-stream:${name}`;
const environmentOf = (of: typeof template): unknown =>
  (theResource(of, 'AWS::Lambda::Function').Properties.Environment as { Variables: unknown }).Variables;
const glue = (resource: string) => `arn:\${AWS::Partition}:glue:eu-west-1:111122223333:${resource}`;

describe('each actor may do this and nothing else:', () => {
  test('the producer', () => {
    expect(policyStatements(template, 'Producer')).toEqual([
      allow(
        'PutEvents',
        ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
        STREAM,
      ),
      allow('EncryptStream', 'kms:GenerateDataKey', keyArn('stream'), streamContext),
    ]);
  });

  test('the delivery', () => {
    expect(policyStatements(template, 'ReadingsDelivery')).toEqual([
      allow(
        'ReadStream',
        ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
        STREAM,
      ),
      allow('DecryptStream', 'kms:Decrypt', keyArn('stream'), streamContext),
      allow('Transform', ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'], '${ReadingsTransformLive}'),
      allow(
        'ReadSchema',
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        [glue('catalog'), glue('database/db'), glue('table/db/readings_clean')],
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
          `arn:aws:s3:::clean/${PREFIX}*`,
          'arn:aws:s3:::clean/_errors/energy/readings/*',
          `arn:aws:s3:::raw/${PREFIX}*`,
          'arn:aws:s3:::raw/_errors/energy/readings/*',
        ],
      ),
      allow('EncryptClean', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('lake'), zoneContext('clean')),
      allow('EncryptRaw', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('closed'), zoneContext('raw')),
      allow('WriteLog', 'logs:PutLogEvents', [
        logStream('ReadingsDeliveryLogGroup', 'delivery'),
        logStream('ReadingsDeliveryLogGroup', 'backup'),
      ]),
    ]);
  });

  test('the delivery of rejects', () => {
    expect(policyStatements(template, 'Quarantine')).toEqual([
      allow('FindBucket', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], 'arn:aws:s3:::quarantine'),
      allow(
        'WriteRejects',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        ['arn:aws:s3:::quarantine/keep*/energy/*', 'arn:aws:s3:::quarantine/_errors/energy/*'],
      ),
      {
        Sid: 'KeepMarks',
        Effect: 'Deny',
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Resource: 'arn:aws:s3:::quarantine/keep*/energy/_replay/*',
      },
      allow('EncryptRejects', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('closed'), zoneContext('quarantine')),
      allow('WriteLog', 'logs:PutLogEvents', logStream('QuarantineLogGroup', 'delivery')),
    ]);
  });

  const transform = [
    allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], '${ReadingsTransformLogs.Arn}'),
    allow('QuarantineRejects', 'firehose:PutRecordBatch', '${QuarantineStream.Arn}'),
  ];
  test('the transform without a secret', () => {
    expect(policyStatements(plain, 'Transform')).toEqual(transform);
  });

  test('the transform whose release had a secret may read it: until the alias has moved, that one runs', () => {
    const after = synth((stack) => {
      ingest(stack, { ...plainDataset(), released: [dataset()] } as DatasetWithReleases);
    });
    expect(policyStatements(after, 'Transform')).toEqual(policyStatements(template, 'Transform'));
    expect(environmentOf(after)).not.toHaveProperty('PROTECTION_SECRET_ARN');
  });

  test('the delivery of a dataset that lay elsewhere may write there: what set out for it is tried again', () => {
    const release = dataset(contractDocument({ slaProperties: [{ property: 'retention', value: 10, unit: 'y' }] }));
    const after = synth((stack) => {
      ingest(stack, { ...dataset(), released: [release] } as DatasetWithReleases);
    });
    const written = (of: typeof after) =>
      policyStatements(of, 'DeliveryActor').flatMap(({ Sid, Resource }) =>
        Sid === 'WriteObjects' ? (Resource as string[]) : [],
      );
    expect(written(after).filter((key) => !written(template).includes(key))).toEqual([
      'arn:aws:s3:::clean/keep3650-hot30-warm90-deep/energy/readings/*',
      'arn:aws:s3:::raw/keep3650-hot30-warm90-deep/energy/readings/*',
    ]);
  });

  test('the transform with a secret', () => {
    expect(policyStatements(template, 'Transform')).toEqual([
      ...transform,
      allow('ReadProtectionSecret', 'secretsmanager:GetSecretValue', SECRET_ARN),
      allow('DecryptProtectionSecret', 'kms:Decrypt', keyArn('closed'), {
        StringEquals: {
          'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com',
          'kms:EncryptionContext:SecretARN': SECRET_ARN,
        },
      }),
    ]);
  });
});

test('no action holds a wildcard, no statement stands for all resources, and no role has any other policy', () => {
  for (const each of [template, plain]) {
    expect(allowedActions(each).filter((action) => action.includes('*'))).toEqual([]);
    each.resourceCountIs('AWS::IAM::Policy', 0);
    each.resourceCountIs('AWS::IAM::Role', 4);
    for (const { Properties } of Object.values(resourcesOfType(each, 'AWS::IAM::ManagedPolicy')))
      for (const { Resource } of statementsOf(Properties.PolicyDocument)) expect([Resource].flat()).not.toContain('*');
    for (const { Properties } of Object.values(resourcesOfType(each, 'AWS::IAM::Role'))) {
      expect(Object.keys(Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Description', 'Path']);
    }
  }
});

test.each([
  ['Producer', { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' }, undefined],
  ['ReadingsDelivery', { Service: 'firehose.amazonaws.com' }, '111122223333'],
  ['Quarantine', { Service: 'firehose.amazonaws.com' }, '111122223333'],
  ['Transform', { Service: 'lambda.amazonaws.com' }, '111122223333'],
])('the role %s trusts %j alone', (part, Principal, account) => {
  expect(statementsOf(theResource(template, 'AWS::IAM::Role', part).Properties.AssumeRolePolicyDocument)).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal,
      ...(account === undefined ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account } } }),
    },
  ]);
});

test('the stream is encrypted, provisioned by default, and on demand when asked', () => {
  const stream = theResource(template, 'AWS::Kinesis::Stream');
  expect(stream.Properties).toEqual({
    RetentionPeriodHours: 24,
    ShardCount: 1,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    StreamEncryption: { EncryptionType: 'KMS', KeyId: keyArn('stream') },
  });
  expect([stream.DeletionPolicy, stream.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  expect(theResource(plain, 'AWS::Kinesis::Stream').Properties).toEqual({
    RetentionPeriodHours: 168,
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    StreamEncryption: { EncryptionType: 'KMS', KeyId: keyArn('stream') },
  });
});

const RAW_ROLE = '${ReadingsDeliveryActorRole.Arn}';
const log = (group: string, name: string) => ({ Enabled: true, LogGroupName: `\${${group}}`, LogStreamName: name });

test('the delivery converts by the table, keeps what it was given, and buffers two thirds of the stated freshness', () => {
  expect(readable(theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'Readings').Properties)).toEqual({
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: { KinesisStreamARN: STREAM, RoleARN: RAW_ROLE },
    ExtendedS3DestinationConfiguration: {
      RoleARN: RAW_ROLE,
      BucketARN: 'arn:aws:s3:::clean',
      Prefix: `${PREFIX}dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/`,
      ErrorOutputPrefix: '_errors/energy/readings/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 600 },
      CompressionFormat: 'UNCOMPRESSED',
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'Lambda',
            Parameters: [
              { ParameterName: 'LambdaArn', ParameterValue: '${ReadingsTransformLive}' },
              { ParameterName: 'RoleArn', ParameterValue: RAW_ROLE },
              { ParameterName: 'NumberOfRetries', ParameterValue: '3' },
              { ParameterName: 'BufferSizeInMBs', ParameterValue: '0.2' },
              { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
            ],
          },
        ],
      },
      DataFormatConversionConfiguration: {
        Enabled: true,
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: { CaseInsensitive: true } } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        SchemaConfiguration: {
          CatalogId: '111122223333',
          DatabaseName: 'db',
          TableName: 'readings_clean',
          Region: 'eu-west-1',
          RoleARN: RAW_ROLE,
          VersionId: 'LATEST',
        },
      },
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: {
        RoleARN: RAW_ROLE,
        BucketARN: 'arn:aws:s3:::raw',
        Prefix: `${PREFIX}dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/`,
        ErrorOutputPrefix: '_errors/energy/readings/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
        BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 900 },
        CompressionFormat: 'GZIP',
        CloudWatchLoggingOptions: log('ReadingsDeliveryLogGroup', 'backup'),
      },
      CloudWatchLoggingOptions: log('ReadingsDeliveryLogGroup', 'delivery'),
    },
  });
});

test('the delivery of rejects files them by class, dataset and reason', () => {
  expect(readable(theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'Quarantine').Properties)).toEqual({
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    ExtendedS3DestinationConfiguration: {
      RoleARN: '${QuarantineActorRole.Arn}',
      BucketARN: 'arn:aws:s3:::quarantine',
      Prefix:
        '!{partitionKeyFromQuery:retention_class}/energy/!{partitionKeyFromQuery:dataset}/reason=!{partitionKeyFromQuery:reason}/dt=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: '_errors/energy/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
      CompressionFormat: 'GZIP',
      DynamicPartitioningConfiguration: { Enabled: true, RetryOptions: { DurationInSeconds: 300 } },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'MetadataExtraction',
            Parameters: [
              {
                ParameterName: 'MetadataExtractionQuery',
                ParameterValue: '{retention_class:.retention_class,dataset:.dataset,reason:.reason}',
              },
              { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
            ],
          },
        ],
      },
      CloudWatchLoggingOptions: log('QuarantineLogGroup', 'delivery'),
    },
  });
});

test.each([
  [30, 60],
  [90, 60],
  [180, 120],
  [86_400, 900],
])('a freshness of %d s buffers %d s', (freshnessSeconds, seconds) => {
  const other = synth((stack) => {
    ingest(stack, { ...plainDataset(), freshnessSeconds });
  });
  const { ExtendedS3DestinationConfiguration: destination } = theResource(
    other,
    'AWS::KinesisFirehose::DeliveryStream',
    'Readings',
  ).Properties;
  expect((destination as { BufferingHints: unknown }).BufferingHints).toEqual({ SizeInMBs: 128, IntervalInSeconds: seconds });
});

describe('a deployment is in order:', () => {
  const dependsOn = ({ DependsOn = [] }: Resource): string[] => DependsOn.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort();
  test('a delivery comes after its policy and its table', () => {
    expect(dependsOn(theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'Readings'))).toEqual([
      'ReadingsCatalogTable',
      'ReadingsCatalogView',
      'ReadingsDeliveryActorPolicy',
    ]);
  });
  test('a delivery of rejects comes after its policy', () => {
    expect(dependsOn(theResource(template, 'AWS::KinesisFirehose::DeliveryStream', 'Quarantine'))).toEqual([
      'QuarantineActorPolicy',
    ]);
  });
  test("a function's version comes after the table, the function after its policy", () => {
    expect(dependsOn(theResource(template, 'AWS::Lambda::Version'))).toEqual([
      'ReadingsCatalogTable',
      'ReadingsCatalogView',
      'ReadingsTransformActorPolicy',
    ]);
    expect(dependsOn(theResource(template, 'AWS::Lambda::Function'))).toContain('ReadingsTransformActorPolicy');
  });
  test('an alias names its version', () => {
    const { id } = theResource(template, 'AWS::Lambda::Version');
    expect(theResource(template, 'AWS::Lambda::Alias').Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [id, 'Version'] },
    });
  });
});

test('the function knows where rejects go, and its secret only where it needs one', () => {
  const variables = (of: typeof template) => readable(theResource(of, 'AWS::Lambda::Function').Properties.Environment);
  expect(variables(template)).toEqual({
    Variables: {
      HEADWATERS_ENVIRONMENT: 'dev',
      QUARANTINE_STREAM: '${QuarantineStream}',
      PROTECTION_SECRET_ARN: SECRET_ARN,
    },
  });
  expect(variables(plain)).toEqual({ Variables: { HEADWATERS_ENVIRONMENT: 'dev', QUARANTINE_STREAM: '${QuarantineStream}' } });
});

test('a changed contract is a new version of the function, in an app with our flags and in one without', () => {
  const document = changed(contractDocument(), columnPath('channel', 'logicalTypeOptions', 'maximum'), 8);
  for (const context of [undefined, {}]) {
    const version = (of: DatasetContract) =>
      theResource(
        synth((stack) => {
          ingest(stack, of);
        }, context),
        'AWS::Lambda::Version',
      ).id;
    expect(version(dataset())).toBe(version(dataset()));
    expect(version(dataset())).not.toBe(version(dataset(document)));
  }
});

test('log groups forget after two weeks', () => {
  const groups = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual([14, 14, 14]);
});

test('what nobody asks for is not there: no shard is measured, and deliveries wait a quarter of an hour', () => {
  expect(theResource(template, 'AWS::Kinesis::Stream').Properties).not.toHaveProperty('DesiredShardLevelMetrics');
  expect(buffers(template)).toEqual([600, 900]); // two thirds of 15 minutes of freshness, and the originals as late as they may
});

test('shards are measured, and deliveries wait, as asked', () => {
  const asked = synth((stack) => {
    ingest(stack, dataset(), {
      shardMetrics: [kinesis.ShardLevelMetrics.INCOMING_BYTES],
      longestBuffer: Duration.minutes(2),
    });
  });
  expect(theResource(asked, 'AWS::Kinesis::Stream').Properties.DesiredShardLevelMetrics).toEqual(['IncomingBytes']);
  expect(buffers(asked)).toEqual([120, 120]);
});

test.each([59, 901])('fails for a longest buffer of %d seconds', (seconds) => {
  expect(() =>
    synth((stack) => {
      ingest(stack, dataset(), { longestBuffer: Duration.seconds(seconds) });
    }),
  ).toThrow(`LongestBufferOutOfRange: 'longestBuffer' must be whole seconds from 60 to 900, got ${seconds}`);
});

test('fails for a token for the longest buffer', () => {
  expect(() =>
    synth((stack) => {
      const { valueAsNumber } = new CfnParameter(stack, 'Seconds', { type: 'Number' });
      ingest(stack, dataset(), { longestBuffer: Duration.seconds(valueAsNumber) });
    }),
  ).toThrow("LongestBufferUnresolved: 'longestBuffer' must be known at synth");
});

/** Seconds after which `clean` and `raw` are written. */
function buffers(of: typeof template): number[] {
  const { ExtendedS3DestinationConfiguration: destination } = theResource(of, 'AWS::KinesisFirehose::DeliveryStream', 'Readings')
    .Properties as unknown as { ExtendedS3DestinationConfiguration: Buffered & { S3BackupConfiguration: Buffered } };
  return [destination, destination.S3BackupConfiguration].map(({ BufferingHints }) => BufferingHints.IntervalInSeconds);
}
interface Buffered {
  readonly BufferingHints: { readonly IntervalInSeconds: number };
}

test('every log is encrypted with the key for logs', () => {
  const groups = Object.values(resourcesOfType(template, 'AWS::Logs::LogGroup'));
  expect(groups.map(({ Properties }) => Properties.KmsKeyId)).toEqual([keyArn('log'), keyArn('log'), keyArn('log')]);
});

const producerOf = (stack: Stack, actor: 'producer' | 'steward' = 'producer') =>
  new ActorRole(stack, 'Gateway', {
    environment: 'dev',
    actor,
    assumedBy: new iam.AccountRootPrincipal(),
    description: 'Puts events of many datasets',
    statements: [],
  });

test('grantWrite lets another producer put events in this stream, once, and do nothing else', () => {
  const granted = synth((stack) => {
    const ingestion = ingest(stack, dataset());
    const gateway = producerOf(stack);
    ingestion.grantWrite(gateway);
    ingestion.grantWrite(gateway);
  });
  expect(policyStatements(granted, 'Gateway')).toEqual([
    allow(
      'PutEventsEnergyReadings',
      ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
      STREAM,
    ),
    allow('EncryptStreamEnergyReadings', 'kms:GenerateDataKey', keyArn('stream'), streamContext),
  ]);
});

test('datasets whose names run together have statements of their own in one policy', () => {
  const granted = synth((stack) => {
    const gateway = producerOf(stack);
    for (const [domain, name] of [
      ['sales', 'eu_orders'],
      ['sales_eu', 'orders'],
    ] as const)
      ingest(new Construct(stack, `${domain}.${name}`), plainDataset(name, domain)).grantWrite(gateway);
  });
  expect(policyStatements(granted, 'Gateway').map(({ Sid }) => Sid)).toEqual([
    'PutEventsSalesEuOrders',
    'EncryptStreamSalesEuOrders',
    'PutEventsSalesEuOrders2',
    'EncryptStreamSalesEuOrders2',
  ]);
});

test('fails to let an actor write whom the key does not admit', () => {
  expect(() =>
    synth((stack) => {
      ingest(stack, dataset()).grantWrite(producerOf(stack, 'steward'));
    }),
  ).toThrow("ActorNotAdmitted: 'grantWrite' takes a role of the actor 'producer', which keys and policies admit, got 'steward'");
});
