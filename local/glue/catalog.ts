import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import { catalogService } from './catalog-service.ts';
import { lowerCased, type GlueDatabase, type GlueTable, type GlueTableInput } from './table.ts';

export interface GlueCatalogProps {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly account: string;
  readonly region: string;
}

/** The Data Catalog of one account and region: databases and their tables. A read is authorized on the catalog, the database and the table. */
export class GlueCatalog {
  readonly service: JsonService = catalogService(this);
  private readonly databases = new Map<string, { readonly database: GlueDatabase; readonly tables: Map<string, GlueTable> }>();

  constructor(private readonly props: GlueCatalogProps) {}

  /** @throws ServiceError AlreadyExistsException */
  createDatabase(input: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, string>>;
  }): GlueDatabase {
    const name = input.name.toLowerCase();
    if (this.databases.has(name)) throw new ServiceError('AlreadyExistsException', 'Database already exists.');
    const database: GlueDatabase = {
      Name: name,
      ...(input.description !== undefined && { Description: input.description }),
      ...(input.parameters && { Parameters: input.parameters }),
      CatalogId: this.props.account,
      CreateTime: this.props.clock.now() / 1000,
    };
    this.databases.set(name, { database, tables: new Map() });
    return database;
  }

  /** @throws ServiceError EntityNotFoundException for the database, AlreadyExistsException for the table */
  createTable(databaseName: string, input: GlueTableInput): GlueTable {
    const { database, tables } = this.entry(databaseName);
    const lower = lowerCased(input);
    if (tables.has(lower.Name)) throw new ServiceError('AlreadyExistsException', 'Table already exists.');
    const time = this.props.clock.now() / 1000;
    const table: GlueTable = {
      ...lower,
      DatabaseName: database.Name,
      CatalogId: this.props.account,
      CreateTime: time,
      UpdateTime: time,
      VersionId: '0',
    };
    tables.set(lower.Name, table);
    return table;
  }

  /** @throws ServiceError AccessDeniedException, EntityNotFoundException */
  databaseFor(caller: Caller, databaseName: string): GlueDatabase {
    this.authorize(caller, 'glue:GetDatabase', databaseName);
    return this.entry(databaseName).database;
  }

  /** Databases in order of their names. @throws ServiceError AccessDeniedException */
  databasesFor(caller: Caller): readonly GlueDatabase[] {
    this.authorize(caller, 'glue:GetDatabases');
    const all = [...this.databases.values()].map(({ database }) => database);
    for (const { Name } of all) this.props.access.check(caller, 'glue:GetDatabases', this.arn(`database/${Name}`));
    return all.sort(byName);
  }

  /**
   * One table, as the caller may see it; whoever reads a table for a caller asks here.
   *
   * @throws ServiceError AccessDeniedException, EntityNotFoundException
   */
  tableFor(caller: Caller, databaseName: string, tableName: string): GlueTable {
    this.authorize(caller, 'glue:GetTable', databaseName, tableName);
    const table = this.entry(databaseName).tables.get(tableName.toLowerCase());
    if (table === undefined) {
      throw new ServiceError('EntityNotFoundException', `Table ${tableName.toLowerCase()} not found.`);
    }
    return table;
  }

  /** Tables of one database in order of their names. @throws ServiceError AccessDeniedException, EntityNotFoundException */
  tablesFor(caller: Caller, databaseName: string): readonly GlueTable[] {
    this.authorize(caller, 'glue:GetTables', databaseName);
    const all = [...this.entry(databaseName).tables.values()];
    const database = databaseName.toLowerCase();
    for (const { Name } of all) this.props.access.check(caller, 'glue:GetTables', this.arn(`table/${database}/${Name}`));
    return all.sort(byName);
  }

  /** Glue asks for the action on each level: the catalog, the database, the table. */
  private authorize(caller: Caller, action: string, databaseName?: string, tableName?: string): void {
    const database = databaseName?.toLowerCase();
    this.props.access.check(caller, action, this.arn('catalog'));
    if (database !== undefined) this.props.access.check(caller, action, this.arn(`database/${database}`));
    if (database !== undefined && tableName !== undefined) {
      this.props.access.check(caller, action, this.arn(`table/${database}/${tableName.toLowerCase()}`));
    }
  }

  private entry(databaseName: string): { readonly database: GlueDatabase; readonly tables: Map<string, GlueTable> } {
    const found = this.databases.get(databaseName.toLowerCase());
    if (found === undefined)
      throw new ServiceError('EntityNotFoundException', `Database ${databaseName.toLowerCase()} not found.`);
    return found;
  }

  private arn(resource: string): string {
    return `arn:aws:glue:${this.props.region}:${this.props.account}:${resource}`;
  }
}

const byName = (a: { readonly Name: string }, b: { readonly Name: string }): number => (a.Name < b.Name ? -1 : 1);
