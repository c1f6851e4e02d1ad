import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { EverMoreWays, mostAttempts } from './pattern/attempts.ts';
import { explainInvalid } from './pattern/explain-invalid.ts';
import { NotLinear, stepsOf } from './pattern/steps.ts';

export interface PatternFault {
  readonly code: 'InvalidPattern' | 'SlowPattern';
  /** What is required, what was got and what to change, to stand behind the pattern's name. */
  readonly message: string;
}

/** Characters of a pattern, and those of one that a message shows. */
const LONGEST_PATTERN = 4096;
const LONGEST_SHOWN = 200;

/**
 * Why a contract may not carry a pattern; undefined for one that it may. A lawful pattern is an ECMAScript regular expression with the flag
 * `u`, searched in the text as JSON Schema does, and its search takes time linear in the text, whatever the text.
 */
export function patternFault(pattern: string): PatternFault | undefined {
  if (pattern.length > LONGEST_PATTERN)
    return slow(`must have at most ${LONGEST_PATTERN} characters, got ${pattern.length}; use a closed list`);
  let parsed: AST.Pattern;
  try {
    parsed = new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: true });
    new RegExp(pattern, 'u').test(''); // the engine compiles at the first use
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(pattern);
    const { reason, remedy } = explainInvalid(pattern, error);
    return {
      code: 'InvalidPattern',
      message: `must be a regular expression of ECMAScript 2022 under the flag u, got '${shown(pattern)}': ${reason}; ${remedy}`,
    };
  }
  try {
    mostAttempts(stepsOf(parsed));
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(pattern);
    if (!(error instanceof NotLinear)) throw error;
    const anchored = error instanceof EverMoreWays ? anchorAdvice(parsed) : '';
    return slow(`${error.message}, got '${shown(error.part ?? pattern)}'; ${anchored}${error.remedy}`);
  }
}

/** A search that may begin anywhere begins everywhere: advice for a pattern that does not say otherwise. */
function anchorAdvice({ alternatives }: AST.Pattern): string {
  const isAnchored = alternatives.every(({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start');
  if (isAnchored) return '';
  return alternatives.length === 1 ? "begin it with '^', and " : "begin each alternative with '^', and ";
}

const shown = (pattern: string): string => (pattern.length > LONGEST_SHOWN ? `${pattern.slice(0, LONGEST_SHOWN - 1)}…` : pattern);
const slow = (message: string): PatternFault => ({ code: 'SlowPattern', message });
/** Groups within groups by the thousand exhaust the stack of who reads them. */
const tooDeep = (pattern: string): PatternFault =>
  slow(`must be simple enough to be shown linear in the text, got '${shown(pattern)}'; use fewer groups within groups`);
