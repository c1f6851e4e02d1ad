import type { Caller } from '../service.ts';
import { byName, type CatalogParts } from './parts.ts';
import type { GlueDatabase, GlueDatabaseInput } from './table.ts';

/** Databases of the catalog. */
export class Databases {
  constructor(private readonly parts: CatalogParts) {}

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  get(caller: Caller, name: string): GlueDatabase {
    const lower = name.toLowerCase();
    this.parts.guard.database(caller, 'glue:GetDatabase', lower);
    return this.parts.store.database(lower).database;
  }

  /** In order of their names; the caller needs the right on each. @throws ServiceError AccessDeniedException */
  list(caller: Caller): readonly GlueDatabase[] {
    const { guard, store } = this.parts;
    guard.catalog(caller, 'glue:GetDatabases');
    const all = [...store.databases.values()].map(({ database }) => database);
    for (const { Name } of all) guard.onlyDatabase(caller, 'glue:GetDatabases', Name);
    return all.sort(byName);
  }

  /** @throws ServiceError AccessDeniedException, AlreadyExistsException */
  create(caller: Caller, input: GlueDatabaseInput): GlueDatabase {
    const lower = { ...input, Name: input.Name.toLowerCase() };
    this.parts.guard.database(caller, 'glue:CreateDatabase', lower.Name);
    return this.add(lower);
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  update(caller: Caller, name: string, input: GlueDatabaseInput): void {
    const lower = name.toLowerCase();
    this.parts.guard.database(caller, 'glue:UpdateDatabase', lower);
    this.replace(lower, input);
  }

  /** Deletes a database with its tables, each of which the caller must be allowed to delete. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  delete(caller: Caller, name: string): void {
    const { guard, store } = this.parts;
    const lower = name.toLowerCase();
    guard.database(caller, 'glue:DeleteDatabase', lower);
    for (const table of store.databases.get(lower)?.tables.keys() ?? [])
      guard.onlyTable(caller, 'glue:DeleteDatabase', lower, table);
    store.database(lower);
    store.databases.delete(lower);
  }

  /** Adds a database and asks for no right. @throws ServiceError AlreadyExistsException */
  add(input: GlueDatabaseInput): GlueDatabase {
    const database = this.stateOf(input);
    this.parts.store.addDatabase(database);
    return database;
  }

  /** @throws ServiceError EntityNotFoundException */
  replace(name: string, input: GlueDatabaseInput): GlueDatabase {
    const entry = this.parts.store.database(name);
    entry.database = { ...this.stateOf({ ...input, Name: name }), CreateTime: entry.database.CreateTime };
    return entry.database;
  }

  private stateOf(input: GlueDatabaseInput): GlueDatabase {
    return { ...input, CatalogId: this.parts.account, CreateTime: this.parts.clock.now() / 1000 };
  }
}
