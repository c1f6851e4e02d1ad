import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { InvalidProps } from './invalid-props.ts';

/** What paths of roles, databases, workgroups and buckets all take as it stands: Glue folds capitals, and no policy would follow. */
const SIGNS = /^[a-z][a-z0-9]*$/;
/** The longest bucket's name, of 63: `headwaters-<environment>-curated-<region, up to 14>-<account, 12>`. */
const LONGEST = 16;

/** @throws {@link InvalidProps} `BadEnvironment` */
export function refuseEnvironment(scope: IConstruct, environment: string): void {
  if (Token.isUnresolved(environment)) return;
  if (!SIGNS.test(environment))
    throw new InvalidProps(
      'BadEnvironment',
      scope,
      `'environment' must be lower-case letters and digits, a letter first, got '${environment}'; rename it`,
    );
  if (environment.length > LONGEST)
    throw new InvalidProps(
      'BadEnvironment',
      scope,
      `'environment' must have at most ${LONGEST} characters, for buckets are named by it, got ${environment.length} in '${environment}'; shorten it`,
    );
}
