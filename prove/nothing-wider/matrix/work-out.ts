import { catalogueOf, type Catalogue } from './catalogue.ts';
import { Judge } from './judge.ts';
import type { Environment } from './read-environment.ts';
import { readPairing, surroundingsOf, templatesOf } from './read-platform.ts';
import { matrixOf, type Row } from './rows.ts';
import { servicesOf } from './services.ts';
import { universeOf } from './universe.ts';
import { unwitnessed } from './witness.ts';

/** Who may do what in an environment, and what it was worked out from. */
export interface Worked {
  readonly environment: Environment;
  readonly catalogue: Catalogue;
  readonly judge: Judge;
  readonly rows: readonly Row[];
  /** Where the matrix would be blind. */
  readonly unwitnessed: readonly string[];
}

/**
 * Works the matrix of an environment out.
 *
 * @param templates By the names of their stacks. Default: those of the repository's own contracts
 * @param known What was worked out of templates much like them: what stands as it did is not asked again
 */
export async function workOut(
  name: string,
  templates: ReadonlyMap<string, string> = templatesOf(name),
  known?: Pick<Worked, 'catalogue' | 'judge'>,
): Promise<Worked> {
  const { environment, twin } = readPairing(name, templates, surroundingsOf(name));
  const catalogue = known?.catalogue ?? (await catalogueOf(servicesOf(environment)));
  const judge = known?.judge ?? new Judge(catalogue);
  const rows = matrixOf(environment, twin, catalogue, judge);
  const targets = universeOf(environment, twin, catalogue);
  return { environment, catalogue, judge, rows, unwitnessed: unwitnessed(environment, targets, catalogue) };
}
