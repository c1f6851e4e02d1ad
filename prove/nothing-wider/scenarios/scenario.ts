import type { World } from './world.ts';

/** What a role does on a running platform, by a name that a report can tell. */
export interface Scenario {
  readonly name: string;
  /** @throws the service's refusal */
  readonly run: (world: World) => Promise<void>;
}

/** Does the work for every item, whatever becomes of the others. @throws AggregateError with what was refused */
export async function each<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const refused: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => refused.push(error));
  if (refused.length > 0) throw new AggregateError(refused);
}
