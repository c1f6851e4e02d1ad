import { counted } from '../../core/counted.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf } from '../platform/names.ts';
import { Platform } from '../platform/platform.ts';
import { assume } from '../platform/session.ts';
import { findDataset } from '../platform/find-dataset.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { ControlClient } from './control-client.ts';
import { theRun } from './find-run.ts';
import { flush } from './flush.ts';
import { LocalHome } from './home.ts';
import { Outcome } from './outcome.ts';
import { putLines } from './put-lines.ts';
import { readLines } from './read-lines.ts';
import { roleArnOf } from './take-role.ts';

export interface PutOptions {
  readonly dataset: string;
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Whether to wait until the events can be queried. */
  readonly flush: boolean;
  /** A role's ARN or its name. @default - the dataset's producer */
  readonly as?: string;
}

/** What was put, and what became of it where that was waited for. */
export interface PutResult {
  /** `<domain>.<dataset>`. */
  readonly dataset: string;
  readonly events: number;
  /** Kinesis records that carried them. */
  readonly records: number;
  /** Rows that `clean` has gained, copies included. */
  readonly accepted?: number;
  /** Events that the quarantine has gained, copies included. */
  readonly quarantined?: number;
  /** The same by their reasons. */
  readonly reasons?: Readonly<Record<string, number>>;
}

/**
 * Puts events into a dataset's stream, as its producer.
 *
 * @throws CommandError `NotRunning`, `UnknownDataset`, `UnknownRole`, `FileMissing`, `EventTooLarge`, `PutRecordsFailed`, `DeliveryBlocked`
 */
export async function putEvents(project: Project, options: PutOptions, out: Out): Promise<PutResult> {
  const home = new LocalHome(project);
  const run = theRun(home);
  const control = new ControlClient(run);
  const contract = findDataset(project.contracts, options.dataset, '<dataset>');
  const { outputs } = await control.status();
  const platform = new Platform(run.environment, outputs);
  const dataset = platform.dataset(contract);
  const outcome = options.flush ? await Outcome.begin({ run, platform, dataset, folder: home.census, control }) : undefined;
  const role = options.as === undefined ? dataset.producerRoleArn : roleArnOf(platform, options.as);
  const producer = await assume(run, role, 'headwaters-put');
  try {
    await out.step(`Putting events into ${keyOf(contract)}`);
    const wait = async (milliseconds: number): Promise<void> => {
      if (run.follows) await sleep(milliseconds);
      else await control.advance(milliseconds); // time that stands still would never give the stream its second
    };
    const put = await putLines(producer.kinesis, dataset.streamName, readLines(options.file), {
      wait,
      progress: (events) => {
        out.detail(`${events.toLocaleString('en-US')} events`);
      },
    });
    out.done(`${counted(put.events, 'event')} in ${counted(put.records, 'record')}`);
    const result = { dataset: keyOf(contract), ...put };
    if (outcome === undefined) return result;
    await flush(control, out);
    return { ...result, ...(await outcome.end()) };
  } finally {
    producer.close();
    outcome?.close();
  }
}

/** What a person reads. */
export function formatPut({ dataset, events, records, accepted, quarantined = 0, reasons = {} }: PutResult): string {
  const put = `${counted(events, 'event')} of ${dataset} ${events === 1 ? 'was' : 'were'} put, in ${counted(records, 'record')}.`;
  if (accepted === undefined) return put;
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  return `${put}\n${accepted} can be queried, ${quarantined} in quarantine${why.length === 0 ? '' : `: ${why.join(', ')}`}.`;
}
