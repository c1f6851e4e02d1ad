import { invalidInput } from '../glue-error.ts';

/** Characters of an expression. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html */
const LONGEST = 2048;
const WILDCARD = /\.?\*/;
/** Of regular expressions, what is no part of Glue's patterns here. */
const UNKNOWN = /[\\^$+?()[\]{}.]/;

/**
 * Whether a name as a whole, in any case, is what `expression` says: alternatives between `|`, in which `*` and `.*` stand for any characters.
 *
 * @throws ServiceError InvalidInputException
 */
export function namePattern(expression: string): (name: string) => boolean {
  if (expression.length > LONGEST) throw invalidInput(`'Expression' must have at most ${LONGEST} characters`);
  const alternatives = expression.split('|').map((alternative) => alternative.toLowerCase().split(WILDCARD));
  for (const piece of alternatives.flat()) {
    const [unknown] = UNKNOWN.exec(piece) ?? [];
    if (unknown !== undefined)
      throw invalidInput(`'${unknown}' in 'Expression' is not known here; known: letters, '*', '.*' and '|'`);
  }
  return (name) => alternatives.some((pieces) => isMadeOf(name.toLowerCase(), pieces));
}

/** Whether a text is the pieces in their order, with anything in between: each is taken where it first comes, so that none is tried twice. */
function isMadeOf(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
