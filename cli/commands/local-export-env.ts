import { type Command, Option } from 'commander';
import { homeHere } from '../local/home-here.ts';
import type { Shell } from '../local/variables.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';

/** `headwaters local export-env`: what leads a client of AWS to the platform. */
export function addLocalExportEnv(local: Command, out: Out): void {
  local
    .command('export-env')
    .summary('print the variables that lead a client of AWS to the platform')
    .description(
      'Prints lines for a shell to evaluate: eval "$(headwaters local export-env --as analyst)". Without --as they carry the rights of the operator, who may ' +
        'do anything; with it, those of a role for an hour, as its trust policy allows.',
    )
    .option('--as <role>', "a role's ARN, or its name: analyst, sales/steward …")
    .addOption(new Option('--shell <name>', 'the shell that reads the lines').choices(['sh', 'fish']).default('sh'))
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ as, shell, json }: { readonly as?: string; readonly shell: Shell; readonly json: boolean }) => {
      const { theRun } = await import('../local/find-run.ts');
      const { exportLines, variablesOf } = await import('../local/variables.ts');
      const run = theRun(await homeHere());
      const keys =
        as === undefined
          ? run.operator
          : await withOptionalPeers(async () => (await import('../local/take-role.ts')).takeRole(run, as));
      const variables = variablesOf(run, keys);
      out.line(json ? JSON.stringify(variables) : exportLines(variables, shell).join('\n'));
    });
}
