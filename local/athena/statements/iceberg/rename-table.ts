import { randomUUID } from 'node:crypto';
import { inputOf } from '../../../glue/table.ts';
import { isIceberg } from '../../iceberg/open-table.ts';
import type { Outcome } from '../../result-files.ts';
import { QueryError } from '../../sql/query-error.ts';
import type { RelationName } from '../../sql/statement.ts';
import { ddlFailure, fullName, lookUp, NO_DDL, type StatementContext } from '../context.ts';
import { done } from '../text.ts';

const REFUSED = { type: 1006, words: NO_DDL };

/**
 * Gives an Iceberg table another name, under which the catalog keeps the same metadata; its files stay where they are. Glue renames no table
 * of Hive's.
 */
export function renameTable(context: StatementContext, from: RelationName, to: RelationName): Outcome {
  const { catalog, caller } = context;
  const name = fullName(context, from);
  const table = lookUp(context, name);
  if (table === undefined)
    throw new QueryError(`FAILED: SemanticException [Error 10001]: Table not found ${name.database}.${name.name}`, 2, REFUSED);
  if (!isIceberg(table))
    throw ddlFailure(
      `Table cannot be renamed (Service: AmazonDataCatalog; Status Code: 400; Error Code: InvalidInputException; Request ID: ${randomUUID()}; Proxy: null)`,
      REFUSED,
    );
  const next = fullName(context, to);
  if (lookUp(context, next) !== undefined) throw ddlFailure(`AlreadyExistsException(message:Table ${next.name} already exists)`);
  catalog.tables.create(caller, next.database, { ...inputOf(table), Name: next.name });
  catalog.tables.delete(caller, name.database, name.name);
  return done;
}
