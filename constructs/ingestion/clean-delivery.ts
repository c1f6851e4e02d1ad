import { Stack, type Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { cleanBufferSeconds, PLATFORM } from '../../core/cost/platform.ts';
import { tableName } from '../../core/naming.ts';
import { pastClasses, pastPrefix, type DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { ARRIVAL_PARTITIONS, datasetPrefix, errorPrefix } from '../../core/storage/layout.ts';
import type { DatasetTable } from '../catalog/dataset-table.ts';
import { InvalidProps } from '../invalid-props.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, allowZoneKey, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { DeliveryLog } from './delivery-log.ts';

export interface CleanDeliveryProps {
  readonly environment: string;
  readonly dataset: DatasetWithReleases;
  readonly databaseName: string;
  readonly lake: Pick<Lake, 'raw' | 'clean' | 'logKey'>;
  readonly stream: kinesis.IStream;
  readonly streamKey: kms.IKey;
  readonly transform: lambda.IAlias;
  readonly table: DatasetTable;
  /** After how long both zones are written at the latest; 60 to 900 seconds. */
  readonly longestBuffer: Duration;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
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

/** Carries one stream to `clean` as Parquet by the dataset's table, and its payloads as received to `raw`. */
export class CleanDelivery extends Construct {
  public readonly delivery: firehose.CfnDeliveryStream;

  constructor(scope: Construct, id: string, props: CleanDeliveryProps) {
    super(scope, id);
    const { dataset, lake, table, transform } = props;
    const log = new DeliveryLog(
      this,
      'Log',
      { retention: props.logRetention, encryptionKey: lake.logKey, removalPolicy: props.removalPolicy },
      ['delivery', 'backup'],
    );
    const prefix = datasetPrefix(dataset);
    const errors = errorPrefix(dataset.domain, dataset.name);
    const actor = this.actor(props, prefix, errors, log);
    const roleArn = actor.role.roleArn;
    const longest = this.longestBuffer(props.longestBuffer);

    this.delivery = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: props.stream.streamArn, roleArn },
      extendedS3DestinationConfiguration: {
        roleArn,
        bucketArn: lake.clean.bucket.bucketArn,
        prefix: `${prefix}${ARRIVAL_PARTITIONS}`,
        errorOutputPrefix: `${errors}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: {
          sizeInMBs: BUFFER_SIZE,
          intervalInSeconds: Math.min(longest, cleanBufferSeconds(dataset.freshnessSeconds)),
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
            catalogId: Stack.of(this).account,
            databaseName: props.databaseName,
            tableName: tableName(dataset.name),
            region: Stack.of(this).region,
            roleArn,
            versionId: 'LATEST',
          },
        },
        s3BackupMode: 'Enabled',
        s3BackupConfiguration: {
          roleArn,
          bucketArn: lake.raw.bucket.bucketArn,
          prefix: `${prefix}${ARRIVAL_PARTITIONS}`,
          errorOutputPrefix: `${errors}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
          bufferingHints: { sizeInMBs: BUFFER_SIZE, intervalInSeconds: longest },
          compressionFormat: 'GZIP',
          cloudWatchLoggingOptions: log.options('backup'),
        },
        cloudWatchLoggingOptions: log.options('delivery'),
      },
    });
    this.delivery.node.addDependency(actor.policy, table);
  }

  private longestBuffer(given: Duration): number {
    if (given.isUnresolved())
      throw new InvalidProps(
        'LongestBufferUnresolved',
        this,
        "'longestBuffer' must be known at synth, since a contract's freshness may ask for less, got a token; give a literal",
      );
    const seconds = given.toSeconds({ integral: false });
    const { shortestBufferSeconds: least, longestBufferSeconds: most } = PLATFORM;
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
    throw new InvalidProps(
      'LongestBufferOutOfRange',
      this,
      `'longestBuffer' must be whole seconds from ${least} to ${most}, got ${seconds}; choose a value in between`,
    );
  }

  private actor(props: CleanDeliveryProps, prefix: string, errors: string, log: DeliveryLog): ActorRole {
    const { dataset, lake, table, transform, stream } = props;
    const { raw, clean } = lake;
    // an object that was to go where the dataset lay before is tried again there
    const prefixes = [prefix, ...pastClasses(dataset).map((retention) => pastPrefix(dataset, retention))];
    return new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'delivery',
      assumedBy: serviceOfThisAccount(this, 'firehose.amazonaws.com'),
      description: `Delivers ${dataset.domain}.${dataset.name}`,
      statements: [
        allow(
          'ReadStream',
          ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
          [stream.streamArn],
        ),
        allow('DecryptStream', ['kms:Decrypt'], [props.streamKey.keyArn], {
          StringEquals: {
            'kms:ViaService': viaService(this, 'kinesis'),
            'kms:EncryptionContext:aws:kinesis:arn': stream.streamArn,
          },
        }),
        allow('Transform', ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'], [transform.functionArn]),
        allow(
          'ReadSchema',
          ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
          [table.catalogArn, table.databaseArn, table.tableArn],
        ),
        // Firehose documents no prefix that it lists, so no condition names one (docs/unverified.md, row 73)
        allow(
          'FindBuckets',
          ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
          [clean.bucket.bucketArn, raw.bucket.bucketArn],
        ),
        allow(
          'WriteObjects',
          ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
          [clean, raw].flatMap(({ bucket }) => [...prefixes, errors].map((key) => bucket.arnForObjects(`${key}*`))),
        ),
        allowZoneKey(this, 'EncryptClean', clean, ['kms:Decrypt', 'kms:GenerateDataKey']),
        allowZoneKey(this, 'EncryptRaw', raw, ['kms:Decrypt', 'kms:GenerateDataKey']),
        allow('WriteLog', ['logs:PutLogEvents'], log.streamArns),
      ],
    });
  }
}
