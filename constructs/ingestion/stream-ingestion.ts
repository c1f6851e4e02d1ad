import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { DatasetTable } from '../catalog/dataset-table.ts';
import { pascalCase } from '../../core/naming.ts';
import { announceDataset } from '../lake-neighbours.ts';
import { DatasetAlarms } from '../operations/dataset-alarms.ts';
import type { FunctionNetwork } from '../network/function-network.ts';
import { ActorRole } from '../security/actor-role.ts';
import { allow, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { CleanDelivery } from './clean-delivery.ts';
import { grantProducer } from './grant-producer.ts';
import { refuseShards } from './refuse-shards.ts';
import { TransformFunction } from './transform-function.ts';

/** What `StreamIngestion` needs. */
export interface StreamIngestionProps {
  /**
   * Environment's name: a segment of role paths and of names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * What the stream carries and the table holds. Its name may not be that of a domain of the lake, nor differ from a neighbour's by '_' alone:
   * an app's synthesis fails with `DatasetNamedAsDomain` or `DatasetsAlike`; apps that share a lake must agree on it.
   */
  readonly dataset: DatasetContract;
  /** Where the dataset's objects lie, and the keys. */
  readonly lake: Lake;
  /** Name of the domain's Glue database, which must exist before this construct. */
  readonly databaseName: string;
  /** The domain's delivery for rejected events. */
  readonly quarantine: firehose.IDeliveryStreamRef;
  /** The domain's secret for hashes and tokens, encrypted with the lake's `closedKey`; at least 32 characters. A new value changes every token. */
  readonly protectionSecret: secrets.ISecret;
  /**
   * Shards of the stream; each takes 1 MB and 1,000 records a second. 0 means on demand.
   *
   * @default 1
   * @throws {@link InvalidProps} `BadShards`
   * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
   */
  readonly shards?: number;
  /**
   * How long the stream keeps records; 24 hours to 365 days. An outage of delivery may last that long.
   *
   * @default Duration.hours(24)
   * @throws {@link InvalidProps} `StreamRetentionUnresolved` where an `alarmTopic` meets a token
   */
  readonly streamRetention?: Duration;
  /**
   * After how long the deliveries write what they have, at the latest; 60 to 900 seconds. `clean` is written sooner where the contract's
   * freshness asks for it.
   *
   * @default Duration.minutes(15)
   * @throws {@link InvalidProps} `LongestBufferOutOfRange`, `LongestBufferUnresolved`
   * @see https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html
   */
  readonly longestBuffer?: Duration;
  /**
   * What CloudWatch measures of each shard, beside the stream; each metric of each shard is billed.
   *
   * @default - nothing
   * @see https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
   */
  readonly shardMetrics?: readonly kinesis.ShardLevelMetrics[];
  /**
   * How long the logs of the function and of the delivery are kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Where the transform function stands; its security groups must reach Firehose and Secrets Manager.
   *
   * @default - in Lambda's own network, with a way to the internet
   */
  readonly network?: FunctionNetwork;
  /**
   * Where alarms go when events come late, wait unread, are rejected, throttled or not delivered, or the function fails. They watch 12
   * metrics of a dataset, each billed.
   *
   * @default - no alarms
   */
  readonly alarmTopic?: sns.ITopic;
  /**
   * Address of the runbook that alarms link to, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
  /**
   * Who may become the producer: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly producerAssumedBy?: iam.IPrincipal;
  /** What a deletion of the stack does to the stream and the logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = {
  shards: 1,
  streamRetention: Duration.hours(24),
  longestBuffer: Duration.minutes(15),
  logRetention: logs.RetentionDays.TWO_WEEKS,
} as const;

/**
 * One dataset from its stream to its table: stream, judge, delivery, catalog, and the role of its producers. Stateful.
 *
 * @throws {@link InvalidProps} `BadShards`, `DatasetTwice`, `FunctionNotBuilt`, `LongestBufferOutOfRange`, `LongestBufferUnresolved`
 */
export class StreamIngestion extends Construct {
  /**
   * What producers put events in. Its key admits the actors `producer`, `delivery` and `replay` alone, since events lie here before values are
   * protected: what the stream's own `grantRead` and `grantWrite` give to others is refused by the key's policy.
   */
  public readonly stream: kinesis.Stream;
  /** What readers query; must be made after the database. */
  public readonly table: DatasetTable;
  /** Carries the stream to `clean` and `raw`. */
  public readonly delivery: firehose.CfnDeliveryStream;
  /** Judges the events: what the delivery invokes. */
  public readonly transform: lambda.IAlias;
  /** May put events in the stream. */
  public readonly producer: iam.IRole;
  private readonly dataset: DatasetContract;
  private readonly streamKey: kms.IKey;
  private readonly granted = new Set<string>();

  constructor(scope: Construct, id: string, props: StreamIngestionProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, dataset, lake, databaseName, removalPolicy } = props;
    announceDataset(this, environment, dataset);
    const { streamKey } = lake;
    this.dataset = dataset;
    this.streamKey = streamKey;
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
    const shards = props.shards ?? DEFAULTS.shards;
    refuseShards(this, shards);
    const streamRetention = props.streamRetention ?? DEFAULTS.streamRetention;
    this.stream = new kinesis.Stream(this, 'Stream', {
      streamMode: shards === 0 ? kinesis.StreamMode.ON_DEMAND : kinesis.StreamMode.PROVISIONED,
      ...(shards === 0 ? {} : { shardCount: shards }),
      retentionPeriod: streamRetention,
      encryption: kinesis.StreamEncryption.KMS,
      encryptionKey: streamKey,
      ...((props.shardMetrics ?? []).length === 0 ? {} : { shardLevelMetrics: [...(props.shardMetrics ?? [])] }),
      removalPolicy,
    });
    this.table = new DatasetTable(this, 'Catalog', { dataset, databaseName, clean: lake.clean });
    const transform = new TransformFunction(this, 'Transform', {
      environment,
      whose: `${dataset.domain}.${dataset.name}`,
      version: dataset.version,
      datasets: [dataset],
      compiled: { one: compileContract(dataset) },
      quarantine: props.quarantine,
      protection: { secret: props.protectionSecret, key: lake.closedKey },
      logRetention,
      logKey: lake.logKey,
      network: props.network,
      removalPolicy,
    });
    transform.version.node.addDependency(this.table); // a column that the table lacks is lost: the table first, then the version, then its alias
    this.transform = transform.alias;
    this.delivery = new CleanDelivery(this, 'Delivery', {
      environment,
      dataset,
      databaseName,
      lake,
      stream: this.stream,
      streamKey,
      transform: transform.alias,
      table: this.table,
      longestBuffer: props.longestBuffer ?? DEFAULTS.longestBuffer,
      logRetention,
      removalPolicy,
    }).delivery;
    this.producer = new ActorRole(this, 'Producer', {
      environment,
      actor: 'producer',
      assumedBy: props.producerAssumedBy ?? new iam.AccountRootPrincipal(),
      description: `Puts events of ${dataset.domain}.${dataset.name}`,
      statements: this.putEvents(''),
    }).role;
    if (props.alarmTopic !== undefined)
      new DatasetAlarms(this, 'Alarms', {
        environment,
        dataset,
        stream: this.stream,
        streamRetention,
        delivery: this.delivery,
        transform: this.transform,
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
  }

  /**
   * Lets a producer of several datasets put events in this one too, through the one policy it has.
   *
   * @param producer Made for the actor `producer`: the stream's key admits no other
   * @throws {@link InvalidProps} `ActorNotAdmitted`
   */
  public grantWrite(producer: ActorRole): void {
    const of = pascalCase(`${this.dataset.domain}_${this.dataset.name}`);
    grantProducer(this, this.granted, producer, () => this.putEvents(of));
  }

  private putEvents(of: string): iam.PolicyStatement[] {
    return [
      allow(
        `PutEvents${of}`,
        ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
        [this.stream.streamArn],
      ),
      allow(`EncryptStream${of}`, ['kms:GenerateDataKey'], [this.streamKey.keyArn], {
        StringEquals: {
          'kms:ViaService': viaService(this, 'kinesis'),
          'kms:EncryptionContext:aws:kinesis:arn': this.stream.streamArn,
        },
      }),
    ];
  }
}
