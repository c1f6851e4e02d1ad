import type { Reason } from '../reasons.ts';
import { formatTest } from './formats.ts';
import { acceptText, refuse, type TypeOf, type ValueJudge } from './verdict.ts';

export function stringJudge(type: TypeOf<'string'>, validValues: readonly string[] | undefined): ValueJudge {
  const faultOf = stringFault(type, validValues);
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    const fault = faultOf(value);
    return fault === undefined ? acceptText(value) : refuse(fault);
  };
}

/** Compiles the rules of a string to what is wrong with a text; undefined where nothing is. */
export function stringFault(
  type: TypeOf<'string'>,
  validValues: readonly string[] | undefined,
): (text: string) => Reason | undefined {
  const listed = validValues === undefined ? undefined : new Set(validValues);
  const pattern = type.pattern === undefined ? undefined : new RegExp(type.pattern, 'u');
  const hasFormat = type.format === undefined ? undefined : formatTest(type.format);
  const { minLength = 0, maxLength = Infinity } = type;
  return (text) => {
    if (listed !== undefined && !listed.has(text)) return 'not-listed';
    if (!hasLength(text, minLength, maxLength)) return 'wrong-length';
    if (hasFormat !== undefined && !hasFormat(text)) return 'wrong-format';
    if (pattern !== undefined && !matches(pattern, text)) return 'pattern-mismatch';
    return undefined;
  };
}

/** The engine throws where its memory for going back ends, at texts of megabytes: what it cannot judge is not accepted. */
function matches(pattern: RegExp, text: string): boolean {
  try {
    return pattern.test(text);
  } catch {
    return false;
  }
}

/** Characters, which are one or two UTF-16 units each: they are counted only where the units leave a doubt. */
function hasLength(text: string, minimum: number, maximum: number): boolean {
  if (text.length < minimum || text.length > 2 * maximum) return false;
  if (text.length >= 2 * minimum && text.length <= maximum) return true;
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xdc00 && unit <= 0xdfff) pairs += 1; // the second of a pair: a text has no lone one
  }
  return text.length - pairs >= minimum && text.length - pairs <= maximum;
}
