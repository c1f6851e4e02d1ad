import { QueryError } from '../query-error.ts';
import { Cursor } from './cursor.ts';
import { nodesIn } from './nodes.ts';
import { readExpression } from './query.ts';

/** What an execution parameter stands for: an expression, or a text where it is none, or has a name of a column in it. */
export function parameterText(value: string): string {
  try {
    const cursor = new Cursor(value);
    const expression = readExpression(cursor);
    cursor.end();
    return nodesIn(expression).some(({ kind }) => kind === 'identifier') ? quoted(value) : value;
  } catch (error) {
    if (error instanceof QueryError) return quoted(value);
    throw error;
  }
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
