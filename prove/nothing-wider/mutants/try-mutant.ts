import { NoSite, TemplatesCopy } from './copy.ts';
import type { MutantJudge } from './judges.ts';
import type { Mutant } from './mutant.ts';

/** What became of a mutant. */
export interface Trial {
  readonly mutant: Mutant;
  /** The environment whose templates were spoiled; absent where none has what it takes. */
  readonly ground?: string;
  /** Who caught it first, and what they said. */
  readonly caught: readonly { readonly by: string; readonly says: string }[];
}

/** An environment to spoil, and who looks at it: the cheapest first. */
export interface Ground {
  readonly name: string;
  readonly templates: ReadonlyMap<string, string>;
  readonly judges: readonly MutantJudge[];
}

/** Templates before and after, as a mutant has them; undefined where there is nothing to spoil. */
function spoiled(
  mutant: Mutant,
  templates: ReadonlyMap<string, string>,
): readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>] | undefined {
  try {
    const ground = new TemplatesCopy(templates);
    mutant.prepare?.(ground);
    const before = mutant.prepare === undefined ? templates : ground.texts();
    const copy = new TemplatesCopy(before);
    mutant.spoil(copy);
    const after = copy.texts();
    return [...after].every(([name, text]) => text === before.get(name)) ? undefined : [before, after];
  } catch (error) {
    if (error instanceof NoSite) return undefined;
    throw error;
  }
}

/**
 * Spoils the first environment that has what a mutant takes, and asks judge after judge until one catches it. A change of access must be caught
 * by the matrix: others see that something changed, and not what it lets whom do.
 */
export async function tryMutant(mutant: Mutant, grounds: readonly Ground[]): Promise<Trial> {
  for (const { name, templates, judges } of grounds) {
    const pair = spoiled(mutant, templates);
    if (pair === undefined) continue;
    for (const judge of judges.filter((one) => !mutant.isAccess || one.name === 'matrix')) {
      const [says] = await judge.judge(...pair);
      if (says !== undefined) return { mutant, ground: name, caught: [{ by: judge.name, says }] };
    }
    return { mutant, ground: name, caught: [] };
  }
  return { mutant, caught: [] };
}
