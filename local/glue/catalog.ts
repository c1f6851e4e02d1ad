import type { SimulatedClock } from '../clock.ts';
import type { Access, Caller, JsonService } from '../service.ts';
import { catalogService } from './catalog-service.ts';
import { Databases } from './databases.ts';
import { Declared } from './declared.ts';
import { CatalogGuard } from './guard.ts';
import type { IcebergDefinition } from './iceberg/definition.ts';
import { IcebergTables, type MetadataStore } from './iceberg/iceberg-tables.ts';
import { Partitions } from './partitions.ts';
import { readCatalog, writeCatalog } from './saved-catalog.ts';
import { CatalogStore } from './store.ts';
import { lowerCased, type GlueDatabase, type GlueDatabaseInput, type GlueTable, type GlueTableInput } from './table.ts';
import { Tables } from './tables.ts';

export interface GlueCatalogProps {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly account: string;
  readonly region: string;
  /** Where metadata of Iceberg tables lies. @default - Glue makes no such table */
  readonly objects?: MetadataStore | undefined;
}

/** A database as templates declare it. */
export interface NewDatabase {
  readonly name: string;
  readonly description?: string | undefined;
  readonly locationUri?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** `CreateTableDefaultPermissions`. */
  readonly tablePermissions?: readonly unknown[] | undefined;
}

/** The Data Catalog of one account and region: databases, their tables and the tables' partitions. */
export class GlueCatalog {
  readonly databases: Databases;
  readonly tables: Tables;
  readonly partitions: Partitions;
  readonly iceberg: IcebergTables;
  readonly service: JsonService;
  private readonly store = new CatalogStore();
  private readonly declared = new Declared(this.store);
  /** Whoever deploys templates: nobody's role, of whom no right is asked. */
  private readonly owner: Caller;

  constructor(props: GlueCatalogProps) {
    const parts = { store: this.store, guard: new CatalogGuard(props), account: props.account, clock: props.clock };
    this.databases = new Databases(parts);
    this.tables = new Tables(parts);
    this.partitions = new Partitions(parts);
    this.iceberg = new IcebergTables(parts, this.tables, props.objects);
    this.owner = { arn: `arn:aws:iam::${props.account}:root`, accountId: props.account };
    this.service = catalogService(this, props.account);
  }

  /**
   * Declares a database of a template; nobody's rights are asked for.
   *
   * @throws ServiceError AlreadyExistsException; EntityNotFoundException where a template changes one that is gone
   */
  createDatabase({ name, description, locationUri, parameters, tablePermissions }: NewDatabase): void {
    const input: GlueDatabaseInput = {
      Name: name.toLowerCase(),
      ...(description !== undefined && { Description: description }),
      ...(locationUri !== undefined && { LocationUri: locationUri }),
      ...(parameters && { Parameters: parameters }),
      ...(tablePermissions && { CreateTableDefaultPermissions: tablePermissions }),
    };
    const declaration = this.declared.database(input.Name, input);
    if (declaration === 'new') this.databases.add(input);
    if (declaration === 'changed') this.databases.replace(input.Name, input);
  }

  /**
   * Declares a table of a template; nobody's rights are asked for.
   *
   * @throws ServiceError EntityNotFoundException for the database, or a table that is gone and changes; AlreadyExistsException
   */
  createTable(databaseName: string, input: GlueTableInput): void {
    const database = databaseName.toLowerCase();
    const lower = lowerCased(input);
    const declaration = this.declared.table(database, lower.Name, lower);
    if (declaration === 'new') this.tables.add(database, lower);
    if (declaration === 'changed') this.tables.replace(database, lower, { skipArchive: false });
  }

  /**
   * Declares an Iceberg table of a template, whose metadata Glue writes. One that changes takes what is new of its definition, and keeps its rows.
   *
   * @throws ServiceError as {@link createTable} does, and as S3 refuses
   */
  createIcebergTable(databaseName: string, tableName: string, definition: IcebergDefinition): void {
    const [database, name] = [databaseName.toLowerCase(), tableName.toLowerCase()];
    const declaration = this.declared.table(database, name, definition);
    if (declaration === 'new') this.iceberg.add(this.owner, database, name, definition);
    if (declaration === 'changed') this.iceberg.change(this.owner, database, name, [definition], { skipArchive: false });
  }

  /**
   * The same of a table that a `TableInput` describes. One that changes is what its `TableInput` says and nothing else: Glue forgets where its
   * metadata lies.
   *
   * @throws ServiceError as {@link createIcebergTable} does
   */
  createIcebergTableOf(databaseName: string, input: GlueTableInput): void {
    const database = databaseName.toLowerCase();
    const lower = lowerCased(input);
    const declaration = this.declared.table(database, lower.Name, { ...lower, iceberg: true });
    if (declaration === 'new') this.iceberg.addOf(this.owner, database, input);
    if (declaration === 'changed') this.tables.replace(database, lower, { skipArchive: false });
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  databaseFor(caller: Caller, databaseName: string): GlueDatabase {
    return this.databases.get(caller, databaseName);
  }

  /**
   * One table, as the caller may see it; whoever reads a table for a caller asks here.
   *
   * @throws ServiceError AccessDeniedException, EntityNotFoundException
   */
  tableFor(caller: Caller, databaseName: string, tableName: string): GlueTable {
    return this.tables.get(caller, databaseName, tableName);
  }

  /** Keeps the catalog in `folder` for a later process. */
  save(folder: string): void {
    const databases = [...this.store.databases.values()].map(({ database, tables }) => ({
      database,
      tables: [...tables.values()].map((table) => ({ versions: table.versions, partitions: [...table.partitions.values()] })),
    }));
    writeCatalog(folder, { version: 1, declared: this.declared.saved(), databases });
  }

  /**
   * Takes over what an earlier process has kept in `folder`; before any template declares anything.
   *
   * @throws StateError `StateUnreadable`
   */
  restore(folder: string): void {
    const saved = readCatalog(folder);
    if (saved !== undefined) this.declared.restore(saved);
  }
}
