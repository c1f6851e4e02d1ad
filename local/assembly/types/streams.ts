import { isRecord, type Members } from '../../input.ts';
import { RECORD_KIB, RETENTION } from '../../kinesis/configure.ts';
import type { ResourceType } from '../resource-type.ts';

export const stream: ResourceType = {
  acted: ['Name', 'RetentionPeriodHours', 'ShardCount', 'StreamEncryption', 'StreamModeDetails', 'MaxRecordSizeInKiB', 'Tags'],
  recorded: ['DesiredShardLevelMetrics'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('Name'), { longest: 128 });
    const arn = creation.arn('kinesis', `stream/${name}`);
    const retentionHours = properties.optionalNumber('RetentionPeriodHours') ?? RETENTION.shortest;
    if (retentionHours < RETENTION.shortest || retentionHours > RETENTION.longest) {
      throw properties.invalid(
        'RetentionPeriodHours',
        `must be ${RETENTION.shortest} to ${RETENTION.longest}, got ${retentionHours}`,
      );
    }
    const encryption = properties.optionalObject('StreamEncryption')?.only(['EncryptionType', 'KeyId']);
    const keyArn = creation.keyArn(encryption?.text('KeyId'));
    const maxRecordKib = properties.optionalNumber('MaxRecordSizeInKiB');
    if (maxRecordKib !== undefined && !(maxRecordKib >= RECORD_KIB.smallest && maxRecordKib <= RECORD_KIB.largest)) {
      throw properties.invalid(
        'MaxRecordSizeInKiB',
        `must be ${RECORD_KIB.smallest} to ${RECORD_KIB.largest}, got ${maxRecordKib}`,
      );
    }
    creation.services.kinesis.createStream({
      name,
      arn,
      retentionHours,
      tags: Object.fromEntries(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')])),
      ...shards(properties),
      ...(keyArn !== undefined && { keyArn }),
      ...(maxRecordKib !== undefined && { maxRecordKib }),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
};

export const deliveryStream: ResourceType = {
  acted: [
    'DeliveryStreamName',
    'DeliveryStreamType',
    'ExtendedS3DestinationConfiguration',
    'KinesisStreamSourceConfiguration',
    'DeliveryStreamEncryptionConfigurationInput',
    'Tags',
  ],
  recorded: [],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('DeliveryStreamName'), { longest: 64 });
    const arn = creation.arn('firehose', `deliverystream/${name}`);
    const all = Object.fromEntries(properties.names().map((property) => [property, properties.raw(property)]));
    const { settings } = creation.services.firehose.createDeliveryStream(name, arn, all);
    // refuses a key that does not exist
    for (const key of [settings.encryption?.arn, settings.target.kmsKeyArn, settings.backup?.kmsKeyArn]) creation.keyArn(key);
    const { lambda } = creation.services;
    if (settings.lambda !== undefined && !lambda.has(settings.lambda.arn)) {
      throw properties.invalid(
        'ExtendedS3DestinationConfiguration',
        `names a function that does not exist: '${settings.lambda.arn}'`,
      );
    }
    const stranger = settings.lambda && lambda.strangeRuntime(settings.lambda.arn);
    if (stranger !== undefined)
      throw properties.invalid(
        'ExtendedS3DestinationConfiguration',
        `names a function that does not run here: its runtime is ${stranger}`,
      );
    return { ref: name, attributes: { Arn: arn } };
  },
};

export const logGroup: ResourceType = {
  acted: ['LogGroupName'],
  recorded: ['DataProtectionPolicy', 'KmsKeyId', 'LogGroupClass', 'RetentionInDays', 'Tags'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('LogGroupName'), { longest: 512 });
    return { ref: name, attributes: { Arn: creation.arn('logs', `log-group:${name}:*`) } };
  },
};

export const logStream: ResourceType = {
  acted: ['LogGroupName', 'LogStreamName'],
  recorded: [],
  create: (properties, creation) => ({
    ref: creation.name(properties.optionalText('LogStreamName'), { longest: 512 }),
    attributes: {},
  }),
};

/** The shards of a provisioned stream; nothing for an on-demand one. A stream that states neither has one shard. */
function shards(properties: Members): { readonly shardCount?: number } {
  const details = properties.raw('StreamModeDetails');
  const count = properties.optionalNumber('ShardCount');
  if (isRecord(details) && details.StreamMode === 'ON_DEMAND') {
    if (count !== undefined) throw properties.invalid('ShardCount', 'is not allowed for an on-demand stream');
    return {};
  }
  return { shardCount: count ?? 1 };
}
