import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate } from './read-assembly.ts';
import { referencesIn } from './references.ts';

const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

/**
 * A delivery stream that is created before its role's policy is attached may be refused, or find its source closed: CloudFormation waits for
 * what a resource refers to, and a policy refers to its role, not the other way round.
 *
 * @throws {@link AssemblyError} `PolicyNotAwaited`
 */
export function checkPoliciesAwaited(
  { name, resources }: StackTemplate,
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [id, { type, properties }] of resources) {
    if (type !== 'AWS::KinesisFirehose::DeliveryStream') continue;
    const awaited = closure(id, dependencies);
    const roles = [...referencesIn(properties)].filter((other) => resources.get(other)?.type === 'AWS::IAM::Role');
    for (const [policy, resource] of resources) {
      if (!POLICIES.includes(resource.type) || awaited.has(policy)) continue;
      const attached = [...referencesIn(resource.properties.Roles)].find((role) => roles.includes(role));
      if (attached === undefined) continue;
      throw new AssemblyError(
        'PolicyNotAwaited',
        `${name}.${id} (${type}): may be created before '${policy}' is attached to its role '${attached}'; add a dependency on the policy`,
      );
    }
  }
}

function closure(id: string, dependencies: ReadonlyMap<string, ReadonlySet<string>>, found = new Set<string>()): Set<string> {
  for (const other of dependencies.get(id) ?? []) {
    if (found.has(other)) continue;
    found.add(other);
    closure(other, dependencies, found);
  }
  return found;
}
