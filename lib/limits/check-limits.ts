import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { readStacks } from './read-stacks.ts';
import { notes, refusals, type PathOf } from './report.ts';
import { summaryLine } from './summary.ts';

/** Stacks that AWS would refuse. The code is stable: `LimitExceeded`. */
export class LimitError extends Error {
  readonly code = 'LimitExceeded';

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'LimitError';
  }
}

/** What the CDK notes of each resource: its path. */
const LOGICAL_ID = 'aws:cdk:logicalId';

/**
 * Holds what was synthesized against AWS's limits.
 *
 * @param environments Names of the environments that were synthesized
 * @returns Lines for people: what each environment takes, and what of an account is over its usual quota
 * @throws LimitError naming construct, limit, what was got and the remedy
 */
export function checkLimits(assembly: CloudAssembly, environments: readonly string[]): string[] {
  const stacks = readStacks(assembly);
  const refused = refusals(stacks, pathIn(assembly));
  if (refused.length > 0) throw new LimitError(refused);
  return [...environments.map((environment) => summaryLine(environment, stacks)), ...notes(stacks)];
}

const pathIn =
  (assembly: CloudAssembly): PathOf =>
  (stack, logicalId) => {
    const noted = assembly.getStackByName(stack).findMetadataByType(LOGICAL_ID);
    return noted.find(({ data }) => data === logicalId)?.path.replace(/^\//, '') ?? `${stack}/${logicalId}`;
  };
