import { Ending } from './ending.ts';
import type { Entrance, Trail } from './history.ts';
import type { Pace } from './pace.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** One line of states: the execution, a branch, or an item of a Map. */
export interface Strand {
  readonly trail: Trail;
  readonly context: Variables;
  /** Whether it is to go no further. */
  readonly ending: Ending;
}

/** A state that is being run. */
export interface Step<Of = unknown> {
  readonly name: string;
  readonly state: Of;
  readonly input: unknown;
  /** What the state takes of its input. */
  readonly given: unknown;
  readonly variables: Variables;
  readonly strand: Strand;
  readonly entrance: Entrance;
}

/** Thrown through every state of a run that has ended, or of a branch whose neighbour failed: no Catch takes it. */
export class Ended extends Error {}

/** Thrown when the time of a whole execution is over: nothing in it can catch that. */
export class OutOfTime extends Ended {}

/** Runs lines beside each other, so many at once: when one fails, the others go no further, and its events are those that the strand goes on from. */
export async function beside<Result>(
  pace: Pace,
  strand: Strand,
  lines: readonly ((own: Strand) => Promise<Result>)[],
  concurrency: number,
): Promise<Result[]> {
  const ending = new Ending(strand.ending);
  const results: Result[] = [];
  const left = lines.entries();
  const trails = Array.from({ length: Math.min(concurrency, lines.length) }, () => strand.trail.fork());
  const worker = async (trail: Trail): Promise<void> => {
    const own: Strand = { ...strand, trail, ending };
    for (const [index, line] of left) {
      if (ending.isOver()) throw new Ended();
      try {
        results[index] = await line(own);
      } catch (error) {
        if (!ending.isOver()) strand.trail.breakOff(trail, trails);
        ending.end();
        throw error;
      }
    }
  };
  await pace.fork(trails.map((trail) => () => worker(trail)));
  strand.trail.join(trails);
  return results;
}
