import { ownOf } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import type { Deployment } from './deployment.ts';
import { DynamicReferences } from './dynamic-references.ts';
import { holds, type Scope } from './intrinsics.ts';
import { stableUuid } from './physical-name.ts';
import type { StackTemplate } from './read-assembly.ts';
import type { Provided, Services } from './resource-type.ts';
import { parameterValues } from './template-parameters.ts';

/** `AWS::StackId`, the same in each run. */
export const stackIdOf = ({ name }: Pick<StackTemplate, 'name'>, { accountId, region }: Services): string =>
  `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${stableUuid(name)}`;

/**
 * What names in a stack's template stand for.
 *
 * @param created What was made of it so far: it grows
 * @param given Values of its parameters
 * @throws AssemblyError for a parameter that has no value, or one that it may not have
 */
export function stackScope(
  stack: StackTemplate,
  { services, exports, help }: Deployment,
  created: ReadonlyMap<string, Provided>,
  given: Readonly<Record<string, unknown>>,
): Scope {
  const pseudo: ReadonlyMap<string, string> = new Map(
    Object.entries({
      'AWS::AccountId': services.accountId,
      'AWS::Region': services.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': stackIdOf(stack, services),
    }),
  );
  const whatHelps = (name: string): string => help(name, stack.name);
  const parameters = parameterValues(stack, { given, store: services.ssm.store, help: whatHelps });
  const references = new DynamicReferences(stack, services.ssm.store, services.secrets, whatHelps);
  /** Conditions that are being evaluated. */
  const asked = new Set<string>();
  const scope: Scope = {
    ref: (name) => pseudo.get(name) ?? created.get(name)?.ref ?? parameters.get(name),
    attribute: (id, attribute) => ownOf(created.get(id)?.attributes ?? {}, attribute),
    importValue: (name) => exports.get(name),
    condition: (name) => {
      const expression = ownOf(stack.conditions, name);
      if (expression === undefined) return undefined;
      const at = `${stack.name}.Conditions.${name}`;
      if (asked.has(name)) throw new AssemblyError('CircularDependency', `${at}: the condition '${name}' depends on itself`);
      asked.add(name);
      try {
        return holds(expression, scope, at);
      } finally {
        asked.delete(name);
      }
    },
    mappings: stack.mappings,
    dynamic: (text, at) => references.resolve(text, at),
    conceal: (message) => references.conceal(message),
  };
  return scope;
}
