import { same } from '../../contract/compatibility/canonical.ts';
import { danger } from '../danger.ts';
import { at, booleanOf, listOf } from '../value.ts';
import {
  always,
  createOnly,
  encryptionKey,
  harmless,
  inside,
  kept,
  renamed,
  staysIn,
  unknownEffect,
  type Judge,
} from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

const moves = always(
  'DeliveryMoved',
  'what is delivered from now on lies elsewhere, outside what tables, lifecycle rules and policies name',
);

const logging: Judge = (before, after, path) => {
  const isOn = (value: unknown) => booleanOf(at(value, 'Enabled')) === true;
  return isOn(before) && !isOn(after) ? [danger('LogsOff', `'${path}' is no longer enabled: failed deliveries say nothing`)] : [];
};

/** Parameters of a processor that say how much it is handed at once and how often it is tried. */
const PACING = ['BufferSizeInMBs', 'BufferIntervalInSeconds', 'NumberOfRetries'];

const processing: Judge = (before, after, path, whole) => {
  const isOn = (value: unknown) => booleanOf(at(value, 'Enabled')) === true;
  const processors = (value: unknown) => listOf(at(value, 'Processors')).map((processor) => at(processor, 'Type'));
  const gone = processors(before).filter((type) => !processors(after).includes(type));
  if (isOn(before) && (!isOn(after) || gone.length > 0))
    return [
      danger(
        'TransformOff',
        `'${path}' no longer runs ${gone.length > 0 ? gone.join(', ') : 'at all'}: records are delivered as they came`,
      ),
    ];
  const unpaced = (value: unknown) =>
    listOf(at(value, 'Processors')).map((processor) => [
      at(processor, 'Type'),
      listOf(at(processor, 'Parameters')).filter((parameter) => !PACING.includes(String(at(parameter, 'ParameterName')))),
    ]);
  return same(unpaced(before), unpaced(after)) ? [] : unknownEffect(before, after, path, whole);
};

const conversion: Judge = kept(
  'ConversionOff',
  'what is delivered from now on is no longer what the table reads',
  (before, after, path, whole) => {
    const isOn = (value: unknown) => booleanOf(at(value, 'Enabled')) ?? true;
    return isOn(before) && !isOn(after)
      ? [
          danger(
            'ConversionOff',
            `'${path}.Enabled' is no longer true: what is delivered from now on is no longer what the table reads`,
          ),
        ]
      : unknownEffect(before, after, path, whole);
  },
);

/** Firehose takes dynamic partitioning at creation only. @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-enable.html */
const partitioning: Judge = inside({
  Enabled: always(
    'DynamicPartitioningChanged',
    'a stream has it from its creation or never: the update fails, or a new stream takes its place',
  ),
  RetryOptions: harmless,
});

const place = {
  BucketARN: moves,
  Prefix: moves,
  ErrorOutputPrefix: moves,
  BufferingHints: harmless,
  CloudWatchLoggingOptions: logging,
};

export const DELIVERY_RULES: RulesByType = {
  'AWS::KinesisFirehose::DeliveryStream': {
    holds: 'records that are not yet delivered',
    properties: {
      DeliveryStreamName: renamed,
      DeliveryStreamType: createOnly,
      KinesisStreamSourceConfiguration: createOnly,
      MSKSourceConfiguration: createOnly,
      DirectPutSourceConfiguration: createOnly,
      DatabaseSourceConfiguration: createOnly,
      DeliveryStreamEncryptionConfigurationInput: kept(
        'EncryptionRemoved',
        'records wait under no key of yours',
        inside({ KeyARN: encryptionKey }),
      ),
      ExtendedS3DestinationConfiguration: inside({
        ...place,
        DataFormatConversionConfiguration: conversion,
        ProcessingConfiguration: processing,
        DynamicPartitioningConfiguration: partitioning,
        S3BackupMode: staysIn(['Enabled'], 'BackupOff', 'originals are no longer kept, and nothing can be replayed'),
        S3BackupConfiguration: kept('BackupOff', 'originals are no longer kept, and nothing can be replayed', inside(place)),
      }),
      Tags: harmless,
    },
  },
};
