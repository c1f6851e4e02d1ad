import { InvalidPrefix, parsePrefix, type ParsedPrefix } from '../../core/aws/prefix-expression.ts';
import { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { parseEncryption } from './encryption.ts';
import { parseConversion } from './parse-conversion.ts';
import { parseObjectEncryption } from './parse-object-encryption.ts';
import { parseProcessors } from './parse-processors.ts';
import type { Buffering, DeliverySettings, LogTarget, Target } from './settings.ts';
import { readTags } from './tags.ts';

const MEBIBYTE = 1024 * 1024;

/** MiB and seconds. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const BUFFER = { smallest: 1, largest: 128, size: 5, longest: 900, seconds: 300 } as const;

/** MiB at least, where records are converted or partitions are dynamic. @see https://docs.aws.amazon.com/firehose/latest/dev/buffering.html */
const LARGE_BUFFER = 64;
const LARGE_DEFAULT = 128;
/** Seconds at least, there. */
const LARGE_SECONDS = 60;

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html */
const EXTENSION = /^(|\.[0-9a-z!\-_.*'()]+)$/;

const TARGET_MEMBERS = [
  'BucketARN',
  'RoleARN',
  'Prefix',
  'ErrorOutputPrefix',
  'BufferingHints',
  'CompressionFormat',
  'CloudWatchLoggingOptions',
  'EncryptionConfiguration',
];

/**
 * Reads the properties of an `AWS::KinesisFirehose::DeliveryStream` by the rules that CreateDeliveryStream holds.
 *
 * @throws ServiceError InvalidArgumentException naming the property, the rule and what was got
 */
export function parseSettings(name: string, arn: string, properties: Readonly<Record<string, unknown>>): DeliverySettings {
  const root = new Members(properties, (message) => new ServiceError('InvalidArgumentException', message));
  root.only([
    'DeliveryStreamName',
    'DeliveryStreamType',
    'KinesisStreamSourceConfiguration',
    'ExtendedS3DestinationConfiguration',
    'DeliveryStreamEncryptionConfigurationInput',
    'Tags',
  ]);
  const type = root.optionalText('DeliveryStreamType') ?? 'DirectPut';
  if (type !== 'DirectPut' && type !== 'KinesisStreamAsSource') {
    throw root.invalid('DeliveryStreamType', `must be DirectPut or KinesisStreamAsSource here, got '${type}'`);
  }
  if (type === 'KinesisStreamAsSource' && root.has('DeliveryStreamEncryptionConfigurationInput')) {
    throw root.invalid(
      'DeliveryStreamEncryptionConfigurationInput',
      'is not allowed with a stream as source; encrypt the stream',
    );
  }
  const source =
    type === 'DirectPut' ? undefined : root.object('KinesisStreamSourceConfiguration').only(['KinesisStreamARN', 'RoleARN']);
  const s3 = root.optionalObject('ExtendedS3DestinationConfiguration');
  if (s3 === undefined)
    throw root.invalid('ExtendedS3DestinationConfiguration', 'is required: exactly one destination configuration is supported');
  s3.only([
    ...TARGET_MEMBERS,
    'DataFormatConversionConfiguration',
    'DynamicPartitioningConfiguration',
    'FileExtension',
    'ProcessingConfiguration',
    'S3BackupConfiguration',
    'S3BackupMode',
    'CustomTimeZone',
  ]);
  const encryption = parseEncryption(root.optionalObject('DeliveryStreamEncryptionConfigurationInput'));
  const zone = s3.optionalText('CustomTimeZone') ?? 'UTC';
  if (zone !== 'UTC') throw s3.invalid('CustomTimeZone', `must be UTC here, got '${zone}'`);
  const conversion = parseConversion(s3.optionalObject('DataFormatConversionConfiguration'));
  const dynamic = isDynamic(s3.optionalObject('DynamicPartitioningConfiguration'));
  const target = parseTarget(s3, { large: conversion !== undefined || dynamic, parquet: conversion !== undefined });
  const { lambda, query, appendDelimiter, deaggregation } = parseProcessors(s3.optionalObject('ProcessingConfiguration'));
  checkPartitionKeys(s3, target.prefix, dynamic, query?.map(({ key }) => key) ?? []);
  const mode = s3.optionalText('S3BackupMode') ?? 'Disabled';
  if (mode !== 'Enabled' && mode !== 'Disabled') throw s3.invalid('S3BackupMode', `must be Enabled or Disabled, got '${mode}'`);
  const backup = mode === 'Enabled' ? s3.object('S3BackupConfiguration').only(TARGET_MEMBERS) : undefined;
  return {
    name,
    arn,
    target,
    appendDelimiter,
    ...(deaggregation && { deaggregation }),
    ...(encryption && { encryption }),
    tags: readTags(root),
    ...(source && { source: { streamArn: source.text('KinesisStreamARN'), roleArn: source.text('RoleARN') } }),
    ...(lambda && { lambda }),
    ...(dynamic && { partitions: { query } }),
    ...(conversion && { conversion }),
    ...(backup && { backup: parseTarget(backup, { large: false, parquet: false }) }),
  };
}

function parseTarget(s3: Members, { large, parquet }: { readonly large: boolean; readonly parquet: boolean }): Target {
  const compression = s3.optionalText('CompressionFormat') ?? 'UNCOMPRESSED';
  if (compression !== 'UNCOMPRESSED' && compression !== 'GZIP') {
    throw s3.invalid('CompressionFormat', `must be UNCOMPRESSED or GZIP here, got '${compression}'`);
  }
  if (parquet && compression !== 'UNCOMPRESSED') {
    throw s3.invalid('CompressionFormat', `must be UNCOMPRESSED where records are converted, got '${compression}'`);
  }
  const text = s3.optionalText('Prefix') ?? '';
  const prefix = prefixOf(s3, 'Prefix', text);
  const errorText = s3.optionalText('ErrorOutputPrefix');
  if (errorText === undefined && text.includes('!{'))
    throw s3.invalid('ErrorOutputPrefix', "is required beside a 'Prefix' that has expressions");
  const log = parseLog(s3.optionalObject('CloudWatchLoggingOptions'));
  const kmsKeyArn = parseObjectEncryption(s3.optionalObject('EncryptionConfiguration'));
  const extension = s3.optionalText('FileExtension') ?? '';
  if (!EXTENSION.test(extension) || extension.length > 128) {
    throw s3.invalid(
      'FileExtension',
      "must begin with a dot and hold 0-9, a-z or any of !-_.*'() behind it, 128 characters in all",
    );
  }
  return {
    bucket: bucketOf(s3),
    roleArn: s3.text('RoleARN'),
    prefix,
    errorPrefix: prefixOf(
      s3,
      'ErrorOutputPrefix',
      errorText ?? `${text}!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
    ),
    buffering: parseBuffering(s3.optionalObject('BufferingHints'), large),
    gzip: compression === 'GZIP',
    extension: extension || (parquet ? '.parquet' : compression === 'GZIP' ? '.gz' : ''),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(log && { log }),
  };
}

function parseBuffering(hints: Members | undefined, large: boolean): Buffering {
  const size =
    hints?.only(['SizeInMBs', 'IntervalInSeconds']).optionalNumber('SizeInMBs') ?? (large ? LARGE_DEFAULT : BUFFER.size);
  const seconds = hints?.optionalNumber('IntervalInSeconds') ?? BUFFER.seconds;
  const least = large ? LARGE_BUFFER : BUFFER.smallest;
  if (hints !== undefined && (size < least || size > BUFFER.largest)) {
    const reason = large ? ' where records are converted or partitions are dynamic' : '';
    throw hints.invalid('SizeInMBs', `must be ${least} to ${BUFFER.largest}${reason}, got ${size}`);
  }
  if (hints !== undefined && (seconds < 0 || seconds > BUFFER.longest)) {
    throw hints.invalid('IntervalInSeconds', `must be 0 to ${BUFFER.longest}, got ${seconds}`);
  }
  if (hints !== undefined && large && seconds < LARGE_SECONDS) {
    throw hints.invalid(
      'IntervalInSeconds',
      `must be at least ${LARGE_SECONDS} where records are converted or partitions are dynamic, got ${seconds}`,
    );
  }
  if (hints !== undefined && hints.has('SizeInMBs') !== hints.has('IntervalInSeconds')) {
    throw hints.invalid('SizeInMBs', 'and IntervalInSeconds must both be given, or neither');
  }
  return { bytes: size * MEBIBYTE, milliseconds: seconds * 1000 };
}

function parseLog(options: Members | undefined): LogTarget | undefined {
  if (options?.only(['Enabled', 'LogGroupName', 'LogStreamName']).optionalBoolean('Enabled') !== true) return undefined;
  return { group: options.text('LogGroupName'), stream: options.text('LogStreamName') };
}

function isDynamic(configuration: Members | undefined): boolean {
  configuration?.only(['Enabled', 'RetryOptions']);
  return configuration?.optionalBoolean('Enabled') === true;
}

function checkPartitionKeys(s3: Members, { partitionKeys }: ParsedPrefix, dynamic: boolean, queried: readonly string[]): void {
  if (!dynamic) {
    if (partitionKeys.length > 0)
      throw s3.invalid('Prefix', 'names keys of dynamic partitions, but DynamicPartitioningConfiguration is not enabled');
    return;
  }
  if (partitionKeys.length === 0)
    throw s3.invalid('Prefix', "must hold '!{partitionKeyFromQuery:…}' or '!{partitionKeyFromLambda:…}'");
  const unknown = partitionKeys.find(({ source, key }) => source === 'partitionKeyFromQuery' && !queried.includes(key));
  if (unknown !== undefined)
    throw s3.invalid('Prefix', `names the key '${unknown.key}', which no MetadataExtraction query gives`);
  const unused = queried.find((key) => !partitionKeys.some((other) => other.key === key));
  if (unused !== undefined) throw s3.invalid('Prefix', `must hold every key of the query, '${unused}' is missing`);
}

function prefixOf(s3: Members, name: 'Prefix' | 'ErrorOutputPrefix', text: string): ParsedPrefix {
  try {
    return parsePrefix(text, name === 'Prefix' ? 'prefix' : 'errorPrefix');
  } catch (error) {
    if (error instanceof InvalidPrefix) throw s3.invalid(name, error.message.replace(/^'\w+' /, ''));
    throw error;
  }
}

function bucketOf(s3: Members): string {
  const bucket = /^arn:[^:]+:s3:::([^/]+)$/.exec(s3.text('BucketARN'))?.[1];
  if (bucket === undefined) throw s3.invalid('BucketARN', 'must be the ARN of a bucket');
  return bucket;
}
