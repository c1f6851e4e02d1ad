import { tokenize } from '../../local/athena/sql/syntax/token.ts';
import { CommandError } from '../command-error.ts';
import type { Answer } from './ask.ts';

/** Athena's complaint of a table that is named without a database, with the table's place. */
const NO_DATABASE = /^QueryFailed: (MISSING_SCHEMA_NAME: line (\d+):(\d+): .*)/s;

/**
 * A query's failure as a person is told it: Athena's complaint of a table without a database is followed by those that have such a table.
 *
 * @param ask Asks what the query asked, with the same rights
 */
export async function withDatabases(
  failure: unknown,
  sql: string,
  ask: (sql: string) => Promise<Pick<Answer, 'rows'>>,
): Promise<unknown> {
  const [, words, line, column] = NO_DATABASE.exec(failure instanceof CommandError ? failure.message : '') ?? [];
  if (words === undefined) return failure;
  const table = tokenize(sql).find((token) => token.line === Number(line) && token.column === Number(column))?.value ?? '';
  try {
    const { rows } = await ask(
      `select table_schema from information_schema.tables where table_name = '${table.replaceAll("'", "''")}' order by 1`,
    );
    const databases = rows.flatMap(([database]) => database ?? []);
    return databases.length === 0 ? failure : new CommandError('QueryFailed', `${words}; ${remedy(databases)}`);
  } catch {
    return failure; // whoever may not list the catalog is told what Athena says
  }
}

const remedy = (databases: readonly string[]): string =>
  databases.length === 1 ? `add '--database ${databases.join('')}'` : `add '--database' with one of ${databases.join(', ')}`;
