import type { Command } from 'commander';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

interface PutFlags {
  readonly flush: boolean;
  readonly as?: string;
  readonly json: boolean;
}

/** `headwaters put`: events into a dataset's stream on this machine. */
export function addPut(program: Command, out: Out): void {
  program
    .command('put')
    .summary("put events into a dataset's stream on this machine")
    .description(
      "Puts each line of a file into the stream of a dataset of the platform that `headwaters local start` runs, as the dataset's producer. Many lines share a " +
        'record; what the stream refuses is put again.',
    )
    .argument('<dataset>', "a dataset's name, with its domain where another has the same: orders, sales.orders")
    .argument('[file]', 'events, one JSON object on each line; - for standard input', '-')
    .option('--flush', 'move the clock until every event can be queried, and count what became of them', false)
    .option('--as <role>', "a role's ARN, or its name (default: the dataset's producer)")
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (dataset: string, file: string, flags: PutFlags) => {
      const { putEvents, formatPut } = await withOptionalPeers(() => import('../local/put-events.ts'));
      const result = await putEvents(projectAround(process.cwd()), { ...flags, dataset, file }, out);
      out.line(flags.json ? JSON.stringify(result) : formatPut(result));
    });
}
