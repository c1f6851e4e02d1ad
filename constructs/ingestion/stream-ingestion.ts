import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { DatasetTable } from '../catalog/dataset-table.ts';
import { ActorRole } from '../security/actor-role.ts';
import { allow, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { CleanDelivery } from './clean-delivery.ts';
import { TransformFunction } from './transform-function.ts';

/** What `StreamIngestion` needs. */
export interface StreamIngestionProps {
  /** Environment's name: a segment of role paths. */
  readonly environment: string;
  /** What the stream carries and the table holds. */
  readonly dataset: DatasetContract;
  /** Where the dataset's objects lie, and the keys. */
  readonly lake: Lake;
  /** Name of the domain's Glue database, which must exist before this construct. */
  readonly databaseName: string;
  /** The domain's delivery for rejected events. */
  readonly quarantine: firehose.CfnDeliveryStream;
  /** The domain's secret for hashes and tokens, encrypted with the lake's `closedKey`; at least 32 characters. A new value changes every token. */
  readonly protectionSecret: secrets.ISecret;
  /**
   * Shards of the stream; each takes 1 MB and 1,000 records a second. 0 means on demand.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
   */
  readonly shards?: number;
  /**
   * How long the stream keeps records; 24 hours to 365 days. An outage of delivery may last that long.
   *
   * @default Duration.hours(24)
   */
  readonly streamRetention?: Duration;
  /**
   * How long the logs of the function and of the delivery are kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /** What a deletion of the stack does to the stream and the logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { shards: 1, streamRetention: Duration.hours(24), logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/**
 * One dataset from its stream to its table: stream, judge, delivery, catalog, and the role of its producers. Stateful.
 *
 * @throws {@link InvalidProps} `FunctionNotBuilt`
 */
export class StreamIngestion extends Construct {
  /** What producers put events in. */
  public readonly stream: kinesis.Stream;
  /** What readers query; must be made after the database. */
  public readonly table: DatasetTable;
  /** Carries the stream to `clean` and `raw`. */
  public readonly delivery: firehose.CfnDeliveryStream;
  /** May put events in the stream; anybody of the account whom IAM lets assume it. */
  public readonly producer: iam.IRole;

  constructor(scope: Construct, id: string, props: StreamIngestionProps) {
    super(scope, id);
    const { environment, dataset, lake, databaseName, removalPolicy } = props;
    const { streamKey } = lake;
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
    const shards = props.shards ?? DEFAULTS.shards;
    this.stream = new kinesis.Stream(this, 'Stream', {
      streamMode: shards === 0 ? kinesis.StreamMode.ON_DEMAND : kinesis.StreamMode.PROVISIONED,
      ...(shards === 0 ? {} : { shardCount: shards }),
      retentionPeriod: props.streamRetention ?? DEFAULTS.streamRetention,
      encryption: kinesis.StreamEncryption.KMS,
      encryptionKey: streamKey,
      removalPolicy,
    });
    this.table = new DatasetTable(this, 'Catalog', { dataset, databaseName, clean: lake.clean });
    const transform = new TransformFunction(this, 'Transform', {
      environment,
      dataset,
      quarantine: props.quarantine,
      protection: { secret: props.protectionSecret, key: lake.closedKey },
      logRetention,
      removalPolicy,
    });
    transform.version.node.addDependency(this.table); // a column that the table lacks is lost: the table first, then the version, then its alias
    this.delivery = new CleanDelivery(this, 'Delivery', {
      environment,
      dataset,
      databaseName,
      lake,
      stream: this.stream,
      streamKey,
      transform: transform.alias,
      table: this.table,
      logRetention,
      removalPolicy,
    }).delivery;
    this.producer = new ActorRole(this, 'Producer', {
      environment,
      actor: 'producer',
      assumedBy: new iam.AccountRootPrincipal(),
      description: `Puts events of ${dataset.domain}.${dataset.name}`,
      statements: [
        allow(
          'PutEvents',
          ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
          [this.stream.streamArn],
        ),
        allow('EncryptStream', ['kms:GenerateDataKey'], [streamKey.keyArn], {
          StringEquals: {
            'kms:ViaService': viaService(this, 'kinesis'),
            'kms:EncryptionContext:aws:kinesis:arn': this.stream.streamArn,
          },
        }),
      ],
    }).role;
  }
}
