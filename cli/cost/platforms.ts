import { didYouMean, nameOneOf } from '../../core/contract/odcs/suggest.ts';
import { environmentOf } from '../../core/findings/ledger.ts';
import type { StackTemplate, Templates } from '../../core/review/template.ts';
import { CommandError } from '../command-error.ts';

/** What stacks are called together that belong to no environment of the blueprint. */
const OTHERS = 'stacks';

/**
 * The stacks of an assembly, by their environments: each is a platform of its own, whose stacks refer to each other.
 *
 * @throws {@link CommandError} `UnknownEnvironment`
 */
export function platformsOf(templates: Templates, asked: string | undefined): (readonly [string, Templates])[] {
  const platforms = new Map<string, Map<string, StackTemplate>>();
  for (const [stack, template] of templates) {
    const name = environmentOf(stack) ?? OTHERS;
    platforms.set(name, (platforms.get(name) ?? new Map<string, StackTemplate>()).set(stack, template));
  }
  const known = [...platforms.keys()];
  if (asked !== undefined && !known.includes(asked))
    throw new CommandError(
      'UnknownEnvironment',
      `'--env' must be an environment of the templates, or all, got '${asked}'${didYouMean(asked, known) || `; ${nameOneOf(known)}`}`,
    );
  return [...platforms].filter(([name]) => asked === undefined || name === asked);
}
