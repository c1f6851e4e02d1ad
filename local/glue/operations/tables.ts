import type { Members } from '../../input.ts';
import type { Caller, Operation, ServiceError } from '../../service.ts';
import type { GlueCatalog } from '../catalog.ts';
import { invalidInput, isCode } from '../glue-error.ts';
import type { IcebergTables } from '../iceberg/iceberg-tables.ts';
import { readChanges, readOpenFormat } from '../iceberg/read-definition.ts';
import { readTableInput } from '../input.ts';
import { pageOf } from '../page.ts';
import type { GlueTable } from '../table.ts';
import { namePattern } from './name-pattern.ts';
import { atMost, name, request } from './request.ts';

/** Tables in one answer, at most. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html */
const PAGE = 100;
/** Tables in one answer of a search. @see https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html */
const SEARCH_PAGE = 1000;
/** Tables of one batch. @see https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTable.html */
const BATCH = 100;

export const tableOperations = ({ tables, iceberg }: GlueCatalog): Readonly<Record<string, Operation>> => ({
  CreateTable: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'Name', 'TableInput', 'OpenTableFormatInput');
    const database = name(members, 'DatabaseName');
    if (members.has('OpenTableFormatInput')) createIceberg(iceberg, caller, database, members);
    else tables.create(caller, database, readTableInput(members.raw('TableInput')));
    return {};
  },
  GetTable: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'Name');
    return { Table: tables.get(caller, name(members, 'DatabaseName'), name(members, 'Name')) };
  },
  GetTables: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'Expression', 'MaxResults', 'NextToken');
    const expression = members.optionalText('Expression');
    const wanted = expression === undefined ? undefined : namePattern(expression);
    const all = tables.list(caller, name(members, 'DatabaseName')).filter(({ Name }) => wanted?.(Name) ?? true);
    const { items, next } = pageOf(all, ({ Name }) => Name, input, { operation: 'GetTables', most: PAGE });
    return { TableList: items, ...next };
  },
  UpdateTable: async (input, caller) => {
    const known = ['Name', 'TableInput', 'UpdateOpenTableFormatInput', 'SkipArchive', 'VersionId'];
    const members = request(input, 'DatabaseName', ...known);
    const update = {
      versionId: members.optionalText('VersionId'),
      skipArchive: members.optionalBoolean('SkipArchive') ?? false,
    };
    const database = name(members, 'DatabaseName');
    const changes = members.raw('UpdateOpenTableFormatInput');
    if (changes === undefined) tables.update(caller, database, readTableInput(members.raw('TableInput')), update);
    else iceberg.update(caller, database, icebergName(members), readChanges(changes), update);
    return {};
  },
  DeleteTable: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'Name');
    tables.delete(caller, name(members, 'DatabaseName'), name(members, 'Name'));
    return {};
  },
  BatchDeleteTable: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'TablesToDelete');
    const wanted = atMost(members.texts('TablesToDelete'), 'tablesToDelete', BATCH);
    const database = name(members, 'DatabaseName');
    const Errors = wanted.flatMap((TableName) => {
      try {
        tables.delete(caller, database, TableName, 'glue:BatchDeleteTable');
        return [];
      } catch (error) {
        if (!isCode(error, 'EntityNotFoundException')) throw error;
        return [{ TableName, ErrorDetail: detailOf(error) }];
      }
    });
    return { Errors };
  },
  SearchTables: async (input, caller) => {
    const members = request(input, 'SearchText', 'MaxResults', 'NextToken');
    const text = members.optionalText('SearchText')?.toLowerCase() ?? '';
    const found = tables.search(caller).filter((table) => wordsOf(table).some((word) => word.toLowerCase().includes(text)));
    const { items, next } = pageOf(found, ({ DatabaseName, Name }) => `${DatabaseName}\0${Name}`, input, {
      operation: 'SearchTables',
      most: SEARCH_PAGE,
    });
    return { TableList: items, ...next };
  },
});

/** Makes an Iceberg table of a definition, or of a `TableInput`: never of both. */
function createIceberg(iceberg: IcebergTables, caller: Caller, database: string, members: Members): void {
  const { definition } = readOpenFormat(members.raw('OpenTableFormatInput'));
  if (definition !== undefined) iceberg.create(caller, database, icebergName(members), definition);
  else iceberg.createOf(caller, database, readTableInput(members.raw('TableInput')));
}

/** The name of an Iceberg table whose definition stands beside it. @throws ServiceError InvalidInputException where a `TableInput` stands there too */
function icebergName(members: Members): string {
  if (members.has('TableInput')) throw invalidInput('Table metadata information present at multiple parts of input request');
  return name(members, 'Name');
}

/** An error within an answer. */
export const detailOf = ({ code, message }: ServiceError): object => ({ ErrorCode: code, ErrorMessage: message });

const wordsOf = ({ Name, Description, StorageDescriptor, PartitionKeys }: GlueTable): readonly string[] => [
  Name,
  Description ?? '',
  ...[...(StorageDescriptor?.Columns ?? []), ...(PartitionKeys ?? [])].map((column) => column.Name),
];
