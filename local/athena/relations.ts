import type { GlueCatalog } from '../glue/catalog.ts';
import { parseHiveType, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn, GlueTable } from '../glue/table.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { asDeclared } from './declared-columns.ts';
import { informationSchema } from './information-schema.ts';
import { inlineRelation, type InlineRelation } from './inline-relation.ts';
import { isProjected } from './layout.ts';
import { currentSnapshot } from '../iceberg/metadata.ts';
import { ICEBERG_HIDDEN_COLUMNS, readSnapshot, type IcebergTable } from './iceberg/iceberg-table.ts';
import { POSITION } from './iceberg/load-files.ts';
import { isIceberg, openTable } from './iceberg/open-table.ts';
import { injectedColumns } from './projected-values.ts';
import { BIGINT, fromHive, TIMESTAMP_UTC, VARCHAR, type Type } from './sql/analysis/type.ts';
import { QueryError } from './sql/query-error.ts';
import type { Query } from './sql/syntax/ast.ts';
import { parseQuery } from './sql/syntax/statement.ts';
import { engineName, translate, type RelationShape, type TableReference, type TranslatedQuery } from './sql/translator.ts';
import { formatOf, type TableFormat } from './table-format.ts';
import { objectsOf, type TableObject } from './table-objects.ts';
import { readView } from './view.ts';

export type { TableObject } from './table-objects.ts';

export interface Column {
  readonly name: string;
  readonly type: HiveType;
}

export interface BaseTable extends TableReference {
  readonly kind: 'table';
  readonly format: TableFormat;
  /** Columns of the files. */
  readonly columns: readonly Column[];
  readonly partitionKeys: readonly Column[];
  /** Keys whose values the query must say. */
  readonly injected: readonly string[];
  readonly objects: readonly TableObject[];
}

export interface View extends TableReference {
  readonly kind: 'view';
  /** DuckDB's SQL, every name qualified. */
  readonly sql: string;
  readonly columns: RelationShape['columns'];
}

export interface ResolvedQuery {
  /** DuckDB's SQL, and the columns that the query answers. */
  readonly query: TranslatedQuery;
  /** What the query reads, each after what it reads itself. */
  readonly relations: readonly Relation[];
}

/** A table whose rows lie in objects. */
export type StoredTable = BaseTable | IcebergTable;
export type Relation = StoredTable | View | InlineRelation;

export const isStored = (relation: Relation): relation is StoredTable => relation.kind === 'table' || relation.kind === 'iceberg';

/** What a query must wait for before it can be resolved: it is loaded, and the query resolved again. */
export class Wanted extends Error {
  constructor(
    readonly key: string,
    readonly load: () => Promise<unknown>,
  ) {
    super(key);
  }
}

/** What a query may ask of the file that a row lies in; no part of `*`. */
export const HIDDEN_COLUMNS: readonly { readonly name: string; readonly type: Type }[] = [
  { name: '$path', type: VARCHAR },
  { name: '$file_size', type: BIGINT },
  { name: '$file_modified_time', type: TIMESTAMP_UTC },
];

/** Views within views that Athena is asked to follow before it gives up. */
const DEEPEST = 10;

export interface ResolverProps {
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** Who reads; views are resolved as the one who asks, not as their maker. */
  readonly caller: Caller;
  /** What was loaded of what was wanted, by key. */
  readonly loaded: ReadonlyMap<string, unknown>;
}

/** Follows a query to the objects it may read, as its caller. */
export class Resolver {
  private readonly relations = new Map<string, Relation>();

  constructor(private readonly props: ResolverProps) {}

  /** @throws Wanted; QueryError; ServiceError AccessDenied in the words of the service that refuses */
  resolve(query: Query, database: string | undefined): ResolvedQuery {
    return { query: this.translate(query, database, 0), relations: [...this.relations.values()] };
  }

  private translate(query: Query, database: string | undefined, depth: number): TranslatedQuery {
    if (depth > DEEPEST) throw new QueryError('INVALID_VIEW: views are nested too deep, or name each other');
    return translate(query, {
      now: this.props.now,
      relation: (reference) => shapeOf(this.known(reference, depth)),
      ...(database !== undefined && { database }),
    });
  }

