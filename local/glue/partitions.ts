import { ServiceError, type Caller } from '../service.ts';
import { invalidInput } from './glue-error.ts';
import { parsePartitionFilter } from './partition-filter.ts';
import { partitionKey, type GluePartition, type GluePartitionInput } from './partition.ts';
import type { CatalogParts } from './parts.ts';
import { currentOf, type StoredTable } from './store.ts';
import type { GlueStorageDescriptor } from './table.ts';

/** A table by its names. */
export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** Partitions that are registered with tables. Each operation asks for its action on the catalog, the database and the table. */
export class Partitions {
  constructor(private readonly parts: CatalogParts) {}

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  get(caller: Caller, name: TableName, values: readonly string[]): GluePartition {
    return this.parts.store.partition(this.open(caller, 'glue:GetPartition', name), values);
  }

  /**
   * In order of their values.
   *
   * @param expression Glue's own: comparisons of partition keys with literals.
   * @throws ServiceError AccessDeniedException, EntityNotFoundException, InvalidInputException
   */
  list(caller: Caller, name: TableName, expression?: string): readonly GluePartition[] {
    const table = this.open(caller, 'glue:GetPartitions', name);
    const all = [...table.partitions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, partition]) => partition);
    if (expression === undefined || expression.trim() === '') return all;
    const matches = parsePartitionFilter(expression, currentOf(table).PartitionKeys ?? []);
    return all.filter(({ Values }) => matches(Values));
  }

  /** Of the values asked for those that are there, in the order asked. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  some(caller: Caller, name: TableName, wanted: readonly (readonly string[])[]): readonly GluePartition[] {
    const table = this.open(caller, 'glue:BatchGetPartition', name);
    return wanted.flatMap((values) => table.partitions.get(partitionKey(values)) ?? []);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException, InvalidInputException, AlreadyExistsException */
  create(caller: Caller, name: TableName, input: GluePartitionInput): void {
    this.add(this.open(caller, 'glue:CreatePartition', name), input);
  }

  /**
   * Adds each partition by itself.
   *
   * @returns what was refused, with the error of each
   * @throws ServiceError AccessDeniedException, EntityNotFoundException
   */
  createAll(caller: Caller, name: TableName, inputs: readonly GluePartitionInput[]): readonly Refused[] {
    const table = this.open(caller, 'glue:BatchCreatePartition', name);
    return refusals(inputs, ({ Values }) => Values, (input) => { this.add(table, input); }); // prettier-ignore
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException, InvalidInputException, AlreadyExistsException */
  update(caller: Caller, name: TableName, values: readonly string[], input: GluePartitionInput): void {
    const table = this.open(caller, 'glue:UpdatePartition', name);
    const before = this.parts.store.partition(table, values);
    checkValues(table, input);
    table.partitions.delete(partitionKey(values));
    try {
      this.parts.store.addPartition(table, { ...this.stateOf(table, input), CreationTime: before.CreationTime });
    } catch (error) {
      table.partitions.set(partitionKey(values), before);
      throw error;
    }
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  delete(caller: Caller, name: TableName, values: readonly string[]): void {
    this.remove(this.open(caller, 'glue:DeletePartition', name), values);
  }

  /** Removes each partition by itself. @returns what was refused. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  deleteAll(caller: Caller, name: TableName, wanted: readonly (readonly string[])[]): readonly Refused[] {
    const table = this.open(caller, 'glue:BatchDeletePartition', name);
    return refusals(wanted, (values) => values, (values) => { this.remove(table, values); }); // prettier-ignore
  }

  private add(table: StoredTable, input: GluePartitionInput): void {
    checkValues(table, input);
    this.parts.store.addPartition(table, this.stateOf(table, input));
  }

  private remove(table: StoredTable, values: readonly string[]): void {
    this.parts.store.partition(table, values);
    table.partitions.delete(partitionKey(values));
  }

  private stateOf(table: StoredTable, input: GluePartitionInput): GluePartition {
    const { DatabaseName, Name } = currentOf(table);
    const { StorageDescriptor: storage, ...rest } = input;
    return {
      ...rest,
      DatabaseName,
      TableName: Name,
      CatalogId: this.parts.account,
      CreationTime: this.parts.clock.now() / 1000,
      ...(storage && { StorageDescriptor: withLowerColumns(storage) }),
    };
  }

  private open(caller: Caller, action: string, { database, table }: TableName): StoredTable {
    const names = [database.toLowerCase(), table.toLowerCase()] as const;
    this.parts.guard.table(caller, action, ...names);
    return this.parts.store.table(...names);
  }
}

/** What a batch did not do. */
export interface Refused {
  readonly values: readonly string[];
  readonly error: ServiceError;
}

function refusals<T>(items: readonly T[], valuesOf: (item: T) => readonly string[], run: (item: T) => void): readonly Refused[] {
  return items.flatMap((item) => {
    try {
      run(item);
      return [];
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return [{ values: valuesOf(item), error }];
    }
  });
}

function checkValues(table: StoredTable, { Values }: GluePartitionInput): void {
  const keys = currentOf(table).PartitionKeys ?? [];
  if (Values.length === keys.length) return;
  throw invalidInput('The number of partition keys do not match the number of partition values');
}

const withLowerColumns = (storage: GlueStorageDescriptor): GlueStorageDescriptor =>
  storage.Columns === undefined
    ? storage
    : { ...storage, Columns: storage.Columns.map((column) => ({ ...column, Name: column.Name.toLowerCase() })) };
