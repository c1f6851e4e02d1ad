import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate, TemplateResource } from './read-assembly.ts';
import { referencesIn } from './references.ts';

const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

/**
 * A delivery stream that is created before its role's policy is attached may be refused, or find its source closed, and so may an event source
 * mapping before that of its function's role: CloudFormation waits for what a resource refers to, and a policy refers to its role, not the
 * other way round.
 *
 * @throws {@link AssemblyError} `PolicyNotAwaited`
 */
export function checkPoliciesAwaited(
  { name, resources }: StackTemplate,
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [id, { type, properties }] of resources) {
    const reach = REACH[type];
    if (reach === undefined) continue;
    const awaited = closure(id, dependencies);
    const roles = rolesOf(properties, resources, reach);
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

/** Through which types a resource that needs its role at once reaches it; a function is a resource, or a version or an alias of one. */
const REACH: Readonly<Record<string, readonly string[]>> = {
  'AWS::KinesisFirehose::DeliveryStream': [],
  'AWS::Lambda::EventSourceMapping': ['AWS::Lambda::Alias', 'AWS::Lambda::Version', 'AWS::Lambda::Function'],
};

function rolesOf(
  properties: TemplateResource['properties'],
  resources: StackTemplate['resources'],
  reach: readonly string[],
): readonly string[] {
  return [...referencesIn(properties)].flatMap((other) => {
    const found = resources.get(other);
    if (found?.type === 'AWS::IAM::Role') return [other];
    return found !== undefined && reach.includes(found.type) ? rolesOf(found.properties, resources, reach) : [];
  });
}

function closure(id: string, dependencies: ReadonlyMap<string, ReadonlySet<string>>, found = new Set<string>()): Set<string> {
  for (const other of dependencies.get(id) ?? []) {
    if (found.has(other)) continue;
    found.add(other);
    closure(other, dependencies, found);
  }
  return found;
}
