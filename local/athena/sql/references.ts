import { contentOf, identifierNode, isObject, nameIn, nodeOf, type Json, type JsonObject } from './node.ts';
import { QueryError } from './query-error.ts';

export interface TableReference {
  readonly database: string;
  readonly table: string;
}

/** The engine's own name for the database that a query's tables are put in: a Glue database may have any other. */
export const ENGINE_CATALOG = 'hw_athena';

/** The one catalog there is. */
const CATALOG = 'awsdatacatalog';

/**
 * Finds the tables a query reads and qualifies their names, so that they mean the same wherever the query is put. Names of `with` queries
 * are no tables.
 *
 * @param database What names without a database belong to.
 * @throws QueryError for a name without a database where none is given, and for another catalog
 */
export function qualify(
  tree: Json,
  database: string | undefined,
): { readonly tree: Json; readonly references: readonly TableReference[] } {
  const found = new Map<string, TableReference>();
  const qualified = visit(tree, new Set());
  return { tree: qualified, references: [...found.values()] };

  function visit(value: Json, hidden: ReadonlySet<string>): Json {
    if (Array.isArray(value)) return value.map((item) => visit(item, hidden));
    if (!isObject(value)) return value;
    const table = contentOf(value, 'table');
    if (table !== undefined && nodeOf(value)?.kind === 'table') return { table: reference(table, hidden) };
    const scope = isObject(value['with']) ? withQueries(value['with'], hidden) : undefined;
    const inner = scope?.hidden ?? hidden;
    const entries = Object.entries(value).map(([key, member]) => [
      key,
      key === 'with' && scope ? scope.clause : visit(member, inner),
    ]);
    return Object.fromEntries(entries) as JsonObject;
  }

  /** Each query of a `with` sees those before it; all see themselves where it is recursive. */
  function withQueries(clause: JsonObject, outer: ReadonlySet<string>): { clause: Json; hidden: ReadonlySet<string> } {
    const hidden = new Set(outer);
    const ctes = (Array.isArray(clause['ctes']) ? clause['ctes'] : []).map((cte) => {
      const name = isObject(cte) ? nameIn(cte['alias']) : undefined;
      if (name !== undefined && clause['recursive'] === true) hidden.add(name);
      const visited = visit(cte, new Set(hidden));
      if (name !== undefined) hidden.add(name);
      return visited;
    });
    return { clause: { ...clause, ctes }, hidden };
  }

  function reference(table: JsonObject, hidden: ReadonlySet<string>): JsonObject {
    const name = nameIn(table['name']) ?? '';
    const schema = nameIn(table['schema']);
    const catalog = nameIn(table['catalog']);
    if (schema === undefined && hidden.has(name)) return table;
    if (catalog !== undefined && catalog !== CATALOG) throw new QueryError(`CATALOG_NOT_FOUND: Catalog '${catalog}' not found`);
    const owner = schema ?? database;
    if (owner === undefined) throw new QueryError('MISSING_SCHEMA_NAME: Schema must be specified when session schema is not set');
    found.set(`${owner}.${name}`, { database: owner, table: name });
    return { ...table, name: identifierNode(name), schema: identifierNode(owner), catalog: identifierNode(ENGINE_CATALOG) };
  }
}
