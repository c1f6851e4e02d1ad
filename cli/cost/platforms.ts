import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { byEnvironment } from '../../core/cost/template/environments.ts';
import type { Templates } from '../../core/aws/template.ts';
import { CommandError } from '../command-error.ts';

/**
 * The stacks of an assembly, by their environments.
 *
 * @throws {@link CommandError} `UnknownEnvironment`
 */
export function platformsOf(templates: Templates, asked: string | undefined): (readonly [string, Templates])[] {
  const platforms = byEnvironment(templates);
  const known = [...platforms.keys()];
  if (asked !== undefined && !known.includes(asked))
    throw new CommandError(
      'UnknownEnvironment',
      `'--env' must be an environment of the templates, or all, got '${asked}'${didYouMean(asked, known) || `; ${nameOneOf(known)}`}`,
    );
  return [...platforms].filter(([name]) => asked === undefined || name === asked);
}
