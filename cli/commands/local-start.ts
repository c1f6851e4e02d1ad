import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { GivenParameter } from '../../local/assembly/given-parameters.ts';
import { parseIsoTime } from '../../local/iso-time.ts';
import { CommandError } from '../command-error.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { addParameter } from '../local/stack-parameters.ts';
import { projectAround } from '../project.ts';

const DEFAULTS = { environment: 'dev' } as const;

interface StartFlags {
  readonly all: boolean;
  readonly env: string;
  readonly parameters?: readonly GivenParameter[];
  readonly port?: number;
  readonly foreground: boolean;
  readonly clock?: number;
  readonly simulated: boolean;
  readonly faults?: string;
  readonly json: boolean;
}

/** `headwaters local start`: brings the platform up in the background. */
export function addLocalStart(local: Command, out: Out): void {
  local
    .command('start')
    .summary('start the platform in the background, and say how to reach it')
    .description(
      'Synthesizes the environment where its templates are older than the project, and runs them in a process of its own. Prints the variables that ' +
        'lead a client of AWS to it; `headwaters local export-env` prints them again, for any role.\n\n' +
        'The clock goes on with the wall clock, so that buffers close by themselves, from where the last run left it or from --clock; time passes for a ' +
        'platform that is stopped, too. With --simulated it stands still until `headwaters local advance` moves it. Clock, port, keys, stacks and parameters of a run stay ' +
        'those of the next.',
    )
    .argument(
      '[stacks...]',
      'stacks or stages of the app that run, with the stacks that they depend on (default: those of the last run, or all)',
    )
    .option('--all', 'run every stack again, where the last run had some', false)
    .option('--env <name>', 'the environment whose templates run', DEFAULTS.environment)
    .option(
      '--parameters <[stack:]name=value>',
      'a value for a parameter of the templates; repeat it for more (default: those of the last run, then those of the templates)',
      addParameter,
    )
    .option('--port <number>', 'port of the endpoint on 127.0.0.1 (default: that of the last run, or any free one)', portNumber)
    .option('--foreground', 'stay until Ctrl-C, or until `headwaters local stop`', false)
    .option(
      '--clock <date>',
      'an ISO 8601 date at which the clock begins, in UTC where it says no zone; never before the state',
      isoDate,
    )
    .option('--simulated', 'let time stand still until it is moved', false)
    .option('--faults <file>', 'a YAML file of what is to go wrong, as docs/local.md says', (file) => path.resolve(file))
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (stacks: readonly string[], flags: StartFlags) => {
      if (flags.all && stacks.length > 0)
        throw new CommandError('TwoTargets', `'--all' must stand alone, got '${stacks.join(' ')}' beside it; leave one out`);
      const project = projectAround(process.cwd());
      await out.step('Loading'); // the first word within two seconds: what follows loads DuckDB
      const { LocalHome } = await import('../local/home.ts');
      const { bringUp } = await withOptionalPeers(() => import('../local/bring-up.ts'));
      const { exportLines, variablesOf } = await import('../local/variables.ts');
      const up = await bringUp(project, new LocalHome(project), { ...flags, ...chosen(stacks, flags) }, out);
      const { run, pid, isTold, ended } = up;
      const { endpoint, region, accountId, environment } = run;
      const variables = variablesOf(run, run.operator);
      if (isTold)
        out.line(
          flags.json
            ? JSON.stringify({ pid, endpoint, region, accountId, environment, variables })
            : [
                `The platform runs at ${endpoint} (process ${pid}). For the operator's rights, export:`,
                ...exportLines(variables),
              ].join('\n'),
        );
      await ended;
    });
}

/** What is to run, where something is said of it. */
const chosen = (stacks: readonly string[], { all }: StartFlags): { readonly stacks?: readonly string[] } =>
  all || stacks.length > 0 ? { stacks } : {};

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('it must be a whole number from 0, any free one, to 65535.');
  return port;
}

function isoDate(text: string): number {
  const time = parseIsoTime(text);
  if (time === undefined)
    throw new InvalidArgumentError('it must be a date of ISO 8601, such as 2026-01-31 or 2026-01-31T08:00:00Z.');
  return time;
}
