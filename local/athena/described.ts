import { randomUUID } from 'node:crypto';
import type { GlueCatalog } from '../glue/catalog.ts';
import { unlessMissing } from '../glue/glue-error.ts';
import type { GlueTable } from '../glue/table.ts';
import { ServiceError, type Caller } from '../service.ts';
import { invalid } from './invalid-request.ts';
import type { Statement } from './sql/statement.ts';
import { isView } from './statements/show.ts';

/**
 * The table that DESCRIBE or SHOW COLUMNS names, which Athena looks up before it takes them; undefined for another statement, and where the
 * execution is to say why the caller may not see it.
 *
 * @throws ServiceError InvalidRequestException for a table that there is not, and one whose name stands in double quotes, as a view's may
 */
export function describedTable(
  catalog: GlueCatalog,
  caller: Caller,
  statement: Statement,
  session: string | undefined,
): GlueTable | undefined {
  if (statement.kind !== 'describe' && statement.kind !== 'show_columns') return undefined;
  const { name, database = session?.toLowerCase() } = statement.table;
  if (database === undefined) return undefined;
  try {
    const table = unlessMissing(() => catalog.tableFor(caller, database, name));
    if (table === undefined) throw missing();
    if (statement.refusal !== undefined && !isView(table)) throw invalid(statement.refusal, 'MALFORMED_QUERY');
    return table;
  } catch (error) {
    if (error instanceof ServiceError && error.code.startsWith('AccessDenied')) return undefined;
    throw error;
  }
}

const missing = (): ServiceError =>
  invalid(
    `Entity Not Found (Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: ${randomUUID()}; Proxy: null)`,
  );
