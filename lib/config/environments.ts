import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Environment } from './environment.ts';

/** Cheap, and meant to be thrown away, data included. */
const dev: Environment = {
  name: 'dev',
  ...(process.env.CDK_DEFAULT_ACCOUNT === undefined ? {} : { account: process.env.CDK_DEFAULT_ACCOUNT }),
  ...(process.env.CDK_DEFAULT_REGION === undefined ? {} : { region: process.env.CDK_DEFAULT_REGION }),
  removalPolicy: RemovalPolicy.DESTROY,
  terminationProtection: false,
  shards: 1,
  streamRetention: Duration.hours(24),
  logRetention: RetentionDays.TWO_WEEKS,
  scanCutoff: Size.gibibytes(10),
};

const ENVIRONMENTS: readonly Environment[] = [dev];

/** The environment of a name; none means dev. @throws RangeError naming those there are */
export function environmentNamed(name: unknown): Environment {
  const found = ENVIRONMENTS.find((environment) => environment.name === (name ?? 'dev'));
  if (found === undefined) {
    throw new RangeError(
      `UnknownEnvironment: '-c env' must be one of ${ENVIRONMENTS.map((e) => e.name).join(', ')}, got '${String(name)}'; choose one, or add it to lib/config/environments.ts`,
    );
  }
  return found;
}
