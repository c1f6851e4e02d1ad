import { same } from '../../contract/compatibility/canonical.ts';
import { danger } from '../danger.ts';
import type { Properties } from '../../aws/template.ts';
import { at, booleanOf, isObject, listOf } from '../value.ts';
import {
  always,
  atLeast,
  atMost,
  createOnly,
  encryptionKey,
  harmless,
  inside,
  judgeParts,
  kept,
  renamed,
  staysIn,
  unknownEffect,
  type Judge,
} from './judge.ts';
import { placesIn, strangePlaces } from './own-place.ts';
import type { Addition, RulesByType } from './resource-rules.ts';

const moves = always(
  'DeliveryMoved',
  'what is delivered from now on lies elsewhere, outside what tables, lifecycle rules and policies name',
);

const isOn = (value: unknown): boolean => booleanOf(at(value, 'Enabled')) === true;

/** Whether one of the two is on or off as only a deployment knows, and not as the other is. */
const isUnreadSwitch = (before: unknown, after: unknown): boolean => {
  const isRead = (value: unknown) => {
    const position = at(value, 'Enabled');
    return value === undefined || (isObject(value) && (position === undefined || booleanOf(position) !== undefined));
  };
  return !(isRead(before) && isRead(after)) && !(isObject(before) && isObject(after) && same(before.Enabled, after.Enabled));
};

const logging: Judge = (before, after, path, whole) => {
  if (isUnreadSwitch(before, after)) return unknownEffect(before, after, path, whole);
  if (!isOn(before)) return [];
  return isOn(after)
    ? unknownEffect(before, after, path, whole)
    : [danger('LogsOff', `'${path}' is no longer enabled: failed deliveries say nothing`)];
};

const fewerRetries = 'what fails for longer than it is tried is filed as failed';
const later = 'it waits for longer before anybody can read it';

/** Parameters of a processor that say how much it is handed at once and how often it is tried. */
const PACING: Readonly<Record<string, Judge>> = {
  NumberOfRetries: atLeast('RetriesCut', { unit: 'times', does: fewerRetries }),
  /** What a function answers must fit too. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  BufferSizeInMBs: atMost('BatchEnlarged', {
    unit: 'MB',
    does: 'what the function answers may no longer fit, and a whole batch fails',
  }),
  BufferIntervalInSeconds: atMost('DeliveryDelayed', { unit: 'seconds', does: later }),
};

/** Parameters of all processors, each by its name. */
const parametersOf = (value: unknown): Properties =>
  Object.fromEntries(
    listOf(at(value, 'Processors'))
      .flatMap((processor) => listOf(at(processor, 'Parameters')))
      .map((parameter) => [String(at(parameter, 'ParameterName')), at(parameter, 'ParameterValue')]),
  );

const paceOf = (value: unknown): Properties =>
  Object.fromEntries(Object.entries(parametersOf(value)).filter(([name]) => Object.hasOwn(PACING, name)));

const processing: Judge = (before, after, path, whole) => {
  if (isUnreadSwitch(before, after)) return unknownEffect(before, after, path, whole);
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
      listOf(at(processor, 'Parameters')).filter((parameter) => !Object.hasOwn(PACING, String(at(parameter, 'ParameterName')))),
    ]);
  return same(unpaced(before), unpaced(after))
    ? judgeParts(PACING, paceOf(before), paceOf(after), `${path}.`, whole)
    : unknownEffect(before, after, path, whole);
};

const conversion: Judge = kept(
  'ConversionOff',
  'what is delivered from now on is no longer what the table reads',
  unknownEffect,
  (before, after, path, whole) => {
    const converts = (value: unknown) => booleanOf(at(value, 'Enabled')) ?? true;
    return converts(before) && !converts(after)
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
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-kinesisfirehose-deliverystream-retryoptions.html */
  RetryOptions: inside({ DurationInSeconds: atLeast('RetriesCut', { absent: 300, unit: 'seconds', does: fewerRetries }) }),
});

/** What is smaller or earlier gives more objects, and sooner. */
const buffering = inside({
  IntervalInSeconds: atMost('DeliveryDelayed', { unit: 'seconds', does: later }),
  SizeInMBs: atMost('DeliveryDelayed', { unit: 'MB', does: later }),
});

const place = {
  BucketARN: moves,
  Prefix: moves,
  ErrorOutputPrefix: moves,
  BufferingHints: buffering,
  CloudWatchLoggingOptions: logging,
};

const TO_BUCKETS = ['ExtendedS3DestinationConfiguration', 'S3DestinationConfiguration'];

/** What it reads is told as permissions of its role; where it writes, a permission on a bucket does not say whose that is. */
const writesTo: Addition = (properties, resources) => [
  ...Object.keys(properties)
    .filter((name) => name.endsWith('DestinationConfiguration') && !TO_BUCKETS.includes(name))
    .map((name) =>
      danger('UnknownEffect', `'${name}' of a new delivery takes records out of the lake; see where to before you merge`),
    ),
  ...strangePlaces(
    'delivery',
    Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, placesIn(part, ['BucketARN'])])),
    resources,
  ),
];

export const DELIVERY_RULES: RulesByType = {
  'AWS::KinesisFirehose::DeliveryStream': {
    holds: 'records that are not yet delivered',
    addition: writesTo,
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
        { harmless: 'Firehose decrypts by a grant of its own' },
        inside({ KeyARN: encryptionKey }),
      ),
      ExtendedS3DestinationConfiguration: inside({
        ...place,
        DataFormatConversionConfiguration: conversion,
        ProcessingConfiguration: processing,
        DynamicPartitioningConfiguration: partitioning,
        S3BackupMode: staysIn(['Enabled'], 'BackupOff', 'originals are no longer kept, and nothing can be replayed'),
        S3BackupConfiguration: kept(
          'BackupOff',
          'originals are no longer kept, and nothing can be replayed',
          unknownEffect,
          inside(place),
        ),
      }),
      Tags: harmless,
    },
  },
};
