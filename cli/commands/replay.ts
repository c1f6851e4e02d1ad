import { Argument, type Command } from 'commander';
import { SOURCES, type Source } from '../../core/replay/request.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

interface ReplayFlags {
  readonly reason?: string;
  readonly dryRun: boolean;
  readonly as?: string;
  readonly json: boolean;
}

/** `headwaters replay`: originals back into their stream, on this machine. */
export function addReplay(program: Command, out: Out): void {
  program
    .command('replay')
    .summary('bring rejected or raw events back through their stream, on this machine')
    .description(
      'Judges original events anew by the current contract, and puts those that it accepts into the dataset’s stream; the others stay where they are, with ' +
        'their reason. It takes the steps of the replay’s state machine on the platform that `headwaters local start` runs; on AWS the state machine does, as ' +
        'docs/replay.md says.\n\n' +
        'A run that was stopped is started again with the same words and goes on where it was. What was put once from quarantine is never put again; raw is ' +
        'put anew for each contract.',
    )
    .addArgument(new Argument('<source>', 'where originals are taken from').choices([...SOURCES]))
    .option('--dataset <name>', "a dataset's name, with its domain where another has the same: orders, sales.orders")
    .option('--from <day>', 'first day of UTC, 2026-01-31, or of raw the first hour, 2026-01-31T08')
    .option('--to <day>', 'last day or hour, included; 31 days at most')
    .option('--reason <code>', 'of quarantine: only what was rejected for this reason')
    .option('--dry-run', 'judge and count, and put nothing', false)
    .option(
      '--as <role>',
      'invoke as a role, by its ARN or name (default: the operator; the function has its own role in any case)',
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (source: Source, { json, ...flags }: ReplayFlags, command: Command) => {
      const [dataset, from, to] = [required(command, 'dataset'), required(command, 'from'), required(command, 'to')];
      const [{ replay }, { formatReplay }] = await withOptionalPeers(() =>
        Promise.all([import('../replay/replay.ts'), import('../replay/format-replay.ts')]),
      );
      const result = await replay(projectAround(process.cwd()), { ...flags, source, dataset, from, to }, out);
      out.line(json ? JSON.stringify(result) : formatReplay(result));
    });
}

/** The value of an option that must be given. Commander's own `requiredOption` is asked for before the source is judged: `replay foo` would hear of `--dataset`. */
function required(command: Command, name: string): string {
  const value: unknown = command.getOptionValue(name);
  if (typeof value === 'string') return value;
  const option = command.options.find((each) => each.attributeName() === name);
  return command.error(`error: required option '${option?.flags ?? name}' not specified`);
}
