import { ENVIRONMENT_NAMES, surroundingsOf, templatesOf } from '../matrix/read-platform.ts';
import { TemplatesCopy } from './copy.ts';
import { findingsJudge, matrixJudge, reviewJudge, type MutantJudge } from './judges.ts';
import type { Ground } from './try-mutant.ts';

/** The plainest environment, and the richest: what the one lacks is spoiled in the other, which takes longer to judge. */
export const GROUNDS: readonly string[] = [...new Set([ENVIRONMENT_NAMES[0], ENVIRONMENT_NAMES.at(-1)])].filter(
  (name) => name !== undefined,
);

/** Reads environments, with who judges what becomes of them. @param more Judges beside those of templates, the dearest last */
export const groundsOf = (
  names: readonly string[],
  more: (environment: string) => readonly MutantJudge[] = () => [],
): Promise<readonly Ground[]> =>
  Promise.all(
    names.map(async (name) => {
      const templates = new TemplatesCopy(templatesOf(name)).texts();
      const matrix = await matrixJudge(name, templates, surroundingsOf(name));
      return { name, templates, judges: [reviewJudge, findingsJudge(), matrix, ...more(name)] };
    }),
  );
