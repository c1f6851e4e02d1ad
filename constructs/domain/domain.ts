import { CfnOutput, Duration, Stack, Tags, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as glue from 'aws-cdk-lib/aws-glue';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName } from '../../core/naming.ts';
import { QuarantineDelivery } from '../ingestion/quarantine-delivery.ts';
import type { StreamIngestion } from '../ingestion/stream-ingestion.ts';
import type { FunctionNetwork } from '../network/function-network.ts';
import { DomainAlarms } from '../operations/domain-alarms.ts';
import { ProtectionSecret } from '../security/protection-secret.ts';
import { StewardRole } from '../security/steward-role.ts';
import type { Lake } from '../storage/lake.ts';
import { DatasetIngestions } from './dataset-ingestions.ts';
import { domainExports, type DomainShared } from './domain-exports.ts';
import { TAGS } from './tags.ts';

/** What `Domain` needs. */
export interface DomainProps {
  /** Environment's name: a segment of role paths and of names. */
  readonly environment: string;
  /** The domain's name: its database is called by it, and its objects' keys begin with it after their retention class. */
  readonly domain: string;
  /** The domain's datasets, in a stable order. */
  readonly datasets: readonly DatasetContract[];
  /** Where the datasets' objects lie, and the keys. */
  readonly lake: Lake;
  /**
   * Shards of each stream at least; more where a contract's stated volume needs more. 0 means on demand.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
   */
  readonly shards?: number;
  /**
   * How long the streams keep records; 24 hours to 365 days. An outage of delivery may last that long.
   *
   * @default Duration.hours(24)
   */
  readonly streamRetention?: Duration;
  /**
   * After how long the deliveries write what they have, at the latest; 60 to 900 seconds. `clean` is written sooner where a contract's
   * freshness asks for it.
   *
   * @default Duration.minutes(15)
   * @throws {@link InvalidProps} `LongestBufferOutOfRange`
   */
  readonly longestBuffer?: Duration;
  /**
   * What CloudWatch measures of each shard, beside the stream; each metric of each shard is billed.
   *
   * @default - nothing
   */
  readonly shardMetrics?: readonly kinesis.ShardLevelMetrics[];
  /**
   * How long the logs of functions and deliveries are kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Where the transform functions stand; its security groups must reach Firehose and Secrets Manager.
   *
   * @default - in Lambda's own network, with a way to the internet
   */
  readonly network?: FunctionNetwork;
  /**
   * Where alarms of each dataset and of the domain's rejects go.
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
  /** What a deletion of the stack does to database, secret, streams and logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = {
  shards: 1,
  streamRetention: Duration.hours(24),
  longestBuffer: Duration.minutes(15),
  logRetention: logs.RetentionDays.TWO_WEEKS,
} as const;

/** All that one domain's contracts need: its database, its secret, what takes its rejects, who answers for it, and each dataset's ingestion. Stateful. */
export class Domain extends Construct implements DomainShared {
  /** Holds the tables and views of all the domain's datasets. */
  public readonly database: glue.CfnDatabase;
  /** What hashes and tokens are made with. */
  public readonly protectionSecret;
  /** Takes what the domain's functions reject. */
  public readonly quarantine;
  /** Answers for the domain's data. */
  public readonly steward: StewardRole['role'];
  /** Each dataset's ingestion, by the dataset's name. */
  public readonly ingestions: ReadonlyMap<string, StreamIngestion>;
  private readonly names: Pick<DomainProps, 'environment' | 'domain'>;

  constructor(scope: Construct, id: string, props: DomainProps) {
    super(scope, id);
    const { environment, domain, lake, removalPolicy } = props;
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
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
      logRetention,
      logKey: lake.logKey,
      removalPolicy,
    }).stream;
    if (props.alarmTopic !== undefined)
      new DomainAlarms(this, 'DomainAlarms', {
        environment,
        domain,
        owner: [...new Set(props.datasets.map(({ owner }) => owner))].join(', '),
        delivery: this.quarantine,
        clean: lake.clean.bucket,
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
    this.steward = new StewardRole(this, 'Steward', { environment, domain, lake }).role;
    this.ingestions = new DatasetIngestions(this, 'Datasets', {
      ...props,
      shards: props.shards ?? DEFAULTS.shards,
      streamRetention: props.streamRetention ?? DEFAULTS.streamRetention,
      longestBuffer: props.longestBuffer ?? DEFAULTS.longestBuffer,
      logRetention,
      quarantine: this.quarantine,
      protectionSecret: this.protectionSecret,
    }).ingestions;
    for (const { table } of this.ingestions.values()) table.node.addDependency(this.database);
  }

  /** Exports the fixed list of values that datasets of the domain in other stacks read: the same for every domain. */
  public export(): void {
    const { environment, domain } = this.names;
    for (const { id, ...output } of domainExports(environment, domain, this)) new CfnOutput(Stack.of(this), id, output);
  }
}
