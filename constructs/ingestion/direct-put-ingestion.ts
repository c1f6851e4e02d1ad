import { Duration } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { deliveryName, pascalCase } from '../../core/naming.ts';
import { DatasetTable } from '../catalog/dataset-table.ts';
import { InvalidProps } from '../invalid-props.ts';
import { announceDataset } from '../lake-neighbours.ts';
import { DirectPutAlarms } from '../operations/direct-put-alarms.ts';
import type { ActorRole } from '../security/actor-role.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { bufferSeconds } from './buffer-seconds.ts';
import { cleanDestination } from './clean-destination.ts';
import type { DirectPutShared } from './direct-put-shared.ts';
import { grantProducer } from './grant-producer.ts';
import { putDirectly } from './put-directly.ts';

/** What `DirectPutIngestion` needs. */
export interface DirectPutIngestionProps {
  /**
   * Environment's name: a segment of names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * What is put and the table holds. Its name may not be that of a domain of the lake, nor differ from a neighbour's by '_' alone:
   * an app's synthesis fails with `DatasetNamedAsDomain` or `DatasetsAlike`; apps that share a lake must agree on it.
   */
  readonly dataset: DatasetContract;
  /**
   * What it shares with others of its domain.
   *
   * @throws {@link InvalidProps} `NotShared` where the dataset is none of its `datasets`
   */
  readonly shared: DirectPutShared;
  /** Where the dataset's objects lie. */
  readonly lake: Pick<Lake, 'raw' | 'clean'>;
  /** Name of the domain's Glue database, which must exist before this construct. */
  readonly databaseName: string;
  /**
   * After how long the delivery writes what it has, at the latest; 60 to 900 seconds. `clean` is written sooner where the contract's
   * freshness asks for it.
   *
   * @default Duration.minutes(15)
   * @throws {@link InvalidProps} `LongestBufferOutOfRange`, `LongestBufferUnresolved`
   * @see https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html
   */
  readonly longestBuffer?: Duration;
  /**
   * Where alarms go when events come late, are rejected, throttled or not delivered.
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
}

const DEFAULTS = { longestBuffer: Duration.minutes(15) } as const;

/**
 * One dataset without a stream, from what is put into its delivery to its table. It costs nothing while no events come. What is put is kept for
 * 24 hours where the delivery cannot write, and no longer; nobody else can read it on its way. Stateful.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html
 * @throws {@link InvalidProps} `DatasetTwice`, `LongestBufferOutOfRange`, `LongestBufferUnresolved`, `NotShared`
 */
export class DirectPutIngestion extends Construct {
  /** What producers put events in: by `PutRecordBatch`, each record ended by a newline. */
  public readonly delivery: firehose.CfnDeliveryStream;
  /** What readers query; must be made after the database. */
  public readonly table: DatasetTable;
  /** Judges the events: what the delivery invokes. */
  public readonly transform: lambda.IAlias;
  /** May put events. */
  public readonly producer: iam.IRole;
  private readonly names: { readonly environment: string; readonly dataset: DatasetContract };
  private readonly granted = new Set<string>();

  constructor(scope: Construct, id: string, props: DirectPutIngestionProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, dataset, shared, lake, databaseName } = props;
    announceDataset(this, environment, dataset);
    this.names = { environment, dataset };
    const producer = shared.datasets.includes(dataset) ? shared.producers.get(dataset.name) : undefined;
    if (producer === undefined)
      throw new InvalidProps(
        'NotShared',
        this,
        `'shared' must be made for the dataset, got one without this contract of '${dataset.domain}.${dataset.name}'; add it to its 'datasets'`,
      );
    this.granted.add(producer.node.path);
    this.producer = producer.role;
    this.transform = shared.transform;
    this.table = new DatasetTable(this, 'Catalog', { dataset, databaseName, clean: lake.clean });
    shared.version.node.addDependency(this.table); // a column that the table lacks is lost: the table first, then the version, then its alias
    this.delivery = new firehose.CfnDeliveryStream(this, 'Delivery', {
      deliveryStreamName: deliveryName(environment, dataset.domain, dataset.name),
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: cleanDestination(this, {
        dataset,
        databaseName,
        lake,
        transform: shared.transform,
        roleArn: shared.delivery.role.roleArn,
        log: shared.log,
        longestBuffer: bufferSeconds(this, props.longestBuffer ?? DEFAULTS.longestBuffer),
      }),
    });
    this.delivery.node.addDependency(shared.delivery.policy, this.table);
    if (props.alarmTopic !== undefined)
      new DirectPutAlarms(this, 'Alarms', {
        environment,
        dataset,
        delivery: this.delivery,
        transform: this.transform,
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
  }

  /**
   * Lets a producer of several datasets put events in this one too, through the one policy it has.
   *
   * @param producer Made for the actor `producer`
   * @throws {@link InvalidProps} `ActorNotAdmitted`
   */
  public grantWrite(producer: ActorRole): void {
    const { environment, dataset } = this.names;
    const of = pascalCase(`${dataset.domain}_${dataset.name}`);
    grantProducer(this, this.granted, producer, () => [putDirectly(this, of, environment, dataset.domain, [dataset.name])]);
  }
}
