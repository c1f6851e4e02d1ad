import type { Machine, MapState } from './definition.ts';
import { mapItem } from './map-item.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { beside, type Step, type Strand, type Variables } from './strand.ts';

/** What an inline Map runs at once where it says nothing. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const CONCURRENCY = 40;

/** Runs the states of an item. */
export type RunStates = (machine: Machine, input: unknown, variables: Variables, strand: Strand) => Promise<unknown>;

/** Runs the items of an inline Map: in this execution, whose variables they see. @param concurrency 0 or none: the default @throws StatesError */
export function iterations(
  step: Step<MapState>,
  items: readonly unknown[],
  concurrency: number | undefined,
  { pace, clock }: RunParts,
  runStates: RunStates,
): Promise<readonly unknown[]> {
  const { name, state, strand, variables } = step;
  const iterate =
    (value: unknown, index: number) =>
    async (own: Strand): Promise<unknown> => {
      const about = { name, index };
      own.trail.startIteration(about);
      try {
        const { input, context } = await mapItem(step, value, index, own, clock.now());
        const result = await runStates(state.processor, input, variables, { ...own, context });
        own.trail.endIteration('Succeeded', about);
        return result;
      } catch (error) {
        if (error instanceof StatesError) own.trail.endIteration('Failed', about);
        throw error;
      }
    };
  return beside(pace, strand, items.map(iterate), concurrency || CONCURRENCY);
}
