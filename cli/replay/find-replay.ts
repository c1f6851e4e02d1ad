import type { DatasetContract } from '../../core/contract/model.ts';
import { outputKey } from '../../core/naming.ts';
import { CommandError } from '../command-error.ts';
import { keyOf } from '../platform/names.ts';
import type { Outputs } from '../platform/platform.ts';

/** The function that replays a dataset: it stands in the stack in which the dataset does. @throws {@link CommandError} `OutputMissing` */
export function replayFunctionOf(outputs: Outputs, stacks: (stack: string) => boolean, dataset: DatasetContract): string {
  const [, values] =
    Object.entries(outputs).find(
      ([stack, { [outputKey.prefix(dataset.name)]: prefix }]) => stacks(stack) && prefix !== undefined,
    ) ?? [];
  const key = outputKey.replayFunction(Number(values?.[outputKey.replayOf(dataset.name)] ?? 1));
  const name = values?.[key];
  if (name === undefined)
    throw new CommandError(
      'OutputMissing',
      `the stack of '${keyOf(dataset)}' must have the output '${key}'; synthesize it with this version of headwaters and start the platform anew`,
    );
  return name;
}
