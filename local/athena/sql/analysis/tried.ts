import { compile } from '../native/pattern.ts';
import type { Expression } from '../syntax/ast.ts';
import { callsIn } from '../syntax/nodes.ts';
import { failAt } from '../syntax/token.ts';

/**
 * Refuses to try a regular expression that this process may refuse as the query runs: TRY would answer null for it, and Trino has an answer.
 *
 * @throws QueryError NOT_SUPPORTED
 */
export function checkTried(tried: Expression): void {
  const found = callsIn(tried).find(({ name, args }) => name.startsWith('regexp_') && !isSettled(args[1]));
  if (found !== undefined)
    throw failAt(
      tried,
      'NOT_SUPPORTED',
      `TRY around '${found.name}' with this pattern, or one that is no literal, is not on the tested list of headwaters local`,
    );
}

/** Whether a pattern is run for every text, in one way. */
function isSettled(pattern: Expression | undefined): boolean {
  if (pattern?.kind !== 'literal') return false;
  try {
    const { lines, tangled, nested } = compile(pattern.text);
    return !lines && !tangled && !nested;
  } catch {
    return false;
  }
}
