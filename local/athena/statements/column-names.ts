import { QueryError } from '../sql/query-error.ts';
import type { TranslatedQuery } from '../sql/translator.ts';

/**
 * The same of CREATE TABLE AS, to whose query names that stand behind the table's give none.
 *
 * @throws QueryError as {@link checkColumnNames} does; NOT_SUPPORTED for such names of columns that have some
 */
export function checkTableColumns(columns: TranslatedQuery['columns'], named: boolean): void {
  checkColumnNames(columns, 'line 1:1: ');
  if (named)
    throw new QueryError('NOT_SUPPORTED: CREATE TABLE AS that names its columns is not on the tested list of headwaters local');
}

/**
 * What a table or a view is made of must have a name for each column, and no name twice.
 *
 * @param place What the failure's words begin with, where Athena tells one.
 * @throws QueryError MISSING_COLUMN_NAME, DUPLICATE_COLUMN_NAME
 */
export function checkColumnNames(columns: TranslatedQuery['columns'], place = ''): void {
  const seen = new Set<string>();
  for (const [index, { name }] of columns.entries()) {
    if (name === `_col${index}`)
      throw new QueryError(`MISSING_COLUMN_NAME: ${place}Column name not specified at position ${index + 1}`);
    if (seen.has(name)) throw new QueryError(`DUPLICATE_COLUMN_NAME: Column name '${name}' specified more than once`);
    seen.add(name);
  }
}
