import { Stack, Tags, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as glue from 'aws-cdk-lib/aws-glue';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName } from '../../core/naming.ts';
import { announceDomain, takeName } from '../lake-neighbours.ts';
import { exportValue } from '../export-value.ts';
import { QuarantineDelivery } from '../ingestion/quarantine-delivery.ts';
import type { DirectPutIngestion } from '../ingestion/direct-put-ingestion.ts';
import type { StreamIngestion, StreamIngestionProps } from '../ingestion/stream-ingestion.ts';
import { DomainAlarms } from '../operations/domain-alarms.ts';
import type { Replay } from '../replay/replay.ts';
import { ProtectionSecret } from '../security/protection-secret.ts';
import { StewardRole } from '../security/steward-role.ts';
import { takeEnvironment } from '../take-environment.ts';
import { DatasetIngestions } from './dataset-ingestions.ts';
import { ownersOf, refuseDatasets } from '../domain-datasets.ts';
import { domainExports, type DomainShared } from './domain-exports.ts';
import { curate, type DomainCuration } from './domain-curation.ts';
import { replaysOf } from './domain-replay.ts';
import { judgeStackSize } from './stack-size.ts';
import { TAGS } from './tags.ts';

/** What `Domain` needs. */
export interface DomainProps extends Omit<
  StreamIngestionProps,
  'dataset' | 'databaseName' | 'quarantine' | 'protectionSecret' | 'shards' | 'removalPolicy'
