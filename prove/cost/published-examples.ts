import type { Part } from '../../core/cost/template/bill.ts';

/** A total that somebody published with its inputs, and the same inputs as templates and workload. */
export interface PublishedExample {
  readonly what: string;
  /** Where inputs and total stand. */
  readonly address: string;
  /** USD a month. */
  readonly published: number;
  /** Resources of one stack, as CloudFormation has them. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** A workload file. */
  readonly workload: string;
  /** What the published total counts of these resources. */
  readonly counts: { readonly part: Part; readonly except?: readonly string[] };
}

const SKILL = 'https://github.com/FahadMustafa/aws-calc/blob/main/references/service-modules';

/** What the calculator was told of both streams: 10 records a second, of 10 KB each, read by ten consumers of either kind. */
const TEN_A_SECOND = `
hoursPerMonth: 730
datasets:
  Stream: { eventsPerDay: 864000, eventBytes: 10239, eventsPerRecord: 1, readers: 10 }
`;

const consumers = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => [
    `Consumer${index}`,
    {
      Type: 'AWS::Kinesis::StreamConsumer',
      Properties: { ConsumerName: `c${index}`, StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
    },
  ]),
);

const onDemand = { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } };

/**
 * Estimates that AWS' calculator saved for us-east-2, and that their publisher recomputed to the cent. In none of them is a retention longer
 * than a day.
 */
export const PUBLISHED_EXAMPLES: readonly PublishedExample[] = [
  {
    what: 'a provisioned stream of two shards with ten consumers',
    address: `${SKILL}/kinesis-data-streams.md`,
    published: 273.85,
    resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } }, ...consumers },
    workload: TEN_A_SECOND,
    counts: { part: 'ingest' },
  },
  {
    what: 'an on-demand stream with ten readers and ten consumers',
    address: `${SKILL}/kinesis-data-streams.md`,
    published: 274.81,
    resources: { Stream: onDemand, ...consumers },
    workload: TEN_A_SECOND,
    counts: { part: 'ingest' },
  },
  {
    what: 'an on-demand stream under Advantage, far below its least bill',
    address: `${SKILL}/kinesis-data-streams.md`,
    published: 3079.73,
    resources: { Stream: onDemand },
    workload: `
hoursPerMonth: 730
kinesisAdvantage: true
datasets:
  Stream: { eventsPerDay: 259200, eventBytes: 204799, eventsPerRecord: 1, readers: 2 }
`,
    counts: { part: 'ingest' },
  },
  {
    // The calculator adds delivery into a network to a delivery to S3. CloudFormation gives a delivery one destination: here are two, which carry the
    // same, and what both are billed for taking it in is counted once.
    what: 'a delivery that converts, files by keys read with JQ, and delivers into ten zones',
    address: `${SKILL}/kinesis-firehose.md`,
    published: 10_112.96,
    resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
      ToBucket: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: {
          DeliveryStreamType: 'DirectPut',
          ExtendedS3DestinationConfiguration: {
            BucketARN: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
            BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 },
            DataFormatConversionConfiguration: { Enabled: true },
            DynamicPartitioningConfiguration: { Enabled: true },
            Prefix: 'all/',
            ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'MetadataExtraction' }] },
          },
        },
      },
      IntoNetwork: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: {
          DeliveryStreamType: 'DirectPut',
          AmazonopensearchserviceDestinationConfiguration: {
            VpcConfiguration: { SubnetIds: Array.from({ length: 10 }, (_, index) => `subnet-${index}`) },
          },
        },
      },
    },
    workload: `
hoursPerMonth: 730
datasets:
  ToBucket: { eventsPerDay: 864000000, eventBytes: 5119, eventsPerRecord: 1, jqHoursPerMonth: 70 }
  IntoNetwork: { eventsPerDay: 864000000, eventBytes: 5119, eventsPerRecord: 1, networkRatio: 1.3 }
`,
    counts: { part: 'delivery', except: ['Published/IntoNetwork delivered'] },
  },
];
