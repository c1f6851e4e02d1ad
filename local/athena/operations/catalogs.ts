import type { Members } from '../../input.ts';
import type { Operation } from '../../service.ts';
import type { Athena } from '../athena.ts';
import { bounded, RanAway } from '../bounded.ts';
import { page, paging, request } from './request.ts';

/** In one answer, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTableMetadata.html */
const MOST = 50;

export const catalogOperations = ({ dataCatalog }: Athena): Readonly<Record<string, Operation>> => ({
  ListDataCatalogs: async (input, caller) => {
    const members = request(input, 'MaxResults', 'NextToken', 'WorkGroup');
    const { items, next } = page(dataCatalog.list(caller), paging(members, MOST));
    return { DataCatalogsSummary: items, ...next };
  },
  GetDataCatalog: async (input, caller) => ({
    DataCatalog: dataCatalog.get(caller, request(input, 'Name', 'WorkGroup').text('Name')),
  }),
  ListDatabases: async (input, caller) => {
    const members = request(input, 'CatalogName', 'MaxResults', 'NextToken', 'WorkGroup');
    const { items, next } = page(dataCatalog.databases(caller, members.text('CatalogName')), paging(members, MOST));
    return { DatabaseList: items, ...next };
  },
  GetDatabase: async (input, caller) => {
    const members = request(input, 'CatalogName', 'DatabaseName', 'WorkGroup');
    return { Database: dataCatalog.database(caller, members.text('CatalogName'), members.text('DatabaseName')) };
  },
  ListTableMetadata: async (input, caller) => {
    const members = request(input, 'CatalogName', 'DatabaseName', 'Expression', 'MaxResults', 'NextToken', 'WorkGroup');
    const names = [members.text('CatalogName'), members.text('DatabaseName')] as const;
    const { items, next } = page(
      matched(members, (by) => dataCatalog.tables(caller, ...names, by)),
      paging(members, MOST),
    );
    return { TableMetadataList: items, ...next };
  },
  GetTableMetadata: async (input, caller) => {
    const members = request(input, 'CatalogName', 'DatabaseName', 'TableName', 'WorkGroup');
    const names = [members.text('CatalogName'), members.text('DatabaseName'), members.text('TableName')] as const;
    return { TableMetadata: dataCatalog.table(caller, ...names) };
  },
});

/** What an expression of the caller's finds: it is run here, and may backtrack. */
function matched<T>(members: Members, find: (by: RegExp | undefined) => T): T {
  const by = expression(members);
  try {
    return bounded(() => find(by));
  } catch (error) {
    throw error instanceof RanAway ? members.invalid('Expression', 'must not backtrack for seconds') : error;
  }
}

function expression(members: Members): RegExp | undefined {
  const text = members.optionalText('Expression');
  if (text === undefined) return undefined;
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    throw members.invalid('Expression', 'must be a regular expression');
  }
}
