import { type Command, Option } from 'commander';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';
import type { LakeOwner } from '../query-lake.ts';

interface QueryFlags {
  readonly as?: string;
  readonly workGroup?: string;
  readonly database?: string;
  readonly lake?: LakeOwner;
  readonly json: boolean;
}

/** `headwaters query`: asks the platform that runs, or the lake that a run left. */
export function addQuery(program: Command, out: Out): void {
  program
    .command('query')
    .summary('ask the lake on this machine')
    .description(
      'Runs a statement of SQL as Athena would, with the rights of a role: on the platform that `headwaters local start` runs, or else on the lake that the demo ' +
        'or the last run has left, at the time at which it was left. What a statement changes there is gone once it is answered.',
    )
    .argument(
      '<sql>',
      'a query, or any other statement of Athena\'s: SHOW, INSERT, MERGE, CREATE TABLE …; tables are named "database"."dataset"',
    )
    .option(
      '--as <role>',
      "a role's ARN, or its name: analyst, sales/steward … (default: the analyst, or the only role that may ask)",
    )
    .option('--work-group <name>', "Athena's workgroup (default: the only one in which the role may ask)")
    .option('--database <name>', 'where tables without a database are looked up, such as headwaters_dev_sales')
    .addOption(
      new Option(
        '--lake <owner>',
        'whose lake is asked (default: the platform that runs, or else the only lake there is)',
      ).choices(['demo', 'local']),
    )
    .option(
      '--json',
      'print one line of JSON: columns, each with its name and type, and rows by these names; where a name stands again it has a number: x, x_2',
      false,
    )
    .action(async (sql: string, { as: role, json, ...where }: QueryFlags) => {
      const [{ queryLake }, { typedAnswer }, { table }] = await withOptionalPeers(() =>
        Promise.all([import('../query-lake.ts'), import('../platform/typed-answer.ts'), import('../table.ts')]),
      );
      const answer = await queryLake(projectAround(process.cwd()), { sql, ...(role !== undefined && { role }), ...where }, out);
      out.done();
      out.line(
        json
          ? JSON.stringify(typedAnswer(answer))
          : table(
              answer.columns,
              answer.rows.map((row) => row.map((value) => value ?? '')),
            ),
      );
    });
}
