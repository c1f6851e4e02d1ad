import { countLevels } from '../../core/review/count-levels.ts';
import { parseLevels } from '../../core/review/fail-on.ts';
import { renderMarkdown } from '../../core/review/render/markdown.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';
import { compare } from './compare.ts';
import { FAILS, UNUSABLE } from './exit-codes.ts';

export interface ReviewOptions {
  readonly base?: string;
  readonly head?: string;
  readonly env?: string;
  readonly failOn: string;
  readonly json: boolean;
}

/** Compares this project with a base, and prints what the change does. */
export async function runReview(
  { base, failOn, json, ...asked }: ReviewOptions,
  out: Out,
  setExitCode: (code: number) => void,
): Promise<void> {
  try {
    if (base === undefined)
      throw new CommandError(
        'BaseMissing',
        "'--base' must be given; name what the change goes into, such as '--base origin/main'",
      );
    const levels = parseLevels(failOn);
    const review = await compare(projectAround(process.cwd()), { ...asked, base }, out);
    const counts = countLevels(review);
    const fails = [...counts.keys()].filter((level) => levels.includes(level));
    out.line(json ? JSON.stringify({ fails, counts: Object.fromEntries(counts), ...review }) : renderMarkdown(review, levels));
    if (fails.length > 0) setExitCode(FAILS);
  } catch (error) {
    if (!(error instanceof Error) || !isMendable(error)) throw error;
    out.failed();
    process.stderr.write(`${error.message}\n`);
    setExitCode(UNUSABLE);
  }
}

/** A fault with a code of ours is somebody's to mend; anything else is ours, and brings its stack. */
const isMendable = (error: Error): boolean =>
  error.name === 'ContractError' || ('code' in error && typeof error.code === 'string' && error.message.includes(error.code));
