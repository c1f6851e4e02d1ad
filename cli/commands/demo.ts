import { type Command, InvalidArgumentError } from 'commander';
import { CommandError } from '../command-error.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

const DEFAULTS = { rows: 200_000, seed: 2001 } as const;
const MOST_ROWS = 3_000_000;

/** `headwaters demo`: the whole platform on this machine, from contracts to answers. */
export function addDemo(program: Command, out: Out, setExitCode: (code: number) => void): void {
  program
    .command('demo')
    .summary('run the whole platform on this machine, from contracts to answers')
    .description(
      'Synthesizes dev, starts the local runtime on its templates, puts events into the streams as their producers, asks questions as the analyst, ' +
        'looks a year ahead, and says what became of every event. The lake stays in .headwaters/ for `headwaters query`.\n\n' +
        'The exit code is 1 when an event is missing: produced must equal accepted + quarantined, each counted from its own source.',
    )
    .option('--rows <count>', `events of the leading dataset, up to ${MOST_ROWS}`, wholeNumber(1, MOST_ROWS), DEFAULTS.rows)
    .option('--seed <number>', 'what synthetic events and planted faults depend on', wholeNumber(0, 2 ** 31 - 1), DEFAULTS.seed)
    .option('--fresh', 'begin with an empty lake', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (options: { rows: number; seed: number; fresh: boolean; json: boolean }) => {
      await out.step('Loading'); // the first word within two seconds: what follows loads the SDKs and DuckDB
      const [{ runDemo }, { toJson, unbalanced }, { formatReport }] = await withOptionalPeers(() =>
        Promise.all([import('../demo/run-demo.ts'), import('../demo/summary.ts'), import('../demo/report.ts')]),
      );
      const summary = await runDemo(projectAround(process.cwd()), options, out);
      out.line(options.json ? toJson(summary) : formatReport(summary));
      const lost = unbalanced(summary);
      if (lost.length > 0) {
        setExitCode(1);
        throw new CommandError(
          'EventsLost',
          `produced must equal accepted + quarantined for ${lost.map(({ name }) => `'${name}'`).join(', ')}; read the delivery errors in the lake's _errors/`,
        );
      }
    });
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`it must be a whole number from ${least} to ${most}.`);
    return value;
  };
}
