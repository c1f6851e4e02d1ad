import type { Command } from 'commander';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

/** `headwaters query`: asks the lake that a run left. */
export function addQuery(program: Command, out: Out): void {
  program
    .command('query')
    .summary('ask the lake that the last run left')
    .description('Runs SQL as Athena would, with the rights of a role, at the time at which the lake was left.')
    .argument('<sql>', 'a SELECT; tables are named "database"."dataset"')
    .option('--as <role>', "a role's ARN, or its name: analyst, sales/steward …", 'analyst')
    .option('--database <name>', 'where tables without a database are looked up, such as headwaters_dev_sales')
    .option('--json', 'print the rows as one line of JSON', false)
    .action(async (sql: string, options: { as: string; database?: string; json: boolean }) => {
      const [{ queryLake }, { table }] = await withOptionalPeers(() =>
        Promise.all([import('../query-lake.ts'), import('../table.ts')]),
      );
      const { columns, rows } = await queryLake(projectAround(process.cwd()), sql, options.as, options.database);
      out.line(
        options.json
          ? JSON.stringify(rows)
          : table(
              columns,
              rows.map((row) => columns.map((column) => row[column] ?? '')),
            ),
      );
    });
}
