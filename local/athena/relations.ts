import type { GlueCatalog } from '../glue/catalog.ts';
import { unlessMissing } from '../glue/glue-error.ts';
import { parseHiveType, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn, GlueTable } from '../glue/table.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { asDeclared } from './declared-columns.ts';
import { informationSchema } from './information-schema.ts';
import { inlineRelation, type InlineRelation } from './inline-relation.ts';
import { isProjected } from './layout.ts';
import { currentSnapshot } from '../iceberg/metadata.ts';
import { openSnapshot } from '../iceberg/snapshot.ts';
import { ICEBERG_HIDDEN_COLUMNS, readSnapshot, type IcebergTable } from './iceberg/iceberg-table.ts';
import { POSITION } from './iceberg/load-files.ts';
import { metadataTable } from './iceberg/metadata-tables.ts';
import { isIceberg, laterInQuery, openTable, readerOf } from './iceberg/open-table.ts';
import { askedSnapshot, versionQuery } from './iceberg/version.ts';
import { injectedColumns } from './projected-values.ts';
import type { AskedVersion } from './sql/analysis/query.ts';
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
  /** Whether the place of a row in its file may be asked for. */
  readonly positions: boolean;
  /** What was loaded of what was wanted, by key. */
  readonly loaded: ReadonlyMap<string, unknown>;
  /** The one value that a query of the engine's answers. */
  readonly constant: (sql: string) => Promise<unknown>;
}

/** Follows a query to the objects it may read, as its caller. */
export class Resolver {
  private readonly relations = new Map<string, Relation>();

  constructor(private readonly props: ResolverProps) {}

  /** @throws Wanted; QueryError; ServiceError AccessDenied in the words of the service that refuses */
  resolve(query: Query, database: string | undefined, session?: string): ResolvedQuery {
    return { query: this.translate(query, database, 0, session), relations: [...this.relations.values()] };
  }

  private translate(query: Query, database: string | undefined, depth: number, session?: string): TranslatedQuery {
    if (depth > DEEPEST) throw new QueryError('INVALID_VIEW: views are nested too deep, or name each other');
    return translate(query, {
      now: this.props.now,
      relation: (reference, version) => shapeOf(this.known(reference, depth, version), this.props.positions),
      ...(database !== undefined && { database }),
      ...(session !== undefined && { catalog: session }),
    });
  }

  private known(reference: TableReference, depth: number, version: AskedVersion | undefined): Relation {
    const key = `${reference.database}.${reference.table} ${version?.sql ?? ''}`;
    const relation = this.relations.get(key) ?? this.relation(reference, depth, version);
    this.relations.set(key, relation);
    return relation;
  }

  private relation(reference: TableReference, depth: number, version: AskedVersion | undefined): Relation {
    const { catalog, caller } = this.props;
    if (reference.database === 'information_schema') return informationSchema(catalog, caller, reference.table);
    const [, name, facet] = /^(.+)\$([a-z_]+)$/.exec(reference.table) ?? [];
    if (name !== undefined && facet !== undefined) {
      if (version !== undefined) throw new QueryError('NOT_SUPPORTED: This connector does not support versioned tables');
      return this.facet(reference, name, facet);
    }
    const table = this.find(reference);
    if (version !== undefined) return this.asOf(reference, table, version);
    if (table.TableType !== 'VIRTUAL_VIEW') return this.base(reference, table);
    const view = readView(reference.table, table.ViewOriginalText);
    const query = this.translate(parseQuery(view.originalSql), view.schema ?? reference.database, depth + 1);
    const { sql, columns } = view.columns.length === 0 ? query : asDeclared(reference, view.columns, query);
    return { ...reference, kind: 'view', sql, columns };
  }

  /** @param asked The name that the query has for it. */
  private find({ database, table }: TableReference, asked = table): GlueTable {
    const { catalog, caller } = this.props;
    if (unlessMissing(() => catalog.databaseFor(caller, database)) === undefined)
      throw new QueryError(`SCHEMA_NOT_FOUND: Schema '${database}' does not exist`);
    try {
      return catalog.tableFor(caller, database, table);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'EntityNotFoundException') throw error;
      return this.missing({ database, table: asked });
    }
  }

  private missing({ database, table }: TableReference): never {
    throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${table}' does not exist`);
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

  /** A table as it was; the engine knows it by a name that no table of the catalog has. */
  private asOf(reference: TableReference, table: GlueTable, version: AskedVersion): IcebergTable {
    if (!isIceberg(table)) throw new QueryError('NOT_SUPPORTED: This connector does not support versioned tables');
    const open = openTable(this.props, table);
    const query = versionQuery(version);
    const value = this.loaded(query, () => this.props.constant(query)) as bigint | null;
    const snapshot = askedSnapshot(reference, open.metadata, version, value, this.props.now);
    const asked = { ...reference, table: `${reference.table} as of ${snapshot['snapshot-id']}` };
    return this.loaded(`${reference.database}.${asked.table}`, () => readSnapshot(asked, open, snapshot, this.props, true));
  }

  /** What stands behind `$` in a table's name: its partitions, or the metadata of an Iceberg table. */
  private facet(reference: TableReference, name: string, facet: string): Relation {
    const table = this.find({ ...reference, table: name }, reference.table);
    if (facet === 'data' && isIceberg(table)) return this.iceberg(reference, table);
    if (!isIceberg(table)) return facet === 'partitions' ? this.partitions(reference, table) : this.missing(reference);
    const { metadata } = openTable(this.props, table);
    const manifests = this.loaded(`${reference.database}.${name} manifests`, () =>
      laterInQuery(() => openSnapshot(metadata, currentSnapshot(metadata), readerOf(this.props))),
    );
    return metadataTable(reference, facet, metadata, manifests);
  }

  /** @throws Wanted where it has not been loaded */
  private loaded<T>(key: string, load: () => Promise<T>): T {
    if (!this.props.loaded.has(key)) throw new Wanted(key, load);
    return this.props.loaded.get(key) as T;
  }

  /** The table of a table's registered partitions. */
  private partitions(reference: TableReference, table: GlueTable): InlineRelation {
    const { Name: name } = table;
    const keys = (table.PartitionKeys ?? []).map(readColumn).map((key) => ({ name: key.name, type: fromHive(key.type) }));
    if (keys.length === 0) return this.missing(reference);
    if (isProjected(table)) throw new QueryError('NOT_SUPPORTED: "$partitions" of a projected table is not what headwaters local lists');
    const { catalog, caller } = this.props;
    const registered = catalog.partitions.list(caller, { database: reference.database, table: name });
    return inlineRelation(reference, keys, registered.map(({ Values }) => Values));
  } // prettier-ignore
}

/** What a query must know of a relation: names and types; of a view, those of its query. */
function shapeOf(relation: Relation, positions: boolean): RelationShape {
  if (relation.kind === 'inline') return { sql: relation.sql, columns: relation.columns };
  const sql = engineName(relation);
  if (relation.kind === 'view') return { sql, columns: relation.columns };
  if (relation.kind === 'iceberg') {
    const hidden = positions ? [...ICEBERG_HIDDEN_COLUMNS, { name: POSITION, type: BIGINT }] : ICEBERG_HIDDEN_COLUMNS;
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
