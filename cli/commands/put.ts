import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { PutOptions } from '../local/put-events.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

interface PutFlags {
  readonly streamName?: string;
  readonly flush: boolean;
  readonly as?: string;
  readonly json: boolean;
}

/** `headwaters put`: events into a stream on this machine. */
export function addPut(program: Command, out: Out): void {
  program
    .command('put')
    .summary("put events into a dataset's stream on this machine")
    .description(
      "Puts each line of a file into the stream of a dataset of the platform that `headwaters local start` runs, as the dataset's producer. Many lines share a " +
        'record; what the stream refuses is put again.',
    )
    .usage('[options] <dataset> [file]\n       headwaters put [options] --stream-name <name> [file]')
    .argument('[dataset]', "a dataset's name, with its domain where another has the same: orders, sales.orders")
    .argument('[file]', 'events, one JSON object on each line; - for standard input (default: -)')
    .option('--stream-name <name>', 'a stream as Kinesis knows it, in place of a dataset')
    .option('--flush', 'move the clock until every event can be queried, and count what became of them', false)
    .option('--as <role>', "a role's ARN, or its name (default: the dataset's producer, or the only role that may put)")
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (first: string | undefined, second: string | undefined, { streamName, ...flags }: PutFlags) => {
      const target = targetOf([first, second], streamName);
      const { putEvents, formatPut } = await withOptionalPeers(() => import('../local/put-events.ts'));
      const result = await putEvents(projectAround(process.cwd()), { ...flags, ...target }, out);
      out.line(flags.json ? JSON.stringify(result) : formatPut(result));
    });
}

/** @throws {@link CommandError} `TargetMissing`, `TwoTargets` */
function targetOf(
  [first, second]: readonly [string | undefined, string | undefined],
  streamName: string | undefined,
): Pick<PutOptions, 'to' | 'file'> {
  if (streamName === undefined) {
    if (first === undefined)
      throw new CommandError(
        'TargetMissing',
        "a dataset or '--stream-name' must say where events go, got neither; name a dataset",
      );
    return { to: { dataset: first }, file: second ?? '-' };
  }
  if (second !== undefined)
    throw new CommandError(
      'TwoTargets',
      `a dataset or '--stream-name' must say where events go, got both '${first ?? ''}' and '${streamName}'; leave one out`,
    );
  return { to: { streamName }, file: first ?? '-' };
}
