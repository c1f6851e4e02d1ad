import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { ShardLevelMetrics } from 'aws-cdk-lib/aws-kinesis';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { didYouMean } from '../../core/suggest.ts';
import { checkEnvironment } from './check-environment.ts';
import { EnvironmentError, type Environment } from './environment.ts';

/** Where the credentials at hand lead: an environment with an account of its own states it instead. */
const target = {
  ...(process.env.CDK_DEFAULT_ACCOUNT === undefined ? {} : { account: process.env.CDK_DEFAULT_ACCOUNT }),
  ...(process.env.CDK_DEFAULT_REGION === undefined ? {} : { region: process.env.CDK_DEFAULT_REGION }),
};

const dev: Environment = {
  ...target,
  name: 'dev',
  purpose: 'to try things out; may be destroyed whole, data included',
  removalPolicy: RemovalPolicy.DESTROY,
  terminationProtection: false,
  shards: 1,
  shardMetrics: [],
  streamRetention: Duration.hours(24),
  longestBuffer: Duration.minutes(15),
  eventBridge: false,
  logRetention: RetentionDays.TWO_WEEKS,
  accessLogRetention: Duration.days(30),
  resultRetention: Duration.days(7),
  scanCutoff: Size.gibibytes(10),
  costCentre: 'development',
  tags: {},
};

const staging: Environment = {
  ...target,
  name: 'staging',
  purpose: 'to rehearse what prod will get; its data outlives its stacks',
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  terminationProtection: true,
  shards: 1,
  shardMetrics: [],
  streamRetention: Duration.days(3),
  longestBuffer: Duration.minutes(15),
  eventBridge: true,
  network: { cidr: '10.21.0.0/24', zones: 2 },
  audit: { lock: 'governance', lockedFor: Duration.days(7), retention: Duration.days(90), managementEvents: false },
  logRetention: RetentionDays.THREE_MONTHS,
  accessLogRetention: Duration.days(90),
  resultRetention: Duration.days(7),
  scanCutoff: Size.gibibytes(100),
  alarms: { emails: [] },
  costCentre: 'development',
  tags: {},
};

const prod: Environment = {
  ...target,
  name: 'prod',
  purpose: 'what the company relies on; its data outlives its stacks',
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  terminationProtection: true,
  replicationRegion: 'eu-west-3',
  shards: 1,
  shardMetrics: [
    ShardLevelMetrics.INCOMING_BYTES,
    ShardLevelMetrics.INCOMING_RECORDS,
    ShardLevelMetrics.WRITE_PROVISIONED_THROUGHPUT_EXCEEDED,
  ], // which shard is hot
  streamRetention: Duration.days(7), // a weekend and its Monday: nothing is lost while a delivery is mended
  longestBuffer: Duration.minutes(15),
  eventBridge: true,
  network: { cidr: '10.20.0.0/24', zones: 2 },
  audit: { lock: 'governance', lockedFor: Duration.days(365), retention: Duration.days(365), managementEvents: true },
  logRetention: RetentionDays.ONE_YEAR,
  accessLogRetention: Duration.days(365),
  resultRetention: Duration.days(7),
  scanCutoff: Size.tebibytes(1),
  alarms: { emails: [] }, // whom to wake: addresses that will confirm, or subscriptions of the topics made elsewhere
  monthlyBudget: 1000,
  costCentre: 'data-platform',
  tags: {},
};

export const ENVIRONMENTS: readonly Environment[] = [dev, staging, prod];

/** What `-c env` takes beside a name. */
const ALL = 'all';

/**
 * The environments that `-c env` asks for: dev where it says nothing, every one for `all`.
 *
 * @throws EnvironmentError `UnknownEnvironment`, naming those there are; `InvalidEnvironment`
 */
export function environmentsAsked(asked: unknown): readonly Environment[] {
  const name = asked === undefined ? dev.name : typeof asked === 'string' ? asked : JSON.stringify(asked);
  const found = ENVIRONMENTS.filter((environment) => name === ALL || environment.name === name);
  if (found.length === 0) {
    const known = [...ENVIRONMENTS.map((environment) => environment.name), ALL];
    throw new EnvironmentError('UnknownEnvironment', [
      `'-c env' must be one of ${known.join(', ')}, got '${name}'${didYouMean(name, known) || '; choose one, or add it to lib/config/environments.ts'}`,
    ]);
  }
  return found.map(checkEnvironment);
}
