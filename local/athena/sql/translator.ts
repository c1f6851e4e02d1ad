import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { identifier } from '../../parquet/engine.ts';
import { cast } from './analysis/cast.ts';
import { QueryTranslator, type AskedVersion, type OutputColumn } from './analysis/query.ts';
import { VARCHAR, type Type } from './analysis/type.ts';
import { typed } from './analysis/typed.ts';
import { DEFINITIONS, SETTINGS } from './macros.ts';
import { registerNatives } from './native/register.ts';
import { QueryError } from './query-error.ts';
import type { Query } from './syntax/ast.ts';

/** A table, a view, or what stands for one, as a query names it; in lower case. */
export interface TableReference {
  readonly database: string;
  /** May be a name that no table has: `orders$partitions`; and the database may be `information_schema`. */
  readonly table: string;
}

/** What a query must know of a relation before it can be put into the engine's SQL. */
export interface RelationShape {
  /** What stands after the engine's FROM: a name or a query in parentheses. */
  readonly sql: string;
  /** In order. A hidden column can be named and is no part of `*`: `$path`, `$file_size`, `$file_modified_time`. */
  readonly columns: readonly { readonly name: string; readonly type: Type; readonly hidden?: boolean }[];
}

export interface Session {
  /** What names without a database belong to. */
  readonly database?: string;
  /** What names without a catalog belong to. @default - the one there is */
  readonly catalog?: string;
  /** Milliseconds since the epoch, simulated: what `now()` and `current_date` answer, in UTC. */
  readonly now: number;
  /** Finds a relation by its name; throws QueryError TABLE_NOT_FOUND, or what the catalog refuses with. Asked once for each name and version. */
  readonly relation: (reference: TableReference, version?: AskedVersion) => RelationShape;
}

/** A column of a query's result; one without a name is called `_col` and its place. */
export interface ResultColumn {
  /** In lower case, as a table or a view made of the query knows it. */
  readonly name: string;
  /** As the query wrote it, which is how Athena heads the column. */
  readonly label: string;
  readonly type: Type;
}

/** A query ready for the engine. */
export interface TranslatedQuery {
  /** The columns of its result are `c0`, `c1`, … */
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
}

/** The one catalog there is. */
const CATALOG = 'awsdatacatalog';

/** The engine's own name for the database that a query's tables are put in: a Glue database may have any other. */
export const ENGINE_CATALOG = 'hw_athena';

/** How the engine knows a table that was put there. */
export const engineName = ({ database, table }: TableReference): string =>
  [ENGINE_CATALOG, database, table].map(identifier).join('.');

/**
 * Puts a query into the engine's SQL with Trino's meaning. What is not on the tested list is refused by name, never guessed.
 *
 * @throws QueryError with Trino's name for what is wrong and its place in the statement
 */
export function translate(query: Query, session: Session): TranslatedQuery {
  const shapes = new Map<string, RelationShape>();
  let aliases = 0;
  const translator = new QueryTranslator(
    {
      now: session.now,
      next: () => (aliases += 1),
      table: (parts, _place, version) => {
        const reference = referenceOf(parts, session);
        const key = JSON.stringify([reference, version?.sql]);
        const shape = shapes.get(key) ?? session.relation(reference, version);
        shapes.set(key, shape);
        const columns = shape.columns.map((column) => ({ ...column, engineName: column.name }));
        return { sql: shape.sql, qualifier: [CATALOG, reference.database, reference.table], columns };
      },
    },
    undefined,
    new Map(),
  );
  const { sql, columns } = translator.translate(query);
  return { sql, columns: columns.map(named) };
}

const named = ({ name, label, type }: OutputColumn, place: number): ResultColumn => {
  const known = name ?? `_col${place}`;
  return { name: known, label: label ?? known, type };
};

/**
 * The reference that a name of one, two or three parts means.
 *
 * @throws QueryError CATALOG_NOT_FOUND, MISSING_SCHEMA_NAME, SYNTAX_ERROR
 */
function referenceOf(parts: readonly string[], session: Pick<Session, 'catalog' | 'database'>): TableReference {
  const [table = '', schema, catalog = session.catalog, ...more] = [...parts].reverse();
  if (more.length > 0) throw new QueryError(`SYNTAX_ERROR: Too many dots in table name: ${parts.join('.')}`);
  if (catalog !== undefined && catalog !== CATALOG)
    throw new QueryError(`CATALOG_NOT_FOUND: Catalog '${catalog}' does not exist`);
  const owner = schema ?? session.database;
  if (owner === undefined) throw new QueryError('MISSING_SCHEMA_NAME: Schema must be specified when session schema is not set');
  return { database: owner, table };
}

/** The query whose values are ready to be shown: what the engine would write in its own way is text already. */
export function toShow({ sql, columns }: TranslatedQuery): string {
  const shown = columns.map(({ type }, place) =>
    cast(typed(`c${place}`, withMilliseconds(type)), shownType(withMilliseconds(type))),
  );
  if (shown.every((text, place) => text === `c${place}`)) return sql;
  return `select ${shown.map((text, place) => `${text} as c${place}`).join(', ')} from (${sql})`;
}

/** Milliseconds are shown even of a moment that was given none. */
const LEAST_PRECISION = 3;

/** A type whose moments have milliseconds at least: the engine keeps them anyway. */
function withMilliseconds(type: Type): Type {
  switch (type.kind) {
    case 'time':
    case 'timestamp':
    case 'timestamp_tz':
      return { ...type, precision: Math.max(LEAST_PRECISION, type.precision) };
    case 'array':
      return { kind: 'array', element: withMilliseconds(type.element) };
    case 'map':
      return { kind: 'map', key: withMilliseconds(type.key), value: withMilliseconds(type.value) };
    case 'row':
      return { kind: 'row', fields: type.fields.map((field) => ({ ...field, type: withMilliseconds(field.type) })) };
    default:
      return type;
  }
}

/** The same type with text in place of what the engine has no like of, or writes otherwise. */
function shownType(type: Type): Type {
  switch (type.kind) {
    case 'interval_day':
    case 'interval_year':
    case 'time':
      return VARCHAR;
    case 'timestamp':
      return type.precision > LEAST_PRECISION ? VARCHAR : type;
    case 'timestamp_tz':
      return type.precision > LEAST_PRECISION || type.zone !== 'UTC' ? VARCHAR : type;
    case 'array':
      return { kind: 'array', element: shownType(type.element) };
    case 'map':
      return { kind: 'map', key: shownType(type.key), value: shownType(type.value) };
    case 'row':
      return { kind: 'row', fields: type.fields.map((field) => ({ ...field, type: shownType(field.type) })) };
    default:
      return type;
  }
}

const defined = new WeakMap<DuckDBInstance, Promise<void>>();

/** Readies a connection for what `translate` writes. */
export async function prepareConnection(duckdb: DuckDBInstance, connection: DuckDBConnection): Promise<void> {
  const known = defined.get(duckdb) ?? define(connection);
  defined.set(duckdb, known);
  await known;
  await connection.run(SETTINGS);
}

/** Functions are the engine's: whoever connects later has them too. */
async function define(connection: DuckDBConnection): Promise<void> {
  registerNatives(connection);
  await connection.run(DEFINITIONS);
}
