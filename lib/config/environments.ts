import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { didYouMean } from '../../core/contract/odcs/suggest.ts';
import { checkEnvironment, EnvironmentError, type Environment } from './environment.ts';

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
  streamRetention: Duration.hours(24),
  logRetention: RetentionDays.TWO_WEEKS,
  scanCutoff: Size.gibibytes(10),
  costCentre: 'development',
};

const staging: Environment = {
  ...target,
  name: 'staging',
  purpose: 'to rehearse what prod will get; its data outlives its stacks',
  removalPolicy: RemovalPolicy.RETAIN,
  terminationProtection: true,
  shards: 1,
  streamRetention: Duration.days(3),
  logRetention: RetentionDays.THREE_MONTHS,
  scanCutoff: Size.gibibytes(100),
  costCentre: 'development',
};

const prod: Environment = {
  ...target,
  name: 'prod',
  purpose: 'what the company relies on; its data outlives its stacks',
  removalPolicy: RemovalPolicy.RETAIN,
  terminationProtection: true,
  shards: 1,
  streamRetention: Duration.days(7), // a weekend and its Monday: nothing is lost while a delivery is mended
  logRetention: RetentionDays.ONE_YEAR,
  scanCutoff: Size.tebibytes(1),
  costCentre: 'data-platform',
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
