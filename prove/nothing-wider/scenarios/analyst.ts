import {
  BatchGetNamedQueryCommand,
  BatchGetPreparedStatementCommand,
  BatchGetQueryExecutionCommand,
  GetNamedQueryCommand,
  GetPreparedStatementCommand,
  GetWorkGroupCommand,
  ListNamedQueriesCommand,
  ListPreparedStatementsCommand,
  ListQueryExecutionsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetBucketLocationCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { ask } from '../../../cli/platform/ask.ts';
import type { RoleClients } from '../../../cli/platform/session.ts';
import { listObjects } from '../../../cli/platform/zones.ts';
import { isCurated } from '../../../core/curated/cadence.ts';
import { curatedTableName, databaseName, viewName } from '../../../core/naming.ts';
import type { Scenario } from './scenario.ts';
import type { World, WorldReader } from './world.ts';

/** The view that people read. */
const viewOf = (environment: string, { domain, name }: { readonly domain: string; readonly name: string }): string =>
  `"${databaseName(environment, domain)}"."${viewName(name)}"`;

/** A scenario that each group who asks goes through. */
const forEach = (name: string, run: (world: World, reader: WorldReader, clients: RoleClients) => Promise<void>): Scenario => ({
  name,
  run: async (world) => {
    for (const reader of world.readers) await run(world, reader, await world.as(reader.roleArn));
  },
});

/** Analysts ask Athena, look around in the catalog, and fetch their answers. */
export const analyst: readonly Scenario[] = [
  forEach('an analyst asks a question of each dataset', async ({ environment }, { workGroup, datasets }, { athena }) => {
    for (const { contract } of datasets)
      await ask(athena, workGroup, `SELECT count(*) AS events FROM ${viewOf(environment, contract)}`);
  }),
  forEach('an analyst asks a question of each curated table', async ({ environment }, { workGroup, datasets }, { athena }) => {
    for (const { contract } of datasets.filter((each) => isCurated(each.contract)))
      await ask(
        athena,
        workGroup,
        `SELECT * FROM "${databaseName(environment, contract.domain)}"."${curatedTableName(contract.name)}" LIMIT 1`,
      );
  }),
  forEach('an analyst looks around in the catalog', async ({ environment }, { workGroup, datasets, databases }, { athena }) => {
    await ask(athena, workGroup, 'SHOW DATABASES');
    for (const database of databases) await ask(athena, workGroup, `SHOW TABLES IN ${database}`);
    for (const { contract } of datasets)
      await ask(athena, workGroup, `SHOW CREATE VIEW ${viewOf(environment, contract).replaceAll('"', '')}`);
  }),
  forEach('an analyst takes up the questions that stand ready', async (_, { workGroup: WorkGroup }, { athena }) => {
    await athena.send(new GetWorkGroupCommand({ WorkGroup }));
    const { NamedQueryIds = [] } = await athena.send(new ListNamedQueriesCommand({ WorkGroup }));
    for (const NamedQueryId of NamedQueryIds.slice(0, 1)) await athena.send(new GetNamedQueryCommand({ NamedQueryId }));
    if (NamedQueryIds.length > 0) await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
    const { PreparedStatements = [] } = await athena.send(new ListPreparedStatementsCommand({ WorkGroup }));
    const names = PreparedStatements.flatMap(({ StatementName }) => StatementName ?? []);
    for (const StatementName of names.slice(0, 1))
      await athena.send(new GetPreparedStatementCommand({ StatementName, WorkGroup }));
    if (names.length > 0) await athena.send(new BatchGetPreparedStatementCommand({ PreparedStatementNames: names, WorkGroup }));
  }),
  forEach('an analyst goes through the history and stops a query', async (_, { workGroup: WorkGroup }, { athena }) => {
    const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup }));
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    const { QueryExecutionIds = [] } = await athena.send(new ListQueryExecutionsCommand({ WorkGroup }));
    await athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: QueryExecutionIds.slice(0, 10) }));
  }),
  forEach('an analyst fetches the file of an answer', async ({ platform }, { workGroup }, { s3 }) => {
    const Bucket = platform.bucket('results');
    await s3.send(new GetBucketLocationCommand({ Bucket }));
    const [found] = await listObjects(s3, Bucket, `${workGroup}/`);
    if (found === undefined) throw new Error('no answer has a file');
    await s3.send(new GetObjectCommand({ Bucket, Key: found.key }));
  }),
];
