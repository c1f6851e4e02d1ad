import { Stack } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { cleanBufferSeconds } from '../../core/cost/platform.ts';
import { tableName } from '../../core/naming.ts';
import type { DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { ARRIVAL_PARTITIONS, datasetPrefix, errorPrefix } from '../../core/storage/layout.ts';
import type { Lake } from '../storage/lake.ts';
import type { DeliveryLog } from './delivery-log.ts';

/** Log streams of a delivery: what it could not do for `clean`, and for `raw`. */
export const DELIVERY_LOGS = ['delivery', 'backup'] as const;

export interface CleanDestinationProps {
  readonly dataset: DatasetWithReleases;
  readonly databaseName: string;
  readonly lake: Pick<Lake, 'raw' | 'clean'>;
  readonly transform: lambda.IAlias;
  /** Of the delivery, which may do all of it. */
  readonly roleArn: string;
  /** Has the streams of `DELIVERY_LOGS`. */
  readonly log: DeliveryLog;
  /** Seconds after which both zones are written at the latest; 60 to 900. */
  readonly longestBuffer: number;
}

/** MiB; conversion wants at least 64, and larger objects scan better. */
const BUFFER_SIZE = 128;
/**
 * The function's batch, as small as Firehose allows. An event grows when it is typed and protected, and rows that would not fit Lambda's
 * 6 MB answer are left to `_errors/`: from this size on, an event may become twenty times as long. A burst of rejects stays small too.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
const TRANSFORM_BATCH = { sizeInMBs: '0.2', intervalInSeconds: '60', retries: '3' } as const;

/** Events of a dataset to `clean` as Parquet by its table, and their payloads as received to `raw`. */
export function cleanDestination(
  scope: Construct,
  { dataset, databaseName, lake, transform, roleArn, log, longestBuffer }: CleanDestinationProps,
): firehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty {
  const prefix = `${datasetPrefix(dataset)}${ARRIVAL_PARTITIONS}`;
  const errorOutputPrefix = `${errorPrefix(dataset.domain, dataset.name)}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`;
  return {
    roleArn,
    bucketArn: lake.clean.bucket.bucketArn,
    prefix,
    errorOutputPrefix,
    bufferingHints: {
      sizeInMBs: BUFFER_SIZE,
      intervalInSeconds: Math.min(longestBuffer, cleanBufferSeconds(dataset.freshnessSeconds)),
    },
    compressionFormat: 'UNCOMPRESSED', // Parquet compresses its own pages
    processingConfiguration: {
      enabled: true,
      processors: [
        {
          type: 'Lambda',
          parameters: [
            { parameterName: 'LambdaArn', parameterValue: transform.functionArn },
            { parameterName: 'RoleArn', parameterValue: roleArn },
            { parameterName: 'NumberOfRetries', parameterValue: TRANSFORM_BATCH.retries },
            { parameterName: 'BufferSizeInMBs', parameterValue: TRANSFORM_BATCH.sizeInMBs },
            { parameterName: 'BufferIntervalInSeconds', parameterValue: TRANSFORM_BATCH.intervalInSeconds },
          ],
        },
      ],
    },
    dataFormatConversionConfiguration: {
      enabled: true,
      inputFormatConfiguration: { deserializer: { openXJsonSerDe: { caseInsensitive: true } } },
      outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
      schemaConfiguration: {
        catalogId: Stack.of(scope).account,
        databaseName,
        tableName: tableName(dataset.name),
        region: Stack.of(scope).region,
        roleArn,
        versionId: 'LATEST',
      },
    },
    s3BackupMode: 'Enabled',
    s3BackupConfiguration: {
      roleArn,
      bucketArn: lake.raw.bucket.bucketArn,
      prefix,
      errorOutputPrefix,
      bufferingHints: { sizeInMBs: BUFFER_SIZE, intervalInSeconds: longestBuffer },
      compressionFormat: 'GZIP',
      cloudWatchLoggingOptions: log.options('backup'),
    },
    cloudWatchLoggingOptions: log.options('delivery'),
  };
}
