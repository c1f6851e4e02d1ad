import { isRecord, type Members } from '../input.ts';
import type { Delivery } from './delivery.ts';
import type { Target } from './settings.ts';
import { DESTINATION_ID } from './update-destination.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html */
const LISTED = 10;

/** What DescribeDeliveryStream tells. */
export function describe(delivery: Delivery, now: number): object {
  const { name, arn, state, settings, encryption } = delivery;
  const { source, target, backup } = settings;
  const configured = state.properties.ExtendedS3DestinationConfiguration;
  const asGiven = Object.entries(isRecord(configured) ? configured : {}).filter(([name]) => name !== 'S3BackupConfiguration');
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: arn,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: typeOf(delivery),
    VersionId: String(state.version),
    CreateTimestamp: state.created / 1000,
    ...(state.updated !== undefined && { LastUpdateTimestamp: state.updated / 1000 }),
    HasMoreDestinations: false,
    ...(source === undefined
      ? {
          DeliveryStreamEncryptionConfiguration: {
            Status: encryption.status(now),
            ...(encryption.key && { KeyType: encryption.key.type, ...(encryption.key.arn && { KeyARN: encryption.key.arn }) }),
          },
        }
      : {
          Source: {
            KinesisStreamSourceDescription: {
              KinesisStreamARN: source.streamArn,
              RoleARN: source.roleArn,
              DeliveryStartTimestamp: state.created / 1000,
            },
          },
        }),
    Destinations: [
      {
        DestinationId: DESTINATION_ID,
        ExtendedS3DestinationDescription: {
          ...Object.fromEntries(asGiven),
          ...describeTarget(target),
          S3BackupMode: backup === undefined ? 'Disabled' : 'Enabled',
          ...(backup && { S3BackupDescription: describeTarget(backup) }),
        },
      },
    ],
  };
}

/** Names in alphabetical order, in pages. */
export function list(deliveries: readonly Delivery[], input: Members): object {
  input.only(['Limit', 'DeliveryStreamType', 'ExclusiveStartDeliveryStreamName']);
  const type = input.optionalText('DeliveryStreamType');
  const after = input.optionalText('ExclusiveStartDeliveryStreamName');
  const limit = input.optionalNumber('Limit') ?? LISTED;
  if (!(limit >= 1 && limit <= 10_000)) throw input.invalid('Limit', `must be 1 to 10000, got ${limit}`);
  const names = deliveries
    .filter((delivery) => type === undefined || typeOf(delivery) === type)
    .map(({ name }) => name)
    .filter((name) => after === undefined || name > after)
    .sort();
  return { DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit };
}

function typeOf({ settings }: Delivery): string {
  return settings.source === undefined ? 'DirectPut' : 'KinesisStreamAsSource';
}

function describeTarget({ roleArn, bucket, buffering, gzip, kmsKeyArn }: Target): object {
  return {
    RoleARN: roleArn,
    BucketARN: `arn:aws:s3:::${bucket}`,
    BufferingHints: { SizeInMBs: buffering.bytes / 1024 / 1024, IntervalInSeconds: buffering.milliseconds / 1000 },
    CompressionFormat: gzip ? 'GZIP' : 'UNCOMPRESSED',
    EncryptionConfiguration:
      kmsKeyArn === undefined ? { NoEncryptionConfig: 'NoEncryption' } : { KMSEncryptionConfig: { AWSKMSKeyARN: kmsKeyArn } },
  };
}
