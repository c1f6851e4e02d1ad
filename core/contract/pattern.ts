import { RegExpParser } from '@eslint-community/regexpp';
import { mostAttempts } from './pattern/attempts.ts';
import { NotLinear, stepsOf } from './pattern/steps.ts';

export interface PatternFault {
  readonly code: 'InvalidPattern' | 'SlowPattern';
  /** What is required and what to change, to stand behind the pattern's name. */
  readonly message: string;
}

/** Characters of a pattern. */
const LONGEST_PATTERN = 4096;

/**
 * Why a contract may not carry a pattern; undefined for one that it may. A lawful pattern is an ECMAScript regular expression with the flag
 * `u`, searched in the text as JSON Schema does, and its search takes time linear in the text, whatever the text.
 */
export function patternFault(pattern: string): PatternFault | undefined {
  if (pattern.length > LONGEST_PATTERN)
    return slow(`must have at most ${LONGEST_PATTERN} characters, got ${pattern.length}; use a closed list`);
  try {
    new RegExp(pattern, 'u').test(''); // the engine compiles at the first use
  } catch {
    return invalid();
  }
  try {
    mostAttempts(stepsOf(new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: true })));
    return undefined;
  } catch (error) {
    return error instanceof NotLinear ? slow(error.message) : invalid();
  }
}

const slow = (message: string): PatternFault => ({ code: 'SlowPattern', message });
const invalid = (): PatternFault => ({
  code: 'InvalidPattern',
  message: 'must be a regular expression of ECMAScript 2022 under the flag u; mend it',
});
