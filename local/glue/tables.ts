import { ServiceError, type Caller } from '../service.ts';
import { notFound } from './glue-error.ts';
import { byName, type CatalogParts } from './parts.ts';
import { currentOf } from './store.ts';
import { lowerCased, type GlueTable, type GlueTableInput } from './table.ts';

export interface TableUpdate {
  /** The version that the caller has seen; another has come since, and the update is refused. @default - whichever there is */
  readonly versionId?: string | undefined;
  /** Whether the version that is replaced is forgotten. */
  readonly skipArchive: boolean;
}

/** Tables of the catalog and their versions. */
export class Tables {
  constructor(private readonly parts: CatalogParts) {}

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  get(caller: Caller, databaseName: string, tableName: string): GlueTable {
    const [database, name] = this.permitted(caller, 'glue:GetTable', databaseName, tableName);
    return currentOf(this.parts.store.table(database, name));
  }

  /** In order of their names; the caller needs the right on each. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  list(caller: Caller, databaseName: string): readonly GlueTable[] {
    const { guard, store } = this.parts;
    const database = databaseName.toLowerCase();
    guard.database(caller, 'glue:GetTables', database);
    const all = [...store.database(database).tables.values()].map(currentOf);
    for (const { Name } of all) guard.onlyTable(caller, 'glue:GetTables', database, Name);
    return all.sort(byName);
  }

  /** Tables of all databases that the caller may see, in order of database and name. @throws ServiceError AccessDeniedException */
  search(caller: Caller): readonly GlueTable[] {
    const { guard, store } = this.parts;
    guard.catalog(caller, 'glue:SearchTables');
    const visible = ({ DatabaseName, Name }: GlueTable): boolean => {
      try {
        guard.onlyDatabase(caller, 'glue:SearchTables', DatabaseName);
        guard.onlyTable(caller, 'glue:SearchTables', DatabaseName, Name);
        return true;
      } catch (error) {
        if (error instanceof ServiceError) return false;
        throw error;
      }
    };
    const databases = [...store.databases.values()].sort((a, b) => byName(a.database, b.database));
    return databases.flatMap(({ tables }) => [...tables.values()].map(currentOf).sort(byName)).filter(visible);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException for the database, AlreadyExistsException */
  create(caller: Caller, databaseName: string, input: GlueTableInput): GlueTable {
    const lower = lowerCased(input);
    const [database] = this.permitted(caller, 'glue:CreateTable', databaseName, lower.Name);
    return this.add(database, lower);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException, ConcurrentModificationException */
  update(caller: Caller, databaseName: string, input: GlueTableInput, update: TableUpdate): void {
    const lower = lowerCased(input);
    const [database] = this.permitted(caller, 'glue:UpdateTable', databaseName, lower.Name);
    this.replace(database, lower, update);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  delete(caller: Caller, databaseName: string, tableName: string, action = 'glue:DeleteTable'): void {
    const [database, name] = this.permitted(caller, action, databaseName, tableName);
    this.parts.store.table(database, name);
    this.parts.store.database(database).tables.delete(name);
  }

  /** Every version that is kept, the newest first. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  versions(caller: Caller, databaseName: string, tableName: string, action = 'glue:GetTableVersions'): readonly GlueTable[] {
    const [database, name] = this.permitted(caller, action, databaseName, tableName);
    return this.parts.store.table(database, name).versions.toReversed();
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  deleteVersion(caller: Caller, databaseName: string, tableName: string, versionId: string, action: string): void {
    const [database, name] = this.permitted(caller, action, databaseName, tableName);
    const table = this.parts.store.table(database, name);
    const rest = table.versions.filter((version) => version.VersionId !== versionId);
    if (rest.length === table.versions.length) throw notFound('Version not found.');
    if (currentOf(table).VersionId === versionId)
      throw new ServiceError('InvalidInputException', 'Cannot delete the current version of a table.');
    table.versions = rest;
  }

  /** Adds a table and asks for no right. @throws ServiceError EntityNotFoundException for the database, AlreadyExistsException */
  add(database: string, input: GlueTableInput): GlueTable {
    const time = this.parts.clock.now() / 1000;
    const table: GlueTable = {
      ...input, DatabaseName: database, CatalogId: this.parts.account, CreateTime: time, UpdateTime: time, VersionId: '0',
    }; // prettier-ignore
    this.parts.store.addTable(table);
    return table;
  }

  /** Puts a new version on top. @throws ServiceError EntityNotFoundException, ConcurrentModificationException */
  replace(database: string, input: GlueTableInput, { versionId, skipArchive }: TableUpdate): GlueTable {
    const table = this.parts.store.table(database, input.Name);
    const current = currentOf(table);
    if (versionId !== undefined && versionId !== current.VersionId)
      throw new ServiceError('ConcurrentModificationException', 'Update table failed due to concurrent modifications.');
    const { DatabaseName, CatalogId, CreateTime } = current;
    const next: GlueTable = {
      ...input, DatabaseName, CatalogId, CreateTime, UpdateTime: this.parts.clock.now() / 1000, VersionId: String(Number(current.VersionId) + 1),
    }; // prettier-ignore
    table.versions = [...(skipArchive ? table.versions.slice(0, -1) : table.versions), next];
    return next;
  }

  private permitted(caller: Caller, action: string, databaseName: string, tableName: string): readonly [string, string] {
    const names = [databaseName.toLowerCase(), tableName.toLowerCase()] as const;
    this.parts.guard.table(caller, action, ...names);
    return names;
  }
}
