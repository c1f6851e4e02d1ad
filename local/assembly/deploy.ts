import { deployStack } from './deploy-stack.ts';
import { whatHelps } from './missing-parameter.ts';
import type { GivenValues } from './given-parameters.ts';
import type { Services } from './resource-type.ts';
import { resourceType } from './resource-types.ts';

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
 * @param stacks In the order of their dependencies, with values for their parameters
 * @throws {@link AssemblyError} naming stack, logical id and type
 */
export async function deploy(given: GivenValues, services: Services): Promise<Deployed> {
  const stacks = [...given.keys()];
  const recorded = new Map<string, number>();
  const help = whatHelps(stacks);
  const deployment = {
    services,
    exports: new Map<string, string>(),
    named: new Set<string>(),
    shared: { keys: new Map(), layers: new Map() },
    recorded,
    help,
  };
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  for (const [stack, parameters] of given) outputs[stack.name] = (await deployStack(stack, deployment, parameters)).outputs;
  const deployed = stacks.map(({ name }) => name);
  await services.customResources.finish(deployed);
  services.ssm.store.finish(deployed);
  return {
    outputs,
    recordedOnly: [...recorded].map(([type, count]) => ({ type, count, reason: resourceType(type)?.recordedOnly ?? '' })),
  };
}
