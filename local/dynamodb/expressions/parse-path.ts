import type { Path } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Problem } from './problem.ts';
import { isReserved } from './reserved-words.ts';
import type { Tokens } from './tokens.ts';

/** Names and indexes of one path. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const DEEPEST = 32;
const LARGEST_INDEX = 2 ** 31 - 1;

/** Told of what is wrong with names, and the reading goes on. */
export interface PathTrouble {
  readonly reserved: (message: string) => void;
  readonly undefined: (message: string) => void;
}

/** Reads `a.#b[1]`. @throws Problem for what is no path */
export function parsePath(tokens: Tokens, placeholders: Placeholders, trouble: PathTrouble): Path {
  const path: [string, ...(string | number)[]] = [nameOf(tokens, placeholders, trouble)];
  for (;;) {
    if (tokens.takes('.')) path.push(nameOf(tokens, placeholders, trouble));
    else if (tokens.takes('[')) {
      if (tokens.peek().kind !== 'number') throw tokens.unexpected();
      path.push(indexOf(tokens.next().text));
      tokens.expect(']');
    } else break;
  }
  if (path.length > DEEPEST) throw new Problem(`The document path has too many nesting levels; nesting levels: ${path.length}`);
  return path;
}

function indexOf(text: string): number {
  const index = Number(text);
  if (index > LARGEST_INDEX) throw new Problem(`List index is not within the allowable range; index: [${text}]`);
  return index;
}

function nameOf(tokens: Tokens, placeholders: Placeholders, trouble: PathTrouble): string {
  const { kind, text } = tokens.peek();
  if (kind !== 'name' && kind !== 'placeholder') throw tokens.unexpected();
  tokens.next();
  if (kind === 'name') {
    if (isReserved(text)) trouble.reserved(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return text;
  }
  const name = placeholders.name(text);
  if (name === undefined)
    trouble.undefined(`An expression attribute name used in the document path is not defined; attribute name: ${text}`);
  return name ?? text;
}
