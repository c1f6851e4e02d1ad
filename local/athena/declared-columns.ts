import { coerce } from './sql/analysis/cast.ts';
import { isCoercible } from './sql/analysis/coercion.ts';
import { namedType, typeText, type Type } from './sql/analysis/type.ts';
import { typed } from './sql/analysis/typed.ts';
import { QueryError } from './sql/query-error.ts';
import { Cursor } from './sql/syntax/cursor.ts';
import { readTypeName } from './sql/syntax/type-name.ts';
import type { TableReference, TranslatedQuery } from './sql/translator.ts';
import type { PrestoView } from './view.ts';

type Column = TranslatedQuery['columns'][number];

/**
 * A view's query with the columns that the view was made with. Those it gives today must be as many, of the same names, and of types that
 * Trino coerces to the declared ones: nothing else is compared, so that a table may gain columns that the view does not name.
 *
 * @throws QueryError VIEW_IS_STALE, INVALID_VIEW, NOT_SUPPORTED
 * @see https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/sql/analyzer/StatementAnalyzer.java
 */
export function asDeclared(view: TableReference, declared: PrestoView['columns'], query: TranslatedQuery): TranslatedQuery {
  const name = `awsdatacatalog.${view.database}.${view.table}`;
  const stale = (why: string): QueryError => new QueryError(`VIEW_IS_STALE: View '${name}' is stale or in invalid state: ${why}`);
  const [stored, given] = [declared.length, query.columns.length];
  if (stored !== given)
    throw stale(
      `stored view column count (${stored}) does not match column count derived from the view query analysis (${given})`,
    );
  const all = declared.map((column) => ({ name: column.name, type: declaredType(name, column) }));
  const columns = query.columns.flatMap((column, place) => {
    const wanted = all[place];
    if (wanted === undefined) return [];
    const why = difference(column, wanted, place);
    if (why !== undefined) throw stale(why);
    return [{ ...column, type: isSame(column.type, wanted.type) ? column.type : wanted.type }];
  });
  return { sql: withTypes(query, columns), columns };
}

/** What keeps a column of the query from being one of the view, in Trino's words; places count from 0. */
function difference({ name, type }: Column, wanted: Pick<Column, 'name' | 'type'>, place: number): string | undefined {
  const projected = `of type ${typeText(type)} projected from query view at position ${place}`;
  const stored = `column [${wanted.name}] of type ${typeText(wanted.type)} stored in view definition`;
  if (name === `_col${place}`) return `a column ${projected} has no name`;
  if (name !== wanted.name) return `column [${name}] ${projected} has a different name from ${stored}`;
  if (isSame(type, wanted.type) || isCoercible(type, wanted.type)) return undefined;
  return `column [${name}] ${projected} cannot be coerced to ${stored}`;
}

/** A stored type does not tell a zone. */
const isSame = (type: Type, wanted: Type): boolean => typeText(type) === typeText(wanted);

function declaredType(view: string, { name, type }: PrestoView['columns'][number]): Type {
  try {
    return namedType(readTypeName(new Cursor(type)));
  } catch (error) {
    if (error instanceof QueryError && error.message.startsWith('NOT_SUPPORTED')) throw error;
    throw new QueryError(`INVALID_VIEW: Unknown type '${type}' for column '${name}' in view: ${view}`);
  }
}

function withTypes({ sql, columns: before }: TranslatedQuery, columns: readonly Column[]): string {
  if (columns.every(({ type }, place) => type === before[place]?.type)) return sql;
  const select = before.map(
    ({ type }, place) => `${coerce(typed(`c${place}`, type), columns[place]?.type ?? type)} as c${place}`,
  );
  return `select ${select.join(', ')} from (${sql})`;
}
