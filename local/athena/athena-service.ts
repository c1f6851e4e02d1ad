import { Members } from '../input.ts';
import { ServiceError, type JsonService } from '../service.ts';
import type { Athena } from './athena.ts';
import { MOST_ROWS } from './execution.ts';

/** Ids in one answer of `ListNamedQueries`, at most. */
const MOST_IDS = 50;

const read = (input: Readonly<Record<string, unknown>>): Members =>
  new Members(input, (message) => new ServiceError('InvalidRequestException', message));

/** Athena over the wire. */
export const athenaService = (athena: Athena): JsonService => ({
  name: 'athena',
  targetPrefix: 'AmazonAthena',
  version: '1.1',
  operations: {
    StartQueryExecution: async (input, caller) => {
      const request = read(input);
      const context = request.optionalObject('QueryExecutionContext');
      const catalog = context?.optionalText('Catalog');
      if (catalog !== undefined && catalog.toLowerCase() !== 'awsdatacatalog') {
        throw new ServiceError(
          'InvalidRequestException',
          `'QueryExecutionContext.Catalog' must be AwsDataCatalog, got ${catalog}`,
        );
      }
      const id = athena.start(caller, {
        sql: request.text('QueryString'),
        ...optional('database', context?.optionalText('Database')),
        ...optional('workGroup', request.optionalText('WorkGroup')),
        ...optional('outputLocation', request.optionalObject('ResultConfiguration')?.optionalText('OutputLocation')),
        ...optional('token', request.optionalText('ClientRequestToken')),
      });
      return { QueryExecutionId: id };
    },
    GetQueryExecution: async (input, caller) => ({
      QueryExecution: athena.describe(caller, read(input).text('QueryExecutionId')),
    }),
    GetQueryResults: async (input, caller) => {
      const { start, count } = pageOf(read(input), MOST_ROWS);
      return athena.results(caller, read(input).text('QueryExecutionId'), start, count);
    },
    StopQueryExecution: async (input, caller) => {
      athena.stop(caller, read(input).text('QueryExecutionId'));
      return {};
    },
    GetWorkGroup: async (input, caller) => ({ WorkGroup: athena.describeWorkGroup(caller, read(input).text('WorkGroup')) }),
    GetNamedQuery: async (input, caller) => ({ NamedQuery: athena.describeNamedQuery(caller, read(input).text('NamedQueryId')) }),
    ListNamedQueries: async (input, caller) => {
      const { start, count } = pageOf(read(input), MOST_IDS);
      const ids = athena.listNamedQueries(caller, read(input).optionalText('WorkGroup'));
      const end = start + count;
      return { NamedQueryIds: ids.slice(start, end), ...(end < ids.length && { NextToken: String(end) }) };
    },
    BatchGetNamedQuery: async (input, caller) => {
      const found: object[] = [];
      const missing: object[] = [];
      for (const id of read(input).texts('NamedQueryIds')) {
        try {
          found.push(athena.describeNamedQuery(caller, id, 'athena:BatchGetNamedQuery'));
        } catch (error) {
          if (!(error instanceof ServiceError) || error.code !== 'InvalidRequestException') throw error;
          missing.push({ NamedQueryId: id, ErrorCode: 'INVALID_INPUT', ErrorMessage: error.message });
        }
      }
      return { NamedQueries: found, UnprocessedNamedQueryIds: missing };
    },
  },
});

const optional = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;

function pageOf(request: Members, most: number): { readonly start: number; readonly count: number } {
  const count = request.optionalNumber('MaxResults') ?? most;
  if (!Number.isSafeInteger(count) || count < 1 || count > most)
    throw request.invalid('MaxResults', `must be a whole number from 1 to ${most}`);
  const start = Number(request.optionalText('NextToken') ?? 0);
  if (!Number.isSafeInteger(start) || start < 0) throw request.invalid('NextToken', 'must come from an earlier answer');
  return { start, count };
}
