import {
  type AthenaClient,
  type ColumnInfo,
  BatchGetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  ListNamedQueriesCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { CommandError } from '../command-error.ts';

/** Values in the order of the columns: each Athena's text, null where there is none. */
export type AnswerRow = readonly (string | null)[];

/** Values by column name. */
export type NamedRow = Readonly<Record<string, string | null>>;

/** As Athena names the type of a column: `bigint`, `varchar`, `array`; a decimal's with its digits, `decimal(10,2)`. */
export type ColumnTypeName = string;

export interface Answer {
  /** Names, which need not differ. */
  readonly columns: readonly string[];
  /** Of each column. */
  readonly types: readonly ColumnTypeName[];
  readonly rows: readonly AnswerRow[];
  readonly scannedBytes: number;
}

const POLL_MS = 50;

/**
 * Asks a question and waits for its answer.
 *
 * @param database Where names without a database are looked up; none by default
 * @throws the service's refusal, or {@link CommandError} `QueryFailed` with Athena's reason
 */
export async function ask(client: AthenaClient, workGroup: string, sql: string, database?: string): Promise<Answer> {
  const QueryExecutionId = await startQuery(client, workGroup, sql, database);
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED')
      return {
        ...(await readRows(client, QueryExecutionId ?? '', QueryExecution?.StatementType === 'DML')),
        scannedBytes: QueryExecution?.Statistics?.DataScannedInBytes ?? 0,
      };
    if (State === 'FAILED' || State === 'CANCELLED') throw new CommandError('QueryFailed', StateChangeReason ?? State);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A text that Athena cannot read fails as one that it cannot run. */
async function startQuery(
  client: AthenaClient,
  workGroup: string,
  sql: string,
  database: string | undefined,
): Promise<string | undefined> {
  try {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workGroup,
        ...(database === undefined ? {} : { QueryExecutionContext: { Database: database } }),
      }),
    );
    return QueryExecutionId;
  } catch (error) {
    if (error instanceof InvalidRequestException && error.AthenaErrorCode === 'MALFORMED_QUERY')
      throw new CommandError('QueryFailed', error.message);
    throw error;
  }
}

/** @param hasHead Whether the first row of the first page names the columns: of a query's, and of no `SHOW`'s or `DESCRIBE`'s */
async function readRows(client: AthenaClient, id: string, hasHead: boolean): Promise<Omit<Answer, 'scannedBytes'>> {
  const rows: AnswerRow[] = [];
  let infos: readonly ColumnInfo[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: id,
        MaxResults: 1000,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    infos = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? infos;
    const data = page.ResultSet?.Rows ?? [];
    for (const row of hasHead && token === undefined ? data.slice(1) : data) {
      rows.push(infos.map((_, index) => row.Data?.[index]?.VarCharValue ?? null));
    }
    token = page.NextToken;
  } while (token !== undefined);
  return { columns: infos.map(({ Name }) => Name ?? ''), types: infos.map(typeOf), rows };
}

const typeOf = ({ Type = '', Precision = 0, Scale = 0 }: ColumnInfo): ColumnTypeName =>
  Type === 'decimal' ? `decimal(${Precision},${Scale})` : Type;

/** Rows by column name; where a name stands again it has a number: `x`, `x_2`. */
export function rowsByName({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): NamedRow[] {
  const names = namesApart(columns);
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
}

/** Names that differ: where one stands again it has a number. */
export function namesApart(columns: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const column of columns) {
    let name = column;
    for (let number = 2; names.has(name) || (name !== column && columns.includes(name)); number += 1)
      name = `${column}_${number}`;
    names.add(name);
  }
  return [...names];
}

/** A question that stands ready. */
interface Question {
  readonly name: string;
  readonly sql: string;
}

/** The questions that stand ready in a workgroup, in order of their names. */
export async function namedQueries(client: AthenaClient, workGroup: string): Promise<Question[]> {
  const queries: Question[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListNamedQueriesCommand({ WorkGroup: workGroup, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    queries.push(...(await readQueries(client, page.NamedQueryIds ?? [])));
    token = page.NextToken;
  } while (token !== undefined);
  return queries.sort((a, b) => a.name.localeCompare(b.name));
}

/** @param ids Of one page of a list: more cannot be asked for at once */
async function readQueries(client: AthenaClient, ids: string[]): Promise<Question[]> {
  if (ids.length === 0) return [];
  const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds: ids }));
  return NamedQueries.map(({ Name = '', QueryString = '' }) => ({ name: Name, sql: QueryString }));
}
