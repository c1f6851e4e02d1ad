import { danger } from '../danger.ts';
import { at, numberOf } from '../value.ts';
import {
  atLeast,
  createOnly,
  encryptionKey,
  guarded,
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

export const isOnDemand = (properties: unknown): boolean => at(properties, 'StreamModeDetails', 'StreamMode') === 'ON_DEMAND';

const fewer = atLeast('ShardsCut', { absent: 1, unit: 'shards', does: 'what a producer puts beyond is refused' });

/**
 * One update takes a stream to double its shards at most, and to half of them at least.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
 */
const tooFar: Judge = (before, after, path) => {
  const [old, now] = [numberOf(before ?? 1), numberOf(after ?? 1)];
  return old === undefined || now === undefined || (now <= 2 * old && now >= old / 2)
    ? []
    : [
        danger(
          'ShardsTooFar',
          `'${path}' from ${old} to ${now} shards: AWS refuses more than double and less than half, and the stack rolls back; go there in steps`,
        ),
      ];
};

/** On demand, a stream has as many shards as it needs: that its mode changes is told there. */
const shards: Judge = (before, after, path, whole) => {
  if (isOnDemand(whole.after)) return [];
  if (isOnDemand(whole.before)) return unknownEffect(before, after, path, whole);
  return [...fewer(before, after, path, whole), ...tooFar(before, after, path, whole)];
};

const STREAM_ENCRYPTION = kept(
  'EncryptionRemoved',
  'records are stored under no key of yours',
  { harmless: 'Kinesis decrypts for whoever may use the key, and refuses others aloud' },
  inside({
    EncryptionType: staysIn(['KMS'], 'EncryptionRemoved', 'records are stored under no key of yours'),
    KeyId: encryptionKey,
  }),
);

export const STREAM_RULES: RulesByType = {
  'AWS::Kinesis::Stream': {
    holds: 'records that are not yet delivered',
    addition: guarded({ StreamEncryption: STREAM_ENCRYPTION }, { StreamEncryption: { EncryptionType: 'KMS' } }),
    properties: {
      Name: renamed,
      /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
      RetentionPeriodHours: atLeast('StreamRetentionShortened', {
        absent: 24,
        unit: 'hours',
        does: 'older records go at once, and an outage of delivery may last no longer',
      }),
      ShardCount: shards,
      StreamModeDetails: unknownEffect, // on demand costs several times as much, and the way back is once a day
      StreamEncryption: STREAM_ENCRYPTION,
      MaxRecordSizeInKiB: atLeast('RecordSizeCut', { absent: 1024, unit: 'KiB', does: 'larger records are refused' }),
      DesiredShardLevelMetrics: harmless,
      WarmThroughputMiBps: harmless,
      Tags: harmless,
    },
  },
  'AWS::Kinesis::StreamConsumer': {
    addition: { harmless: 'who reads by it needs a permission of its own' },
    removal: { code: 'ProcessRemoved', does: 'who reads by it reads no more' },
    properties: { ConsumerName: renamed, StreamARN: createOnly, Tags: createOnly },
  },
  'AWS::Kinesis::ResourcePolicy': {
    addition: { harmless: 'whom it lets in is told as permissions' },
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { ResourceArn: createOnly, ResourcePolicy: toldAsPermission },
  },
};
