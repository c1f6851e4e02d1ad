import { readFileSync } from 'node:fs';
import { changedEntry, newEntry, type MetadataFile } from '../../iceberg/catalog-entry.ts';
import { newFields } from '../../iceberg/hive-columns.ts';
import { IcebergError } from '../../iceberg/iceberg-error.ts';
import { readMetadata, writeMetadata, type TableMetadata } from '../../iceberg/metadata.ts';
import { newSpec } from '../../iceberg/partition-spec.ts';
import { newTable, nextFile } from '../../iceberg/table.ts';
import { s3Place, type S3Place } from '../../s3/address.ts';
import type { Caller } from '../../service.ts';
import { alreadyExists, invalidInput } from '../glue-error.ts';
import type { CatalogParts } from '../parts.ts';
import { currentOf } from '../store.ts';
import { lowerCased, type GlueTableInput } from '../table.ts';
import type { Tables, TableUpdate } from '../tables.ts';
import { changedTable, definedTable, type IcebergChange, type IcebergDefinition } from './definition.ts';

/** S3 as Glue uses it for a caller. */
export interface MetadataStore {
  /** @throws ServiceError as S3 refuses */
  put(caller: Caller, bucket: string, key: string, body: Buffer): unknown;
  /** @throws ServiceError as S3 refuses */
  getObject(caller: Caller, bucket: string, key: string): { readonly file: string };
}

/** Iceberg tables whose metadata Glue itself writes into S3, as whoever asks for it may. */
export class IcebergTables {
  constructor(
    private readonly parts: CatalogParts,
    private readonly tables: Tables,
    private readonly objects: MetadataStore | undefined,
  ) {}

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException for the database, AlreadyExistsException, InvalidInputException; and as S3 refuses */
  create(caller: Caller, databaseName: string, name: string, definition: IcebergDefinition): void {
    this.permit(caller, 'glue:CreateTable', databaseName, name);
    this.add(caller, databaseName.toLowerCase(), name.toLowerCase(), definition);
  }

  /** Makes a table of the columns that a `TableInput` names, at its location. @throws ServiceError as {@link create} does */
  createOf(caller: Caller, databaseName: string, input: GlueTableInput): void {
    this.permit(caller, 'glue:CreateTable', databaseName, input.Name);
    this.addOf(caller, databaseName.toLowerCase(), input);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException, ConcurrentModificationException, InvalidInputException; and as S3 refuses */
  update(caller: Caller, databaseName: string, name: string, changes: readonly IcebergChange[], update: TableUpdate): void {
    this.permit(caller, 'glue:UpdateTable', databaseName, name);
    this.change(caller, databaseName.toLowerCase(), name.toLowerCase(), changes, update);
  }

  /** Makes a table and asks for no right to the catalog. @throws ServiceError as {@link create} does */
  add(caller: Caller, database: string, name: string, definition: IcebergDefinition): void {
    const metadata = lawful(() => definedTable(definition, this.parts.clock.now()));
    this.register(caller, database, name, metadata, (first) => newEntry(name, first));
  }

  /** The same of a table that a `TableInput` describes. @throws ServiceError as {@link create} does */
  addOf(caller: Caller, database: string, input: GlueTableInput): void {
    const { Name, Columns, Location } = ofColumns(input);
    const metadata = lawful(() => {
      const columns = Columns.map((column) => ({ name: column.Name, type: column.Type ?? 'string', comment: column.Comment }));
      const { fields, last } = newFields(columns, 0);
      const parts = { location: Location, fields, lastColumnId: last, spec: newSpec([], fields), properties: {} };
      return newTable({ ...parts, now: this.parts.clock.now() });
    });
    this.register(caller, database, Name.toLowerCase(), metadata, (first) => {
      const entry = newEntry(Name, first, input.Parameters);
      return { ...input, ...entry, StorageDescriptor: { ...input.StorageDescriptor, ...entry.StorageDescriptor } };
    });
  }

  /** Changes a table and asks for no right to the catalog. @throws ServiceError as {@link update} does */
  change(caller: Caller, database: string, name: string, changes: readonly IcebergChange[], update: TableUpdate): void {
    const current = currentOf(this.parts.store.table(database, name));
    const address = current.Parameters?.['metadata_location'];
    if (address === undefined) throw invalidInput(`Table ${name} is not an Iceberg table`);
    const { bucket, key } = placeOf(address);
    const text = readFileSync(this.store().getObject(caller, bucket, key).file, 'utf8');
    const next = lawful(() => {
      const before = readMetadata(text, address);
      const now = this.parts.clock.now();
      const metadata = changes.reduce((state, change) => changedTable(state, change, now), before);
      return nextFile(metadata, { address, metadata: before });
    });
    this.write(caller, next);
    this.tables.replace(database, lowerCased(changedEntry(current, next)), {
      ...update,
      versionId: update.versionId ?? current.VersionId,
    });
  }

  private register(
    caller: Caller,
    database: string,
    name: string,
    metadata: TableMetadata,
    entry: (first: MetadataFile) => GlueTableInput,
  ): void {
    if (this.parts.store.database(database).tables.has(name)) throw alreadyExists('Table');
    const first = nextFile(metadata, undefined);
    this.write(caller, first);
    this.tables.add(database, lowerCased(entry(first)));
  }

  private write(caller: Caller, { address, metadata }: MetadataFile): void {
    const { bucket, key } = placeOf(address);
    this.store().put(caller, bucket, key, Buffer.from(writeMetadata(metadata)));
  }

  private store(): MetadataStore {
    if (this.objects === undefined) throw invalidInput('this catalog has no S3 to write metadata to');
    return this.objects;
  }

  private permit(caller: Caller, action: string, database: string, name: string): void {
    this.parts.guard.table(caller, action, database.toLowerCase(), name.toLowerCase());
  }
}

/** Parameters that Glue sets itself. */
const RESERVED = ['table_type', 'metadata_location'];

/** @throws ServiceError InvalidInputException for a `TableInput` that no Iceberg table can be made of */
function ofColumns({ Name, TableType, Parameters, PartitionKeys = [], StorageDescriptor }: GlueTableInput) {
  if (TableType !== 'EXTERNAL_TABLE') throw invalidInput('Iceberg table type has to be EXTERNAL_TABLE');
  if (RESERVED.some((name) => Parameters?.[name] !== undefined))
    throw invalidInput('Cannot use reserved parameters table_type or metadata_location while creating an iceberg table');
  if (PartitionKeys.length > 0)
    throw invalidInput("'PartitionKeys' of an Iceberg table must be left out here; its partitions are told by a PartitionSpec");
  const { Columns = [], Location } = StorageDescriptor ?? {};
  if (Location === undefined) throw invalidInput('Location information cannot be null while creating an iceberg table');
  return { Name, Columns, Location: Location.replace(/\/+$/, '') };
}

function placeOf(address: string): S3Place {
  const place = s3Place(address);
  if (place === undefined || place.key === '') throw invalidInput("the table's metadata does not lie in S3");
  return place;
}

/** What is wrong with a definition, in Glue's own code. @throws ServiceError InvalidInputException */
function lawful<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof IcebergError) throw invalidInput(error.reason);
    throw error;
  }
}