  private known(reference: TableReference, depth: number): Relation {
    const key = `${reference.database}.${reference.table}`;
    const relation = this.relations.get(key) ?? this.relation(reference, depth);
    this.relations.set(key, relation);
    return relation;
  }

  private relation(reference: TableReference, depth: number): Relation {
    const { catalog, caller } = this.props;
    if (reference.database === 'information_schema') return informationSchema(catalog, caller, reference.table);
    if (reference.table.endsWith('$partitions')) return this.partitions(reference);
    const table = this.find(reference);
    if (table.TableType !== 'VIRTUAL_VIEW') return this.base(reference, table);
    const view = readView(reference.table, table.ViewOriginalText);
    const query = this.translate(parseQuery(view.originalSql), view.schema ?? reference.database, depth + 1);
    const { sql, columns } = view.columns.length === 0 ? query : asDeclared(reference, view.columns, query);
    return { ...reference, kind: 'view', sql, columns };
  }

  private find({ database, table }: TableReference): GlueTable {
    const { catalog, caller } = this.props;
    try {
      catalog.databaseFor(caller, database);
      return catalog.tableFor(caller, database, table);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'EntityNotFoundException') throw error;
      throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${table}' does not exist`);
    }
  }

  private base(reference: TableReference, table: GlueTable): StoredTable {
    if (isIceberg(table)) return this.iceberg(reference, table);
    const keys = (table.PartitionKeys ?? []).map(readColumn);
    return {
      ...reference,
      kind: 'table',
      format: formatOf(table),
      columns: (table.StorageDescriptor?.Columns ?? []).map(readColumn),
      partitionKeys: keys,
      injected: isProjected(table) ? injectedColumns(keys.map(({ name }) => name), table.Parameters ?? {}) : [],
      objects: objectsOf(this.props, table),
    }; // prettier-ignore
  }

  private iceberg(reference: TableReference, table: GlueTable): IcebergTable {
    const open = openTable(this.props, table);
    const key = `${reference.database}.${reference.table}`;
    return this.loaded(key, () => readSnapshot(reference, open, currentSnapshot(open.metadata), this.props, false));
  }

  /** @throws Wanted where it has not been loaded */
  private loaded<T>(key: string, load: () => Promise<T>): T {
    if (!this.props.loaded.has(key)) throw new Wanted(key, load);
    return this.props.loaded.get(key) as T;
  }

  /** The table of a table's registered partitions. */
  private partitions(reference: TableReference): InlineRelation {
    const name = reference.table.slice(0, -'$partitions'.length);
    const table = this.find({ ...reference, table: name });
    const keys = (table.PartitionKeys ?? []).map(readColumn).map((key) => ({ name: key.name, type: fromHive(key.type) }));
    if (keys.length === 0) throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${reference.database}.${reference.table}' does not exist`);
    if (isProjected(table)) throw new QueryError('NOT_SUPPORTED: "$partitions" of a projected table is not what headwaters local lists');
    const { catalog, caller } = this.props;
    const registered = catalog.partitions.list(caller, { database: reference.database, table: name });
    return inlineRelation(reference, keys, registered.map(({ Values }) => Values));
  } // prettier-ignore
}

/** What a query must know of a relation: names and types; of a view, those of its query. */
function shapeOf(relation: Relation): RelationShape {
  if (relation.kind === 'inline') return { sql: relation.sql, columns: relation.columns };
  const sql = engineName(relation);
  if (relation.kind === 'view') return { sql, columns: relation.columns };
  if (relation.kind === 'iceberg') {
    const hidden = [...ICEBERG_HIDDEN_COLUMNS, { name: POSITION, type: BIGINT }];
    return { sql, columns: [...relation.columns, ...hidden.map((column) => ({ ...column, hidden: true }))] };
  }
  const columns = [...relation.columns, ...relation.partitionKeys].map(({ name, type }) => ({ name, type: fromHive(type) }));
  return { sql, columns: [...columns, ...HIDDEN_COLUMNS.map((column) => ({ ...column, hidden: true }))] };
}

function readColumn(column: GlueColumn): Column {
  try {
    return { name: column.Name, type: parseHiveType(column.Type ?? 'string') };
  } catch {
    throw new QueryError(`HIVE_INVALID_METADATA: column '${column.Name}' has a type that headwaters local cannot read`);
  }
}