> {
  /**
   * The domain's name: its database is called by it, and its objects' keys begin with it after their retention class. No dataset of another
   * domain may be called so, for the rights of this one's steward and readers would reach it: an app refuses that when it is synthesized
   * (`DatasetNamedAsDomain`); apps that share a lake must agree on it.
   *
   * @throws {@link InvalidProps} `DomainTwice`
   */
  readonly domain: string;
  /**
   * The domain's datasets, in a stable order, new ones last; none only where all of them stand in other stacks and `owner` is given. A
   * stack holds some twenty: give each further one a `StreamIngestion` in another stack,
   * with what the domain shares, or those that need no stream a `DirectPutShared` and each its `DirectPutIngestion`. Synthesis fails with
   * `StackTooLarge` otherwise.
   *
   * @throws {@link InvalidProps} `DatasetOfAnotherDomain`, `DatasetTwice`, `DatasetsAlike`, `DatasetNamedAsCurated`, `NoDatasets`
   */
  readonly datasets: readonly DatasetContract[];
  /**
   * Who answers for the domain's rejects: its alarms say so.
   *
   * @default - the owners of the datasets
   */
  readonly owner?: string;
  /**
   * Shards of each stream at least; more where a contract's stated volume needs more. 0 means on demand. A token is taken as it is.
   *
   * @default 1
   * @throws {@link InvalidProps} `BadShards`
   * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
   */
  readonly shards?: number;
  /**
   * Is told what every replay has come to.
   *
   * @default - a replay tells nobody but whoever looks
   */
  readonly replayTopic?: sns.ITopic;
  /**
   * Key that `replayTopic` is encrypted with; its policy must admit the actor `replay-workflow` through `sns`, as the one of `AlarmTopic` does.
   *
   * @default - the topic has no key of the account's own
   */
  readonly replayTopicKey?: kms.IKey;
  /**
   * Who may become the producer of one dataset, by the dataset's name.
   *
   * @default - those of `producerAssumedBy`
   * @throws {@link InvalidProps} `UnknownDataset`
   */
  readonly producersAssumedBy?: Readonly<Record<string, iam.IPrincipal>>;
  /**
   * Who may become the steward: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly stewardAssumedBy?: iam.IPrincipal;
  /** What a deletion of the stack does to database, secret, streams and logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { shards: 1 } as const;

/**
 * All that one domain's contracts need: its database, its secret, what takes its rejects, who answers for it, and each dataset's ingestion.
 * Stateful.
 */
export class Domain extends Construct implements DomainShared {
  /** Holds the tables and views of all the domain's datasets. */
  public readonly database: glue.CfnDatabase;
  /** What hashes and tokens are made with. */
  public readonly protectionSecret: secrets.ISecret;
  /** Takes what the domain's functions reject. */
  public readonly quarantine: firehose.CfnDeliveryStream;
  /** Answers for the domain's data. */
  public readonly steward: iam.IRole;
  /** Ingestion of each dataset with a stream of its own, by the dataset's name: those that promise events in less than an hour, or expect many. */
  public readonly ingestions: ReadonlyMap<string, StreamIngestion>;
  /** Ingestion of each dataset that needs no stream, by the dataset's name (docs/adr/0037). */
  public readonly directPuts: ReadonlyMap<string, DirectPutIngestion>;
  /** Brings back what a contract accepts by now, of the first sixteen datasets; none where the datasets stand in other stacks. */
  public readonly replay: Replay | undefined;
  /** What brings back a dataset's events, by the dataset's name: one for each sixteen datasets, in the order of `datasets`. */
  public readonly replays: ReadonlyMap<string, Replay>;
  /** The curated tables of those datasets whose contracts ask for one, and what folds them. */
  public readonly curation: DomainCuration;
  private readonly names: Pick<DomainProps, 'environment' | 'domain'>;

  constructor(scope: Construct, id: string, props: DomainProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, domain, datasets, lake, removalPolicy } = props;
    refuseDatasets(this, props);
    takeName(this, environment, databaseName(environment, domain), 'DomainTwice', "'domain'");
    announceDomain(this, environment, domain);
    this.names = { environment, domain };
    Tags.of(this).add(TAGS.domain, domain);
    this.database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: databaseName(environment, domain), description: `Datasets of ${domain} in ${environment}` },
    });
    this.database.applyRemovalPolicy(removalPolicy);
    this.protectionSecret = new ProtectionSecret(this, 'ProtectionSecret', {
      domain,
      encryptionKey: lake.closedKey,
      removalPolicy,
    }).secret;
    this.quarantine = new QuarantineDelivery(this, 'Quarantine', {
      environment,
      domain,
      quarantine: lake.quarantine,
      ...(props.logRetention === undefined ? {} : { logRetention: props.logRetention }),
      logKey: lake.logKey,
      removalPolicy,
    }).stream;
    if (props.alarmTopic !== undefined)
      new DomainAlarms(this, 'DomainAlarms', {
        environment,
        domain,
        owner: props.owner ?? ownersOf(datasets),
        delivery: this.quarantine,
        clean: lake.clean.bucket,
        quarantine: lake.quarantine.bucket,
        ...(lake.tellsEventBridge === undefined ? {} : { areObjectsTold: lake.tellsEventBridge }),
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
    this.steward = new StewardRole(this, 'Steward', {
      environment,
      domain,
      lake,
      ...(props.stewardAssumedBy === undefined ? {} : { assumedBy: props.stewardAssumedBy }),
    }).role;
    const ingestions = new DatasetIngestions(this, 'Datasets', {
      ...props,
      shards: props.shards ?? DEFAULTS.shards,
      quarantine: this.quarantine,
      protectionSecret: this.protectionSecret,
    });
    this.ingestions = ingestions.streams;
    this.directPuts = ingestions.directPuts;
    for (const { table } of [...this.ingestions.values(), ...this.directPuts.values()]) table.node.addDependency(this.database);
    this.replays = replaysOf(this, { ...props, ingestions: ingestions.all(datasets) });
    [this.replay] = this.replays.values();
    this.curation = curate(this, { ...props, ingestions: ingestions.all(datasets), part: 1 });
    judgeStackSize(this, datasets.length);
  }

  /**
   * Exports the fixed list of values that datasets of the domain in other stacks read: the same for every domain.
   *
   * @throws {@link InvalidProps} `ExportedTwice`
   */
  public export(): void {
    const { environment, domain } = this.names;
    for (const { id, ...output } of domainExports(environment, domain, this)) exportValue(this, id, output);
  }
}
