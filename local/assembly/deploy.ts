import { Members } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import { DynamicReferences } from './dynamic-references.ts';
import { holds, resolve, type Scope } from './intrinsics.ts';
import { whatHelps } from './missing-parameter.ts';
import { inOrder, type StackTemplate, type TemplateResource } from './read-assembly.ts';
import { referencesIn } from './references.ts';
import { checkPoliciesAwaited } from './policies-awaited.ts';
import { Creation, type Provided, type Services, type Shared } from './resource-type.ts';
import { IGNORED_TYPES, resourceType } from './resource-types.ts';
import { stableUuid } from './physical-name.ts';
import { parameterValues } from './template-parameters.ts';

/** What a deployment answers. */
export interface Deployed {
  /** Outputs by stack, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Types that were recorded and not built. */
  readonly recordedOnly: readonly RecordedType[];
}

export interface RecordedType {
  readonly type: string;
  readonly count: number;
  readonly reason: string;
}

/**
 * Creates the resources of every stack, each after what it refers to; then ends what had been made for these stacks and their templates no longer have: by functions, and in Parameter Store.
 *
 * @param stacks In the order of their dependencies
 * @throws {@link AssemblyError} naming stack, logical id and type
 */
export async function deploy(stacks: readonly StackTemplate[], services: Services): Promise<Deployed> {
  const exports = new Map<string, string>();
  const shared: Shared = { keys: new Map(), layers: new Map() };
  const recorded = new Map<string, number>();
  const outputs: Record<string, Record<string, string>> = {};
  const help = whatHelps(stacks);
  for (const stack of stacks) {
    const created = new Map<string, Provided>();
    const scope = scopeOf(stack, services, created, { exports, help: (name) => help(name, stack.name) });
    const dependencies = dependenciesOf(stack);
    checkPoliciesAwaited(stack, dependencies);
    for (const id of inOrder(dependencies)) {
      const resource = stack.resources.get(id);
      if (resource === undefined || IGNORED_TYPES.includes(resource.type)) continue;
      if (resource.condition !== undefined && !holds({ Condition: resource.condition }, scope, `${stack.name}.${id}`)) continue;
      created.set(id, await create(stack, id, resource, scope, services, shared));
      if (resourceType(resource.type)?.recordedOnly !== undefined)
        recorded.set(resource.type, (recorded.get(resource.type) ?? 0) + 1);
    }
    outputs[stack.name] = readOutputs(stack, scope, exports);
  }
  const deployed = stacks.map(({ name }) => name);
  await services.customResources.finish(deployed);
  services.ssm.store.finish(deployed);
  return {
    outputs,
    recordedOnly: [...recorded].map(([type, count]) => ({ type, count, reason: resourceType(type)?.recordedOnly ?? '' })),
  };
}

async function create(
  stack: StackTemplate,
  id: string,
  resource: TemplateResource,
  scope: Scope,
  services: Services,
  shared: Shared,
): Promise<Provided> {
  const type = resourceType(resource.type);
  if (type === undefined) {
    throw new AssemblyError(
      'UnknownResourceType',
      `${stack.name}.${id}: '${resource.type}' is not known to the local runtime; leave '${stack.path}' out: name the stacks that are to run`,
    );
  }
  const resolved = resolve(resource.properties, scope, `${stack.name}.${id}`) as Readonly<Record<string, unknown>>;
  try {
    const properties = new Members(resolved, (message) => new Error(message));
    if (type.acted !== 'any') properties.only([...type.acted, ...type.recorded]);
    const named = {
      stack: stack.name,
      stackId: stackIdOf(stack, services),
      logicalId: id,
      type: resource.type,
      retention: resource.retention,
    };
    return await type.create(properties, new Creation(named, services, shared, stack.assets));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const told = scope.conceal?.(reason) ?? reason;
    const cause = told === reason ? { cause: error } : {}; // whose own words would say it
    throw new AssemblyError('ResourceRefused', `${stack.name}.${id} (${resource.type}): ${told}`, cause);
  }
}

/**
 * What each resource of a stack must come after. Delivery streams stand first: CloudFormation creates at once whatever waits for nothing, so
 * one that does not wait for the table of its schema finds none.
 */
function dependenciesOf({ name, resources }: StackTemplate): Map<string, Set<string>> {
  const eager = [...resources].sort(([, a], [, b]) => Number(isDelivery(b)) - Number(isDelivery(a)));
  return new Map(
    eager.map(([id, { properties, dependsOn }]) => {
      const stranger = dependsOn.find((other) => !resources.has(other));
      if (stranger !== undefined)
        throw new AssemblyError('UnresolvedReference', `${name}.${id}: DependsOn names '${stranger}', which is not there`);
      return [id, new Set([...referencesIn(properties), ...dependsOn].filter((other) => resources.has(other)))];
    }),
  );
}

const isDelivery = ({ type }: TemplateResource): boolean => type === 'AWS::KinesisFirehose::DeliveryStream';

const stackIdOf = ({ name }: StackTemplate, { accountId, region }: Services): string =>
  `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${stableUuid(name)}`;

function scopeOf(
  stack: StackTemplate,
  services: Services,
  created: ReadonlyMap<string, Provided>,
  { exports, help }: { readonly exports: ReadonlyMap<string, string>; readonly help: (name: string) => string },
): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': services.accountId,
    'AWS::Region': services.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stackIdOf(stack, services),
  };
  const parameters = parameterValues(stack, services.ssm.store, help);
  const references = new DynamicReferences(stack, services.ssm.store, services.secrets, help);
  const scope: Scope = {
    ref: (name) => pseudo[name] ?? created.get(name)?.ref ?? parameters.get(name),
    attribute: (id, attribute) => {
      const attributes: Provided['attributes'] = created.get(id)?.attributes ?? {};
      return Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    },
    importValue: (name) => exports.get(name),
    condition: (name) => {
      const expression = stack.conditions[name];
      return expression === undefined ? undefined : holds(expression, scope, `${stack.name}.Conditions.${name}`);
    },
    mappings: stack.mappings,
    dynamic: (text, at) => references.resolve(text, at),
    conceal: (message) => references.conceal(message),
  };
  return scope;
}

function readOutputs(
  { name: stack, outputs }: StackTemplate,
  scope: Scope,
  exports: Map<string, string>,
): Record<string, string> {
  const all = new Members(outputs);
  const found: Record<string, string> = {};
  for (const id of all.names()) {
    const output = all.object(id);
    const at = `${stack}.Outputs.${id}`;
    const condition = output.optionalText('Condition');
    if (condition !== undefined && !holds({ Condition: condition }, scope, at)) continue;
    const value = String(resolve(output.raw('Value'), scope, at));
    found[id] = value;
    const exported = output.optionalObject('Export')?.raw('Name');
    if (exported !== undefined) exports.set(String(resolve(exported, scope, at)), value);
  }
  return found;
}
