import { PLAIN_WORKLOAD, workloadShape, type Workload } from '../../../../core/cost/template/workload.ts';
import type { Platform } from '../../../../core/cost/template/situation.ts';
import { readTemplate } from '../../../../core/aws/template.ts';
import { sized } from '../dataset.ts';

interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
export type Resources = Readonly<Record<string, RawResource>>;

/** A platform of one stack called `Stack`. */
export const platform = (
  resources: Resources,
  workload: Workload = PLAIN_WORKLOAD,
  contracts: Platform['contracts'] = [],
): Platform => ({
  templates: new Map([['Stack', readTemplate(JSON.stringify({ Resources: resources }), 'Stack')]]),
  contracts,
  workload,
});

export const workload = (said: Parameters<typeof workloadShape.parse>[0]): Workload => workloadShape.parse(said);

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const tags = [
  { Key: 'headwaters:domain', Value: 'energy' },
  { Key: 'headwaters:dataset', Value: 'readings' },
];
const expiring = (days: number, more: object = {}) => ({ Id: 'life', Status: 'Enabled', ExpirationInDays: days, ...more });
const versioned = { Status: 'Enabled' };
const lingering = { Id: 'leftovers', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 7 } };
const encryption = (algorithm: string) => ({
  ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm } }],
});

/** A table of `energy.readings` by days, with parameters of its projection. */
export const glueTable = (parameters: Readonly<Record<string, string>>, keys: readonly string[] = ['dt']): RawResource => ({
  Type: 'AWS::Glue::Table',
  Properties: {
    DatabaseName: 'energy',
    TableInput: {
      Name: 'readings',
      PartitionKeys: keys.map((Name) => ({ Name, Type: 'string' })),
      Parameters: { 'projection.enabled': 'true', ...parameters },
    },
  },
});

/** 2^20 events a day of 1 KiB with their newline, which a producer packs by 25. */
/** A query over how late the copies in a bucket are, as templates write it. */
export const latencyOf = (Ref: string) => ({
  'Fn::Join': ['', ['SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", A) WHERE DestinationBucket = \'', { Ref }, "'"]],
});

export const readings = sized(2 ** 20, 1023, [30, 365, 365]);

/** A dataset from its stream to its table, watched and in a network: an environment small enough to be billed by hand. */
export const SAMPLE: Resources = {
  Stream: {
    Type: 'AWS::Kinesis::Stream',
    Properties: {
      ShardCount: 2,
      RetentionPeriodHours: 72,
      DesiredShardLevelMetrics: ['IncomingBytes', 'IncomingRecords', 'OutgoingBytes'],
      StreamEncryption: { EncryptionType: 'KMS', KeyId: arn('Key') },
      Tags: tags,
    },
  },
  Delivery: {
    Type: 'AWS::KinesisFirehose::DeliveryStream',
    Properties: {
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: { KinesisStreamARN: arn('Stream') },
      ExtendedS3DestinationConfiguration: {
        BucketARN: arn('Clean'),
        Prefix: 'keep/energy/readings/dt=!{timestamp:yyyy-MM-dd}/',
        BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 600 },
        DataFormatConversionConfiguration: {
          Enabled: true,
          SchemaConfiguration: { DatabaseName: 'energy', TableName: 'readings' },
        },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'Lambda',
              Parameters: [
                { ParameterName: 'LambdaArn', ParameterValue: arn('Judge') },
                { ParameterName: 'BufferSizeInMBs', ParameterValue: '0.2' },
                { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
              ],
            },
          ],
        },
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: {
          BucketARN: arn('Raw'),
          Prefix: 'keep/',
          CompressionFormat: 'GZIP',
          BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 900 },
        },
      },
    },
  },
  Table: glueTable({ 'projection.dt.type': 'date', 'projection.dt.range': 'NOW-99DAYS,NOW' }),
  Judge: {
    Type: 'AWS::Lambda::Function',
    Properties: { MemorySize: 1024, LoggingConfig: { LogGroup: { Ref: 'Logs' } }, VpcConfig: { SubnetIds: ['a', 'b'] } },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } },
  Clean: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: encryption('AES256'),
      VersioningConfiguration: versioned,
      LifecycleConfiguration: {
        Rules: [
          lingering,
          expiring(365, { Prefix: 'keep/', Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }] }),
          expiring(7, { Prefix: '_errors/' }),
        ],
      },
    },
  },
  Raw: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: encryption('aws:kms'),
      VersioningConfiguration: versioned,
      LifecycleConfiguration: { Rules: [lingering, expiring(30, { Prefix: 'keep/' })] },
    },
  },
  Records: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [expiring(90)] } } },
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      S3BucketName: { Ref: 'Records' },
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            { Field: 'resources.ARN', StartsWith: [{ 'Fn::Join': ['', [arn('Clean'), '/']] }] },
          ],
        },
        { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      ],
    },
  },
  Questions: { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'questions' } },
  Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
  Secret: { Type: 'AWS::SecretsManager::Secret' },
  Late: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Metrics: [
        { Id: 'both', Expression: 'a + b' },
        { Id: 'a', MetricStat: { Period: 300 } },
        { Id: 'b', MetricStat: { Period: 300 } },
      ],
    },
  },
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.kinesis-firehose', SubnetIds: ['a', 'b'] },
  },
  Role: { Type: 'AWS::IAM::Role' },
};
