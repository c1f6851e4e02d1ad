import type { NamedStatement } from '../statements/statement-names.ts';
import { runWithout, type Surfaced } from './run-without.ts';

/** What came of each removal, and in how many runs. */
export interface SurfacedAll {
  readonly surfaced: readonly Surfaced[];
  readonly runs: number;
}

/** Removes statements together. Where one keeps the platform from being deployed, the others are removed again without it. */
export async function runWithoutEach(
  environment: string,
  assembly: string,
  removed: readonly NamedStatement[],
): Promise<SurfacedAll> {
  const surfaced = await runWithout(environment, assembly, removed);
  const met = surfaced.filter(({ refused }) => refused !== undefined);
  const masked = surfaced.filter(({ refused }) => refused === undefined).map(({ statement }) => statement);
  if (met.length === 0 || masked.length === 0) return { surfaced, runs: 1 };
  const again = await runWithoutEach(environment, assembly, masked);
  return { surfaced: [...met, ...again.surfaced], runs: again.runs + 1 };
}
