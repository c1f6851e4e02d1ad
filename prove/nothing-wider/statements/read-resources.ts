import { resolve, type Scope } from '../../../local/assembly/intrinsics.ts';
import { inOrder } from '../../../local/assembly/read-assembly.ts';
import { referencesIn } from '../../../local/assembly/references.ts';
import type { Created } from '../../../local/assembly/resource-type.ts';
import { IGNORED_TYPES } from '../../../local/assembly/resource-types.ts';
import { PLACE } from './place.ts';
import { nameResource, type NamedResource } from './resource-names.ts';
import type { PlacedStack } from './synthesize-environment.ts';

/** A resource as it stands in the account. */
export interface StandingResource extends NamedResource, Created {}

/** The resources of an environment, their properties resolved as a deployment would. */
export function readResources(stacks: readonly PlacedStack[]): readonly StandingResource[] {
  const exports = new Map<string, string>();
  return stacks.flatMap((stack) => readStack(stack, exports));
}

function readStack(stack: PlacedStack, exports: Map<string, string>): readonly StandingResource[] {
  const { name, region, resources, outputs } = stack;
  const standing = new Map<string, StandingResource>();
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': PLACE.account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': name,
  };
  const scope: Scope = {
    ref: (id) => pseudo[id] ?? standing.get(id)?.ref,
    attribute: (id, attribute) => standing.get(id)?.attributes[attribute],
    importValue: (id) => exports.get(id),
    condition: () => undefined,
    mappings: stack.mappings,
  };
  const dependencies = new Map(
    [...resources].map(([id, { properties, dependsOn }]) => [
      id,
      [...referencesIn(properties), ...dependsOn].filter((other) => resources.has(other)),
    ]),
  );
  for (const logicalId of inOrder(dependencies)) {
    const resource = resources.get(logicalId);
    if (resource === undefined || IGNORED_TYPES.includes(resource.type)) continue;
    const at = `${name}.${logicalId}`;
    const properties = resolve(resource.properties, scope, at) as NamedResource['properties'];
    const named = { stack: name, logicalId, type: resource.type, properties, account: PLACE.account, region };
    standing.set(logicalId, { ...named, ...nameResource(named) });
  }
  for (const [id, output] of Object.entries(outputs as Readonly<Record<string, Output>>)) {
    const exported = output.Export?.Name;
    if (exported !== undefined)
      exports.set(String(resolve(exported, scope, name)), String(resolve(output.Value, scope, `${name}.Outputs.${id}`)));
  }
  return [...standing.values()];
}

interface Output {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}
