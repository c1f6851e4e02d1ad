import type { MapState } from './definition.ts';
import type { Step, Strand, Variables } from './strand.ts';

/** What an item of a Map is given, and the context in which it runs. */
export interface MapItem {
  readonly input: unknown;
  readonly context: Variables;
}

/** An item as its states see it, by the state's ItemSelector. @param now Milliseconds since the epoch, simulated @throws StatesError */
export async function mapItem(step: Step<MapState>, value: unknown, index: number, own: Strand, now: number): Promise<MapItem> {
  const context = { ...step.strand.context, Map: { Item: { Index: index, Value: value } } };
  const { itemSelector } = step.state;
  if (itemSelector === undefined) return { input: value, context };
  return { input: await itemSelector({ ...step, strand: { ...own, context } }, now), context };
}
