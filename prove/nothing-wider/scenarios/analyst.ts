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
import { listObjects } from '../../../cli/platform/zones.ts';
import { databaseName, viewName } from '../../../core/naming.ts';
import type { Scenario } from './scenario.ts';

/** The view that people read. */
const viewOf = (environment: string, { domain, name }: { readonly domain: string; readonly name: string }): string =>
  `"${databaseName(environment, domain)}"."${viewName(name)}"`;

/** Analysts ask Athena, look around in the catalog, and fetch their answers. */
export const analyst: readonly Scenario[] = [
  {
    name: 'an analyst asks a question of each dataset',
    run: async ({ environment, platform, datasets, as }) => {
      const { athena } = await as(platform.analystRoleArn);
      for (const { contract } of datasets)
        await ask(athena, platform.workGroup, `SELECT count(*) AS events FROM ${viewOf(environment, contract)}`);
    },
  },
  {
    name: 'an analyst looks around in the catalog',
    run: async ({ environment, platform, datasets, as }) => {
      const { athena } = await as(platform.analystRoleArn);
      await ask(athena, platform.workGroup, 'SHOW DATABASES');
      for (const domain of new Set(datasets.map(({ contract }) => contract.domain))) {
        const database = databaseName(environment, domain);
        await ask(athena, platform.workGroup, `SHOW TABLES IN ${database}`);
      }
      for (const { contract } of datasets)
        await ask(athena, platform.workGroup, `SHOW CREATE VIEW ${viewOf(environment, contract).replaceAll('"', '')}`);
    },
  },
  {
    name: 'an analyst takes up the questions that stand ready',
    run: async ({ platform, as }) => {
      const { athena } = await as(platform.analystRoleArn);
      const WorkGroup = platform.workGroup;
      await athena.send(new GetWorkGroupCommand({ WorkGroup }));
      const { NamedQueryIds = [] } = await athena.send(new ListNamedQueriesCommand({ WorkGroup }));
      for (const NamedQueryId of NamedQueryIds.slice(0, 1)) await athena.send(new GetNamedQueryCommand({ NamedQueryId }));
      if (NamedQueryIds.length > 0) await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
      const { PreparedStatements = [] } = await athena.send(new ListPreparedStatementsCommand({ WorkGroup }));
      const names = PreparedStatements.flatMap(({ StatementName }) => StatementName ?? []);
      for (const StatementName of names.slice(0, 1))
        await athena.send(new GetPreparedStatementCommand({ StatementName, WorkGroup }));
      if (names.length > 0) await athena.send(new BatchGetPreparedStatementCommand({ PreparedStatementNames: names, WorkGroup }));
    },
  },
  {
    name: 'an analyst goes through the history and stops a query',
    run: async ({ platform, as }) => {
      const { athena } = await as(platform.analystRoleArn);
      const WorkGroup = platform.workGroup;
      const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup }));
      await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
      const { QueryExecutionIds = [] } = await athena.send(new ListQueryExecutionsCommand({ WorkGroup }));
      await athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: QueryExecutionIds.slice(0, 10) }));
    },
  },
  {
    name: 'an analyst fetches the file of an answer',
    run: async ({ platform, as }) => {
      const { s3 } = await as(platform.analystRoleArn);
      const Bucket = platform.bucket('results');
      await s3.send(new GetBucketLocationCommand({ Bucket }));
      const [found] = await listObjects(s3, Bucket, `${platform.workGroup}/`);
      if (found === undefined) throw new Error('no answer has a file');
      await s3.send(new GetObjectCommand({ Bucket, Key: found.key }));
    },
  },
];
