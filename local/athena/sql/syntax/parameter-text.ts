import { QueryError } from '../query-error.ts';
import { Cursor } from './cursor.ts';
import { readExpression } from './query.ts';

/** What an execution parameter stands for: an expression, or a text where it is none, or has a name of a column in it. */
export function parameterText(value: string): string {
  try {
    const cursor = new Cursor(value);
    const expression = readExpression(cursor);
    cursor.end();
    return hasName(expression) ? quoted(value) : value;
  } catch (error) {
    if (error instanceof QueryError) return quoted(value);
    throw error;
  }
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Whether there is an identifier anywhere in an expression. */
function hasName(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return ('kind' in part && part.kind === 'identifier') || Object.values(part).some(hasName);
}
