import type { ShardLevelMetrics } from 'aws-cdk-lib/aws-kinesis';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { Actor } from '../../core/naming.ts';

/** All in which environments differ: nothing branches on a name. `lib/config/check-environment.ts` holds the bounds. */
export interface Environment {
  /** A segment of stack, database and workgroup names, and of role paths; lower-case letters and digits, at most 12. */
  readonly name: string;
  /** What it is for, and what may happen to it: the beginning of every stack's description. */
  readonly purpose: string;
  /** @default - the account of the credentials at deployment */
  readonly account?: string;
  /** @default - the region of the credentials at deployment */
  readonly region?: string;

  /**
   * What a deletion of a stack does to what holds data. `RETAIN_ON_UPDATE_OR_DELETE` keeps it as `RETAIN` does, but for what a first
   * deployment made before it failed: that is empty, and would be in the way of the next one.
   */
  readonly removalPolicy: RemovalPolicy.DESTROY | RemovalPolicy.RETAIN | RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  readonly terminationProtection: boolean;
  /** How long nobody can delete an original from `raw`; 1 to 14 days. A bucket without a lock cannot be given one. @default - no lock */
  readonly rawLock?: Duration;
  /** A second region that `clean`, `curated` and `mart` are copied to within 15 minutes. @default - no copy */
  readonly replicationRegion?: string;
  /** Whether the copies may lie in another part of the world than the data, `us` and not `eu`. @default - synth says so each time */
  readonly replicationCrossesBorders?: boolean;

  /** Shards of each stream at least; more where a contract's volume needs more. 0 means on demand. */
  readonly shards: number;
  /** What is measured of each shard, beside each stream; every metric of every shard is billed. */
  readonly shardMetrics: readonly ShardLevelMetrics[];
  /** How long streams keep records: an outage of delivery may last that long. From 24 hours to 365 days, whole hours. */
  readonly streamRetention: Duration;
  /** After how long a delivery writes what it has, at the latest; sooner where a contract's freshness asks for it. 60 to 900 seconds. */
  readonly longestBuffer: Duration;
  /** Whether S3 tells EventBridge of each object. */
  readonly eventBridge: boolean;

  /** Private subnets without a way to the internet, for functions. @default - none: functions run outside of any network of ours */
  readonly network?: NetworkNeed;

  /** Who touched which object and who changed what, where nobody can delete it. @default - nothing of it is recorded */
  readonly audit?: AuditNeed;
  readonly logRetention: RetentionDays;
  readonly accessLogRetention: Duration;
  /** Age at which query results expire. */
  readonly resultRetention: Duration;
  /** What one query may scan; 10 MB at least. */
  readonly scanCutoff: Size;

  /**
   * Groups of people who ask, each with a workgroup and a role of its own; the first is whom `headwaters query` and the demo ask as.
   *
   * @default - `analysts`, who read every domain
   */
  readonly consumers?: readonly ConsumerNeed[];
  /**
   * Who may become the roles of people and producers, if IAM of their account lets them. What no entry is about, anybody of the account may
   * become; where one actor has entries, each role of it needs one.
   *
   * @default - anybody of the account
   */
  readonly trust?: readonly TrustNeed[];

  /** Alarms for each dataset, and who hears of them. @default - no alarms */
  readonly alarms?: AlarmNeed;
  /** Address of the runbook that alarms link to, without an anchor. @default - the path docs/runbook.md */
  readonly runbookUrl?: string;
  /** USD a month from which on somebody is told, at 80 % spent and at 100 % foreseen. @default - no budget */
  readonly monthlyBudget?: number;

  /** Who pays: a tag of every resource. */
  readonly costCentre: string;
  /** Further tags of every resource. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A network of one's own. */
export interface NetworkNeed {
  /** Addresses of the VPC, as `10.20.0.0/24`: /16 to /26. Nothing leads out of it, so any will do. */
  readonly cidr: string;
  /**
   * Availability zones, 1 to 4: how many of those that CloudFormation lists first, or which, by name. Each costs an endpoint of every service;
   * a network that is to last names its zones.
   */
  readonly zones: number | readonly string[];
}

export const zoneCount = ({ zones }: NetworkNeed): number => (typeof zones === 'number' ? zones : zones.length);

/** What is recorded of people and services, and for how long. */
export interface AuditNeed {
  /** Who may lift the lock: `governance`, whoever may change the bucket's policy; `compliance`, nobody, the account's root included. */
  readonly lock: 'governance' | 'compliance';
  /** How long no record can be deleted; 1 day to `retention`. A change holds for records to come. */
  readonly lockedFor: Duration;
  /** Age at which records expire; 1 to 3,653 days. */
  readonly retention: Duration;
  /** Whether calls that manage resources are recorded too: for nothing once in an account, for USD 2.00 per 100,000 where another trail does. */
  readonly managementEvents: boolean;
}

/** A group of people who ask, and what they read. */
export interface ConsumerNeed {
  /**
   * A segment of the workgroup's name: words of two or more lower-case letters and digits, a letter first, with hyphens between them; at
   * most 40 characters.
   */
  readonly group: string;
  /** Domains of which it reads every dataset, those to come too; `all` for every domain. @default - none */
  readonly domains?: 'all' | readonly string[];
  /** Datasets that it reads of other domains, as `energy.readings`. @default - none */
  readonly datasets?: readonly string[];
  /** What one query of the group may scan; 10 MB at least. @default - `scanCutoff` of the environment */
  readonly scanCutoff?: Size;
}

/** Who reads where nothing else is said. */
export const EVERYBODY_READS: readonly ConsumerNeed[] = [{ group: 'analysts', domains: 'all' }];

/** Who may become some roles; a role that several entries are about, all of theirs. */
export interface TrustNeed {
  readonly actor: TrustedActor;
  /** Of analysts: those of which group of `consumers`. @default - of every one */
  readonly group?: string;
  /** Of stewards and producers: those of which domain. @default - of every one */
  readonly domain?: string;
  /** Of a domain's producers: that of which dataset. @default - of every one */
  readonly dataset?: string;
  /**
   * ARNs of roles and users, of this account or of others. '*' and '?' stand in what IAM Identity Center ends its roles' names with:
   * `…/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_*` is the permission set `Analyst`, and each whose name begins `Analyst_`.
   */
  readonly principals: readonly string[];
}

/** Actors that somebody becomes; the others are services. */
export type TrustedActor = Extract<Actor, 'analyst' | 'auditor' | 'producer' | 'steward'>;

/** Who hears of an alarm. */
export interface AlarmNeed {
  /** Each address gets a message that it must confirm, and one more from the second region. More can subscribe to the topics. */
  readonly emails: readonly string[];
}

/** An environment that is not there, or cannot be deployed. Codes are stable: `UnknownEnvironment`, `InvalidEnvironment`, `NobodyTrusted`, `NobodyAsks`. */
export class EnvironmentError extends Error {
  constructor(
    readonly code: string,
    faults: readonly string[],
  ) {
    super(faults.map((fault) => `${code}: ${fault}`).join('\n'));
    this.name = 'EnvironmentError';
  }
}
