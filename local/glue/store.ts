import { alreadyExists, databaseNotFound, partitionNotFound, tableNotFound } from './glue-error.ts';
import { partitionKey, type GluePartition } from './partition.ts';
import type { GlueDatabase, GlueTable } from './table.ts';

/** A table with what the catalog keeps of it. */
export interface StoredTable {
  /** The current one last. A version whose archive was skipped is not among them. */
  versions: GlueTable[];
  /** By {@link partitionKey}. */
  readonly partitions: Map<string, GluePartition>;
}

export interface StoredDatabase {
  database: GlueDatabase;
  /** By name. */
  readonly tables: Map<string, StoredTable>;
}

/** The catalog's contents; nobody is asked for rights here. Names are in lower case. */
export class CatalogStore {
  readonly databases = new Map<string, StoredDatabase>();

  static tableOf(versions: readonly GlueTable[], partitions: readonly GluePartition[]): StoredTable {
    return {
      versions: [...versions],
      partitions: new Map(partitions.map((partition) => [partitionKey(partition.Values), partition])),
    };
  }

  /** @throws ServiceError EntityNotFoundException */
  database(name: string): StoredDatabase {
    const found = this.databases.get(name);
    if (found === undefined) throw databaseNotFound(name);
    return found;
  }

  /** @throws ServiceError EntityNotFoundException */
  table(database: string, name: string): StoredTable {
    const found = this.database(database).tables.get(name);
    if (found === undefined) throw tableNotFound(name);
    return found;
  }

  /** @throws ServiceError EntityNotFoundException */
  partition(table: StoredTable, values: readonly string[]): GluePartition {
    const found = table.partitions.get(partitionKey(values));
    if (found === undefined) throw partitionNotFound();
    return found;
  }

  /** @throws ServiceError AlreadyExistsException */
  addDatabase(database: GlueDatabase): void {
    if (this.databases.has(database.Name)) throw alreadyExists('Database');
    this.databases.set(database.Name, { database, tables: new Map() });
  }

  /** @throws ServiceError EntityNotFoundException for the database, AlreadyExistsException for the table */
  addTable(table: GlueTable): void {
    const { tables } = this.database(table.DatabaseName);
    if (tables.has(table.Name)) throw alreadyExists('Table');
    tables.set(table.Name, { versions: [table], partitions: new Map() });
  }

  /** @throws ServiceError AlreadyExistsException */
  addPartition(table: StoredTable, partition: GluePartition): void {
    const key = partitionKey(partition.Values);
    if (table.partitions.has(key)) throw alreadyExists('Partition');
    table.partitions.set(key, partition);
  }
}

/** The version that readers see. */
export function currentOf({ versions }: StoredTable): GlueTable {
  const current = versions.at(-1);
  if (current === undefined) throw new Error('a table has no version');
  return current;
}
