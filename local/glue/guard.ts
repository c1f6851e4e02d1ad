import type { Access, Caller } from '../service.ts';

export interface CatalogGuardProps {
  readonly access: Access;
  readonly account: string;
  readonly region: string;
}

/**
 * Asks for an action on each level of the catalog: itself, the database, the table. Names are in lower case.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
export class CatalogGuard {
  constructor(private readonly props: CatalogGuardProps) {}

  /** @throws ServiceError AccessDeniedException */
  catalog(caller: Caller, action: string): void {
    this.check(caller, action, 'catalog');
  }

  /** @throws ServiceError AccessDeniedException */
  database(caller: Caller, action: string, database: string): void {
    this.catalog(caller, action);
    this.check(caller, action, `database/${database}`);
  }

  /** @throws ServiceError AccessDeniedException */
  table(caller: Caller, action: string, database: string, table: string): void {
    this.database(caller, action, database);
    this.onlyTable(caller, action, database, table);
  }

  /** The databases or tables of a list, each by itself; the levels above have been asked for. @throws ServiceError AccessDeniedException */
  onlyDatabase(caller: Caller, action: string, database: string): void {
    this.check(caller, action, `database/${database}`);
  }

  /** @throws ServiceError AccessDeniedException */
  onlyTable(caller: Caller, action: string, database: string, table: string): void {
    this.check(caller, action, `table/${database}/${table}`);
  }

  private check(caller: Caller, action: string, resource: string): void {
    const { access, region, account } = this.props;
    access.check(caller, action, `arn:aws:glue:${region}:${account}:${resource}`);
  }
}
