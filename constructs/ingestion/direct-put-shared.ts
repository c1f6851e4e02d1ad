import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { deliveryName, pascalCase, tableName } from '../../core/naming.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { catalogArns } from '../catalog/catalog-arns.ts';
import { ownersOf, refuseDatasets, refuseProducers } from '../domain-datasets.ts';
import { InvalidProps } from '../invalid-props.ts';
import type { FunctionNetwork } from '../network/function-network.ts';
import { SharedTransformAlarm } from '../operations/shared-transform-alarm.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { DELIVERY_LOGS } from './clean-destination.ts';
import { DeliveryLog } from './delivery-log.ts';
import { deliveryStatements } from './delivery-statements.ts';
import { putDirectly } from './put-directly.ts';
import { TransformFunction } from './transform-function.ts';

/** What `DirectPutShared` needs. */
export interface DirectPutSharedProps {
  /**
   * Environment's name: a segment of role paths and of names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The domain of the datasets: a segment of their keys. */
  readonly domain: string;
  /**
   * What shares it, each with a `DirectPutIngestion` in the same stack; one policy names all their tables, and takes some twenty.
   *
   * @throws {@link InvalidProps} `NoDatasets`, `DatasetOfAnotherDomain`, `DatasetTwice`, `DatasetsAlike`
   */
  readonly datasets: readonly DatasetContract[];
  /** Where the datasets' objects lie, and the keys. */
  readonly lake: Lake;
  /** Name of the domain's Glue database, which must exist before this construct. */
  readonly databaseName: string;
  /** The domain's delivery for rejected events. */
  readonly quarantine: firehose.IDeliveryStreamRef;
  /** The domain's secret for hashes and tokens, encrypted with the lake's `closedKey`; at least 32 characters. A new value changes every token. */
  readonly protectionSecret: secrets.ISecret;
  /**
   * How long the logs of the function and of the deliveries are kept.
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
   * Where the alarm goes when the function fails.
   *
   * @default - no alarm
   */
  readonly alarmTopic?: sns.ITopic;
  /**
   * Address of the runbook that alarms link to, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
  /**
   * Who answers for the function: its alarm says so.
   *
   * @default - the owners of the datasets
   */
  readonly owner?: string;
  /**
   * Who may become the producer of the datasets: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly producerAssumedBy?: iam.IPrincipal;
  /**
   * Who may become the producer of one dataset, by the dataset's name: a role of that dataset alone.
   *
   * @default - the producer of the others
   * @throws {@link InvalidProps} `UnknownDataset`
   */
  readonly producersAssumedBy?: Readonly<Record<string, iam.IPrincipal>>;
  /** What a deletion of the stack does to the logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/**
 * What a domain's datasets without a stream share: one function that judges by the contract of the delivery it is called by, one role of the
 * deliveries, one log, one role of the producers (docs/adr/0037). Stateful.
 *
 * @throws {@link InvalidProps} `FunctionNotBuilt`
 */
export class DirectPutShared extends Construct {
  /** Judges the events of all deliveries. */
  public readonly transform: lambda.Alias;
  /** What the deliveries run as. */
  public readonly delivery: ActorRole;
  /** Where the deliveries say what they could not do. */
  public readonly log: DeliveryLog;
  /** May put events of each dataset, by its name. */
  public readonly producers: ReadonlyMap<string, ActorRole>;
  /** Changes after the tables of the datasets. */
  public readonly version: lambda.Version;
  /** What the function judges. */
  public readonly datasets: readonly DatasetContract[];

  constructor(scope: Construct, id: string, props: DirectPutSharedProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, domain, lake, removalPolicy } = props;
    const producersAssumedBy = new Map(Object.entries(props.producersAssumedBy ?? {}));
    if (props.datasets.length === 0)
      throw new InvalidProps('NoDatasets', this, "'datasets' must hold what shares it, got none; leave the construct out");
    refuseDatasets(this, { domain, datasets: props.datasets });
    refuseProducers(this, [...producersAssumedBy.keys()], props.datasets);
    this.datasets = props.datasets;
    const datasets = [...props.datasets].sort((a, b) => (a.name < b.name ? -1 : 1)); // in whatever order contracts are read
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
    const judge = new TransformFunction(this, 'Transform', {
      environment,
      whose: `${domain}, put directly`,
      datasets,
      compiled: {
        byDelivery: Object.fromEntries(
          datasets.map((dataset) => [deliveryName(environment, domain, dataset.name), compileContract(dataset)]),
        ),
      },
      quarantine: props.quarantine,
      protection: { secret: props.protectionSecret, key: lake.closedKey },
      logRetention,
      logKey: lake.logKey,
      network: props.network,
      removalPolicy,
    });
    this.transform = judge.alias;
    this.version = judge.version;
    this.log = new DeliveryLog(
      this,
      'Log',
      { retention: logRetention, encryptionKey: lake.logKey, removalPolicy },
      DELIVERY_LOGS,
    );
    const { catalog, database, table } = catalogArns(this, props.databaseName);
    this.delivery = new ActorRole(this, 'Actor', {
      environment,
      actor: 'delivery',
      assumedBy: serviceOfThisAccount(this, 'firehose.amazonaws.com'),
      description: `Delivers what is put directly of ${domain}`,
      statements: deliveryStatements(this, {
        lake,
        transform: this.transform,
        schemas: [catalog, database, ...datasets.map(({ name }) => table(tableName(name)))],
        keys: [`keep*/${domain}/*`, `_errors/${domain}/*`],
        log: this.log,
      }),
    });
    this.producers = this.makeProducers({ ...props, datasets }, producersAssumedBy);
    if (props.alarmTopic !== undefined)
      new SharedTransformAlarm(this, 'Alarms', {
        whose: `${domain}, put directly, in ${environment}`,
        owner: props.owner ?? ownersOf(datasets),
        transform: this.transform,
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
  }

  private makeProducers(
    props: DirectPutSharedProps,
    producersAssumedBy: ReadonlyMap<string, iam.IPrincipal>,
  ): ReadonlyMap<string, ActorRole> {
    const { environment, domain, datasets } = props;
    const producer = (id: string, assumedBy: iam.IPrincipal, of: string, names: readonly string[]) =>
      new ActorRole(this, id, {
        environment,
        actor: 'producer',
        assumedBy,
        description: `Puts events of ${of}`,
        statements: [putDirectly(this, '', environment, domain, names)],
      });
    const names = datasets.map(({ name }) => name);
    const own = names.flatMap((name) => {
      const assumedBy = producersAssumedBy.get(name);
      return assumedBy === undefined
        ? []
        : [[name, producer(`Producer${pascalCase(name)}`, assumedBy, `${domain}.${name}`, [name])] as const];
    });
    const others = names.filter((name) => !producersAssumedBy.has(name));
    if (others.length === 0) return new Map(own);
    const shared = producer(
      'Producer',
      props.producerAssumedBy ?? new iam.AccountRootPrincipal(),
      `${domain}, put directly`,
      others,
    );
    return new Map([...own, ...others.map((name) => [name, shared] as const)]);
  }
}
