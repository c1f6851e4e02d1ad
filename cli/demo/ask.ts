import {
  type AthenaClient,
  BatchGetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { CommandError } from '../command-error.ts';

/** Rows by column name; every value as Athena's text, null where there is none. */
export type AnswerRow = Readonly<Record<string, string | null>>;

export interface Answer {
  readonly columns: readonly string[];
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
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: workGroup,
      ...(database === undefined ? {} : { QueryExecutionContext: { Database: database } }),
    }),
  );
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

/** @param hasHead Whether the first row of the first page names the columns: of a query's, and of no `SHOW`'s or `DESCRIBE`'s */
async function readRows(client: AthenaClient, id: string, hasHead: boolean): Promise<Omit<Answer, 'scannedBytes'>> {
  const rows: AnswerRow[] = [];
  let columns: readonly string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: id,
        MaxResults: 1000,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name }) => Name ?? '') ?? columns;
    const data = page.ResultSet?.Rows ?? [];
    for (const row of hasHead && token === undefined ? data.slice(1) : data) {
      rows.push(Object.fromEntries(columns.map((name, index) => [name, row.Data?.[index]?.VarCharValue ?? null])));
    }
    token = page.NextToken;
  } while (token !== undefined);
  return { columns, rows };
}

/** The questions that stand ready in a workgroup, in order of their names. */
export async function namedQueries(
  client: AthenaClient,
  workGroup: string,
): Promise<{ readonly name: string; readonly sql: string }[]> {
  const { NamedQueryIds = [] } = await client.send(new ListNamedQueriesCommand({ WorkGroup: workGroup }));
  if (NamedQueryIds.length === 0) return [];
  const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
  return NamedQueries.map(({ Name = '', QueryString = '' }) => ({ name: Name, sql: QueryString })).sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}
