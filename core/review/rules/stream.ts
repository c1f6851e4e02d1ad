import { at } from '../value.ts';
import {
  atLeast,
  createOnly,
  encryptionKey,
  harmless,
  inside,
  type Judge,
  kept,
  renamed,
  staysIn,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

const isOnDemand = (properties: unknown): boolean => at(properties, 'StreamModeDetails', 'StreamMode') === 'ON_DEMAND';

/** On demand, a stream has as many shards as it needs. */
const shards: Judge = (before, after, path, whole) =>
  isOnDemand(whole.after)
    ? []
    : isOnDemand(whole.before)
      ? unknownEffect(before, after, path, whole)
      : atLeast('ShardsCut', { absent: 1, unit: 'shards', does: 'what a producer puts beyond is refused' })(
          before,
          after,
          path,
          whole,
        );

export const STREAM_RULES: RulesByType = {
  'AWS::Kinesis::Stream': {
    holds: 'records that are not yet delivered',
    properties: {
      Name: renamed,
      /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
      RetentionPeriodHours: atLeast('StreamRetentionShortened', {
        absent: 24,
        unit: 'hours',
        does: 'older records go at once, and an outage of delivery may last no longer',
      }),
      ShardCount: shards,
      StreamModeDetails: (before, after, path, whole) =>
        isOnDemand(whole.after) ? [] : unknownEffect(before, after, path, whole),
      StreamEncryption: kept(
        'EncryptionRemoved',
        'records are stored under no key of yours',
        inside({
          EncryptionType: staysIn(['KMS'], 'EncryptionRemoved', 'records are stored under no key of yours'),
          KeyId: encryptionKey,
        }),
      ),
      MaxRecordSizeInKiB: atLeast('RecordSizeCut', { absent: 1024, unit: 'KiB', does: 'larger records are refused' }),
      DesiredShardLevelMetrics: harmless,
      WarmThroughputMiBps: harmless,
      Tags: harmless,
    },
  },
  'AWS::Kinesis::StreamConsumer': {
    removal: { code: 'ProcessRemoved', does: 'who reads by it reads no more' },
    properties: { ConsumerName: renamed, StreamARN: createOnly, Tags: createOnly },
  },
  'AWS::Kinesis::ResourcePolicy': { properties: { ResourceArn: createOnly, ResourcePolicy: toldAsPermission } },
};
