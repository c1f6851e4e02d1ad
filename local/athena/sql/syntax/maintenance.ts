import type { RelationName, Statement } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { hiveRelationName } from './hive.ts';
import { readExpression } from './query.ts';
import { failAt } from './token.ts';

/** Reads OPTIMIZE and VACUUM; undefined, with nothing read, where it is another statement. @throws QueryError SYNTAX_ERROR */
export function readMaintenance(cursor: Cursor): Statement | undefined {
  if (cursor.take('vacuum')) return { kind: 'vacuum', table: target(cursor) };
  if (!cursor.take('optimize')) return undefined;
  const table = target(cursor);
  for (const word of ['rewrite', 'data', 'using', 'bin_pack']) cursor.expect(word);
  return { kind: 'optimize', table, ...(cursor.take('where') && { where: readExpression(cursor) }) };
}

/** A name that may stand in backticks but not in double quotes. @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html */
function target(cursor: Cursor): RelationName {
  const parts = [0, 2, 4].filter((ahead) => ahead === 0 || cursor.ahead(ahead - 1).text === '.');
  const quoted = parts.map((ahead) => cursor.ahead(ahead)).find(({ kind }) => kind === 'quoted');
  if (quoted !== undefined) throw failAt(quoted, 'SYNTAX_ERROR', `mismatched input '${quoted.text}'. Expecting: <identifier>`);
  return hiveRelationName(cursor);
}
