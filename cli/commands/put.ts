import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { PutOptions } from '../local/put-events.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

interface Named {
  readonly streamName?: string;
  readonly deliveryStreamName?: string;
}

interface PutFlags extends Named {
  readonly flush: boolean;
  readonly as?: string;
  readonly json: boolean;
}

/** `headwaters put`: events of a dataset, on this machine. */
export function addPut(program: Command, out: Out): void {
  program
    .command('put')
    .summary('put events of a dataset on this machine')
    .description(
      'Puts each line of a file into the stream of a dataset of the platform that `headwaters local start` runs, or into its delivery where it has no stream, as the ' +
        "dataset's producer. Many lines share a record; what is refused is put again.",
    )
    .usage(
      '[options] <dataset> [file]\n       headwaters put [options] --stream-name <name> [file]\n       headwaters put [options] --delivery-stream-name <name> [file]',
    )
    .argument('[dataset]', "a dataset's name, with its domain where another has the same: orders, sales.orders")
    .argument('[file]', 'events, one JSON object on each line; - for standard input (default: -)')
    .option('--stream-name <name>', 'a stream as Kinesis knows it, in place of a dataset')
    .option('--delivery-stream-name <name>', 'a delivery as Firehose knows it, in place of a dataset')
    .option('--flush', 'move the clock until every event can be queried, and count what became of them', false)
    .option('--as <role>', "a role's ARN, or its name (default: the dataset's producer, or the only role that may put)")
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(
      async (first: string | undefined, second: string | undefined, { streamName, deliveryStreamName, ...flags }: PutFlags) => {
        const target = targetOf([first, second], { streamName, deliveryStreamName });
        const { putEvents, formatPut } = await withOptionalPeers(() => import('../local/put-events.ts'));
        const result = await putEvents(projectAround(process.cwd()), { ...flags, ...target }, out);
        out.line(flags.json ? JSON.stringify(result) : formatPut(result));
      },
    );
}

/** @throws {@link CommandError} `TargetMissing`, `TwoTargets` */
function targetOf(
  [first, second]: readonly [string | undefined, string | undefined],
  { streamName, deliveryStreamName }: Partial<Record<keyof Named, string | undefined>>,
): Pick<PutOptions, 'to' | 'file'> {
  const rule = "a dataset, '--stream-name' or '--delivery-stream-name' must say where events go";
  const named = streamName ?? deliveryStreamName;
  if (named === undefined) {
    if (first === undefined) throw new CommandError('TargetMissing', `${rule}, got none of them; name a dataset`);
    return { to: { dataset: first }, file: second ?? '-' };
  }
  const others = [...(second === undefined ? [] : [first ?? '']), ...(streamName === undefined ? [] : [deliveryStreamName])];
  const other = others.find((one) => one !== undefined);
  if (other !== undefined) throw new CommandError('TwoTargets', `${rule}, got both '${other}' and '${named}'; leave one out`);
  return { to: { kind: streamName === undefined ? 'delivery' : 'stream', name: named }, file: first ?? '-' };
}
