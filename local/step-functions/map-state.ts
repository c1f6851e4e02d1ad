import type { MapState } from './definition.ts';
import { iterations, type RunStates } from './map-iterations.ts';
import { MapRun } from './map-run.ts';
import { checkPayload } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import type { Step } from './strand.ts';

/** Runs the items of a Map, in this execution or as executions of their own. @throws StatesError */
export async function mapResults(step: Step<MapState>, parts: RunParts, runStates: RunStates): Promise<unknown> {
  const { name, state, strand } = step;
  const now = parts.clock.now();
  const items = state.reader === undefined ? await state.items(step, now) : [];
  checkPayload(items, `The items of the state '${name}'`);
  const concurrency = await state.maxConcurrency?.(step, now);
  strand.trail.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const results = state.distributed
    ? await new MapRun(step, parts, now).results(items, concurrency)
    : await iterations(step, items, concurrency, parts, runStates);
  strand.trail.asides(...(state.distributed ? ['MapRunSucceeded'] : []), 'MapStateSucceeded');
  return results;
}
