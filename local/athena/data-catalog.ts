import type { GlueCatalog } from '../glue/catalog.ts';
import { isCode } from '../glue/glue-error.ts';
import type { GlueColumn, GlueDatabase, GlueTable } from '../glue/table.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { invalid } from './invalid-request.ts';

export interface DataCatalogProps {
  readonly access: Access;
  readonly catalog: GlueCatalog;
  readonly account: string;
  readonly region: string;
}

/** The name of the one data catalog there is: Glue's. */
export const CATALOG_NAME = 'AwsDataCatalog';

/** The catalog as Athena shows it: its own right on the data catalog first, then Glue's, as the caller. */
export class DataCatalog {
  constructor(private readonly props: DataCatalogProps) {}

  /** @throws ServiceError AccessDeniedException */
  list(caller: Caller): readonly object[] {
    this.props.access.check(caller, 'athena:ListDataCatalogs', '*');
    return [{ CatalogName: CATALOG_NAME, Type: 'GLUE' }];
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  get(caller: Caller, name: string): object {
    this.open(caller, 'athena:GetDataCatalog', name);
    return { Name: CATALOG_NAME, Type: 'GLUE', Parameters: { 'catalog-id': this.props.account } };
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, MetadataException */
  databases(caller: Caller, catalog: string): readonly object[] {
    const via = this.open(caller, 'athena:ListDatabases', catalog);
    return metadata(() => this.props.catalog.databases.list(via)).map(databaseView);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, MetadataException */
  database(caller: Caller, catalog: string, name: string): object {
    const via = this.open(caller, 'athena:GetDatabase', catalog);
    return databaseView(metadata(() => this.props.catalog.databaseFor(via, name)));
  }

  /** @param expression A pattern of names. @throws ServiceError AccessDeniedException, InvalidRequestException, MetadataException */
  tables(caller: Caller, catalog: string, database: string, expression: RegExp | undefined): readonly object[] {
    const via = this.open(caller, 'athena:ListTableMetadata', catalog);
    const all = metadata(() => this.props.catalog.tables.list(via, database));
    return all.filter(({ Name }) => expression?.test(Name) ?? true).map(tableView);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, MetadataException */
  table(caller: Caller, catalog: string, database: string, name: string): object {
    const via = this.open(caller, 'athena:GetTableMetadata', catalog);
    return tableView(metadata(() => this.props.catalog.tableFor(via, database, name)));
  }

  /** The caller as Glue sees them, once Athena lets them. */
  private open(caller: Caller, action: string, name: string): Caller {
    const { access, region, account } = this.props;
    access.check(caller, action, `arn:aws:athena:${region}:${account}:datacatalog/${name}`);
    if (name.toLowerCase() !== CATALOG_NAME.toLowerCase()) throw invalid(`Data catalog ${name} was not found`);
    return { ...caller, calledVia: [...(caller.calledVia ?? []), 'athena.amazonaws.com'] };
  }
}

/** Athena tells what Glue does not know in a code of its own. */
function metadata<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isCode(error, 'EntityNotFoundException')) throw new ServiceError('MetadataException', error.message);
    throw error;
  }
}

const databaseView = ({ Name, Description, Parameters }: GlueDatabase): object => ({
  Name,
  ...(Description !== undefined && { Description }),
  ...(Parameters && { Parameters }),
});

function tableView(table: GlueTable): object {
  const { Location, InputFormat, OutputFormat, SerdeInfo: serde, Columns = [] } = table.StorageDescriptor ?? {};
  const storage = {
    inputformat: InputFormat,
    location: Location,
    outputformat: OutputFormat,
    'serde.serialization.lib': serde?.SerializationLibrary,
    ...Object.fromEntries(Object.entries(serde?.Parameters ?? {}).map(([name, value]) => [`serde.param.${name}`, value])),
  };
  return {
    Name: table.Name,
    CreateTime: table.CreateTime,
    LastAccessTime: 0,
    TableType: table.TableType ?? '',
    Columns: Columns.map(columnView),
    PartitionKeys: (table.PartitionKeys ?? []).map(columnView),
    Parameters: {
      ...table.Parameters,
      ...Object.fromEntries(Object.entries(storage).filter(([, value]) => value !== undefined)),
    },
  };
}

const columnView = ({ Name, Type, Comment }: GlueColumn): object => ({ Name, Type, ...(Comment !== undefined && { Comment }) });
