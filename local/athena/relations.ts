import type { GlueCatalog } from '../glue/catalog.ts';
import { parseHiveType, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn, GlueTable } from '../glue/table.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { ObjectStore, StoredObject } from '../s3/object-store.ts';
import { layoutOf } from './layout.ts';
import { nameColumns, parseQuery, toDuckdb } from './sql/parse.ts';
import { QueryError } from './sql/query-error.ts';
import { qualify, type TableReference } from './sql/references.ts';
import { rewrite } from './sql/rewrite.ts';
import { readView } from './view.ts';

export interface Column {
  readonly name: string;
  readonly type: HiveType;
}

/** An object of a table, with the values of the table's partition keys. */
export interface TableObject {
  readonly object: StoredObject;
  readonly partition: readonly string[];
}

export interface BaseTable extends TableReference {
  readonly kind: 'table';
  readonly format: 'parquet' | 'json';
  readonly bucket: string;
  /** Columns of the files. */
  readonly columns: readonly Column[];
  readonly partitionKeys: readonly Column[];
  readonly objects: readonly TableObject[];
}

export interface View extends TableReference {
  readonly kind: 'view';
  /** DuckDB's SQL, every name qualified. */
  readonly sql: string;
  readonly columns: readonly string[];
}

export interface ResolvedQuery {
  readonly sql: string;
  /** What the query reads, each after what it reads itself. */
  readonly relations: readonly (BaseTable | View)[];
}

/** Views within views that Athena is asked to follow before it gives up. */
const DEEPEST = 10;

export interface ResolverProps {
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** Who reads; views are resolved as the one who asks, not as their maker. */
  readonly caller: Caller;
}

/** Follows a query to the objects it may read, as its caller. */
export class Resolver {
  private readonly relations = new Map<string, BaseTable | View>();

  constructor(private readonly props: ResolverProps) {}

  /** @throws QueryError; ServiceError AccessDenied in the words of the service that refuses */
  async resolve(text: string, database: string | undefined): Promise<ResolvedQuery> {
    return { sql: await this.translate(text, database, 0), relations: [...this.relations.values()] };
  }

  private async translate(text: string, database: string | undefined, depth: number): Promise<string> {
    if (depth > DEEPEST) throw new QueryError('INVALID_VIEW: views are nested too deep, or name each other');
    const { tree, references } = qualify(parseQuery(text), database);
    const sql = toDuckdb(nameColumns(rewrite(tree)));
    for (const reference of references) {
      const key = `${reference.database}.${reference.table}`;
      if (!this.relations.has(key)) this.relations.set(key, await this.relation(reference, depth));
    }
    return sql;
  }

  private async relation(reference: TableReference, depth: number): Promise<BaseTable | View> {
    const table = this.find(reference);
    if (table.TableType !== 'VIRTUAL_VIEW') return this.base(reference, table);
    const view = readView(reference.table, table.ViewOriginalText);
    const sql = await this.translate(view.originalSql, view.schema ?? reference.database, depth + 1);
    return { ...reference, kind: 'view', sql, columns: view.columns.map((column) => column.name) };
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

  private base(reference: TableReference, table: GlueTable): BaseTable {
    const layout = layoutOf(table, this.props.now);
    return {
      ...reference,
      kind: 'table',
      format: formatOf(table),
      bucket: layout?.bucket ?? '',
      columns: (table.StorageDescriptor?.Columns ?? []).map(readColumn),
      partitionKeys: (table.PartitionKeys ?? []).map(readColumn),
      objects: layout === undefined ? [] : this.readable(table, layout.bucket, layout.prefix, layout.partitionOf),
    };
  }

  private readable(
    table: GlueTable,
    bucket: string,
    prefix: string,
    partitionOf: (key: string) => readonly string[] | undefined,
  ): TableObject[] {
    const { caller, store } = this.props;
    const restored = table.Parameters?.['read_restored_glacier_objects'] === 'true';
    return store.listObjects(caller, bucket, prefix).flatMap((object) => {
      const partition = object.size === 0 ? undefined : partitionOf(object.key);
      if (partition === undefined) return [];
      return isArchived(object) && !(restored && this.isRestored(bucket, object.key)) ? [] : [{ object, partition }];
    });
  }

  /** Athena passes over an archived object without a word. */
  private isRestored(bucket: string, key: string): boolean {
    try {
      this.props.store.getObject(this.props.caller, bucket, key);
      return true;
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'InvalidObjectState') return false;
      throw error;
    }
  }
}

const isArchived = ({ storageClass }: StoredObject): boolean => storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';

function readColumn(column: GlueColumn): Column {
  try {
    return { name: column.Name, type: parseHiveType(column.Type ?? 'string') };
  } catch {
    throw new QueryError(`HIVE_INVALID_METADATA: column '${column.Name}' has a type that headwaters local cannot read`);
  }
}

function formatOf(table: GlueTable): 'parquet' | 'json' {
  const serde =
    `${table.StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? ''} ${table.StorageDescriptor?.InputFormat ?? ''}`.toLowerCase();
  if (serde.includes('parquet')) return 'parquet';
  if (serde.includes('json')) return 'json';
  throw new QueryError(
    `NOT_SUPPORTED: table '${table.Name}' is neither Parquet nor JSON, which is all that headwaters local reads`,
  );
}
