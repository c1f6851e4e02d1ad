import { Members } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import type { Deployment } from './deployment.ts';
import { holds, resolve, type Scope } from './intrinsics.ts';
import { nestedTemplate, type NestedStackSource } from './nested-template.ts';
import { checkPoliciesAwaited } from './policies-awaited.ts';
import { inOrder, type StackTemplate, type TemplateResource } from './read-assembly.ts';
import { referencesIn } from './references.ts';
import { Creation, type NestedStack, type Provided } from './resource-type.ts';
import { IGNORED_TYPES, NAMED_TYPES, resourceType } from './resource-types.ts';
import { stackIdOf, stackScope } from './stack-scope.ts';

/**
 * Creates the resources of one stack, each after what it refers to, and of the stacks that are nested in it.
 *
 * @param given Values of its parameters
 * @throws {@link AssemblyError} naming stack, logical id and type
 */
export async function deployStack(
  stack: StackTemplate,
  deployment: Deployment,
  given: Readonly<Record<string, unknown>>,
): Promise<NestedStack> {
  const created = new Map<string, Provided>();
  const scope = stackScope(stack, deployment, created, given);
  const dependencies = dependenciesOf(stack);
  checkPoliciesAwaited(stack, dependencies);
  for (const id of inOrder(dependencies)) {
    const resource = stack.resources.get(id);
    if (resource === undefined || IGNORED_TYPES.includes(resource.type)) continue;
    if (resource.condition !== undefined && !holds({ Condition: resource.condition }, scope, `${stack.name}.${id}`)) continue;
    const provided = await create(stack, id, resource, scope, deployment);
    refuseAnother(`${stack.name}.${id}`, resource.type, provided.ref, deployment.named);
    created.set(id, provided);
    if (resourceType(resource.type)?.recordedOnly !== undefined)
      deployment.recorded.set(resource.type, (deployment.recorded.get(resource.type) ?? 0) + 1);
  }
  return { id: stackIdOf(stack, deployment.services), outputs: readOutputs(stack, scope, deployment.exports) };
}

async function create(
  stack: StackTemplate,
  id: string,
  resource: TemplateResource,
  scope: Scope,
  deployment: Deployment,
): Promise<Provided> {
  const type = resourceType(resource.type);
  if (type === undefined) {
    throw new AssemblyError(
      'UnknownResourceType',
      `${stack.name}.${id}: '${resource.type}' is not known to the local runtime; leave '${stack.path}' out: name the stacks that are to run`,
    );
  }
  const resolved = resolve(resource.properties, scope, `${stack.name}.${id}`) as Readonly<Record<string, unknown>>;
  const { services, shared } = deployment;
  try {
    const properties = new Members(resolved, (message) => new Error(message));
    if (type.acted !== 'any') properties.only([...type.acted, ...type.recorded]);
    const named = {
      stack: stack.name,
      ...(stack.root !== undefined && { root: stack.root }),
      stackId: stackIdOf(stack, services),
      logicalId: id,
      type: resource.type,
      retention: resource.retention,
    };
    const nest = async (source: NestedStackSource): Promise<NestedStack> =>
      deployStack(nestedTemplate(stack, id, source), deployment, source.parameters);
    return await type.create(properties, new Creation(named, services, shared, stack.assets, nest));
  } catch (error) {
    if (error instanceof AssemblyError) throw error; // of a nested stack, which says where
    const reason = error instanceof Error ? error.message : String(error);
    const told = scope.conceal?.(reason) ?? reason;
    const cause = told === reason ? { cause: error } : {}; // whose own words would say it
    throw new AssemblyError('ResourceRefused', `${stack.name}.${id} (${resource.type}): ${told}`, cause);
  }
}

/** A second resource of one name would take the place of the first. */
function refuseAnother(at: string, type: string, ref: string, named: Set<string>): void {
  if (!NAMED_TYPES.includes(type)) return;
  const identity = `${type} ${ref}`;
  if (named.has(identity))
    throw new AssemblyError('ResourceRefused', `${at}: Resource of type '${type}' with identifier '${ref}' already exists.`);
  named.add(identity);
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

function readOutputs(
  { name: stack, outputs }: StackTemplate,
  scope: Scope,
  exports: Map<string, string>,
): Readonly<Record<string, string>> {
  const all = new Members(outputs);
  const found: Record<string, string> = {};
  for (const id of all.names()) {
    const output = all.object(id);
    const at = `${stack}.Outputs.${id}`;
    const condition = output.optionalText('Condition');
    if (condition !== undefined && !holds({ Condition: condition }, scope, at)) continue;
    const value = textOf(resolve(output.raw('Value'), scope, at), at);
    found[id] = value;
    const exported = output.optionalObject('Export')?.raw('Name');
    if (exported === undefined) continue;
    const name = textOf(resolve(exported, scope, at), `${at}.Export.Name`);
    if (exports.has(name))
      throw new AssemblyError('TemplateInvalid', `${at}: Export with name ${name} is already exported by another stack`);
    exports.set(name, value);
  }
  return found;
}

function textOf(value: unknown, at: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new AssemblyError(
    'TemplateInvalid',
    `${at}: Template format error: the Value field of every Outputs member must evaluate to a String`,
  );
}
