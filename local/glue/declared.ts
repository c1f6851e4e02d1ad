import { createHash } from 'node:crypto';
import type { SavedCatalog } from './saved-catalog.ts';
import { CatalogStore, type StoredDatabase, type StoredTable } from './store.ts';

/**
 * What templates have declared. CloudFormation compares a template with the one before, never with the catalog: what calls have changed since
 * stays changed until the template itself says otherwise, and what a template no longer holds is gone.
 */
export class Declared {
  private readonly digests = new Map<string, string>();
  /** Digests, and contents, of what an earlier run declared; they wait until this one does. */
  private earlier: Readonly<Record<string, string>> = {};
  private readonly databases = new Map<string, StoredDatabase>();
  private readonly tables = new Map<string, StoredTable>();

  constructor(private readonly store: CatalogStore) {}

  /** Takes a saved catalog over: into the store what calls have made, and aside what awaits its declaration. */
  restore({ declared, databases }: SavedCatalog): void {
    this.earlier = declared;
    for (const { database, tables } of databases) {
      const own: StoredDatabase = { database, tables: new Map() };
      const place = database.Name in declared ? this.databases : this.store.databases;
      place.set(database.Name, own);
      for (const { versions, partitions } of tables) {
        const table = CatalogStore.tableOf(versions, partitions);
        const name = versions[0]?.Name ?? '';
        const path = `${database.Name}/${name}`;
        if (path in declared) this.tables.set(path, table);
        else own.tables.set(name, table);
      }
    }
  }

  /** Declares a database: whether an earlier run did, and whether it said the same. What it left is in the store then. */
  database(name: string, input: object): Declaration {
    const left = this.databases.get(name);
    if (left !== undefined) this.store.databases.set(name, left);
    return this.declare(name, input);
  }

  /** Declares a table of a database that is in the store. */
  table(database: string, name: string, input: object): Declaration {
    const path = `${database}/${name}`;
    const left = this.tables.get(path);
    if (left !== undefined) this.store.database(database).tables.set(name, left);
    return this.declare(path, input);
  }

  /** Digests of what this run declared, by name. */
  saved(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.digests);
  }

  private declare(name: string, input: object): Declaration {
    const digest = createHash('sha256').update(canonical(input)).digest('hex');
    const before = this.digests.has(name) ? undefined : this.earlier[name];
    this.digests.set(name, digest);
    this.databases.delete(name);
    this.tables.delete(name);
    if (before === undefined) return 'new';
    return before === digest ? 'same' : 'changed';
  }
}

export type Declaration = 'new' | 'same' | 'changed';

/** JSON that does not depend on the order of members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
