import { counted } from '../../core/counted.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { producerOf } from '../platform/find-producer.ts';
import { roleArnOf } from '../platform/find-role.ts';
import { intakeNamed, intakeOfDataset } from '../platform/find-intake.ts';
import type { Intake } from '../platform/intake.ts';
import { keyOf } from '../platform/names.ts';
import { assume } from '../platform/session.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { ControlClient } from './control-client.ts';
import { deploymentOf } from './deployment.ts';
import { theRun } from './find-run.ts';
import { flush } from './flush.ts';
import { LocalHome } from './home.ts';
import { Outcome, type Counts } from './outcome.ts';
import { putLines } from './put-lines.ts';
import { readLines } from './read-lines.ts';

export interface PutOptions {
  /** Where events go: what takes a dataset's, or a stream or a delivery that is named as AWS knows it. */
  readonly to: { readonly dataset: string } | Intake;
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Whether to wait until the events can be queried. */
  readonly flush: boolean;
  /** A role's ARN or its name. @default - the dataset's producer, or the only role that may put */
  readonly as?: string;
}

/** What was put, and what became of it where that was waited for. */
export interface PutResult extends Counts {
  /** `<domain>.<dataset>`. */
  readonly dataset?: string;
  /** The name of the stream or of the delivery, where no dataset is known to take what it carries. */
  readonly stream?: string;
  readonly delivery?: string;
  readonly events: number;
  /** Records that carried them. */
  readonly records: number;
}

/**
 * Puts events into a stream or a delivery, as its producer.
 *
 * @throws CommandError `NotRunning`, `UnknownDataset`, `DatasetUnclear`, `UnknownStream`, `UnknownDelivery`, `UnknownRole`, `NoProducer`, `RoleUnclear`, `FileMissing`, `EventTooLarge`,
 * `PutRecordsFailed`, `DeliveryBlocked`
 */
export async function putEvents(project: Project, options: PutOptions, out: Out): Promise<PutResult> {
  const home = new LocalHome(project);
  const run = theRun(home);
  const control = new ControlClient(run);
  const deployment = await deploymentOf(run);
  const { to } = options;
  const intake = 'dataset' in to ? intakeOfDataset(deployment, to.dataset) : intakeNamed(deployment, to);
  const { dataset } = intake;
  const role = options.as === undefined ? await producerOf(deployment, intake) : roleArnOf(deployment, options.as);
  const outcome = options.flush ? await Outcome.begin({ run, deployment, dataset, folder: home.census, control }) : undefined;
  const producer = await assume(run, role, 'headwaters-put');
  try {
    const place = dataset === undefined ? { [intake.kind]: intake.name } : { dataset: keyOf(dataset) };
    await out.step(`Putting events into ${dataset === undefined ? intake.name : keyOf(dataset)}`);
    const wait = async (milliseconds: number): Promise<void> => {
      if (run.follows) await sleep(milliseconds);
      else await control.advance(milliseconds); // time that stands still would never give the intake its second
    };
    const put = await putLines(producer, intake, readLines(options.file), {
      wait,
      progress: (events) => {
        out.detail(`${events.toLocaleString('en-US')} events`);
      },
    });
    out.done(`${counted(put.events, 'event')} in ${counted(put.records, 'record')}`);
    const result = { ...place, ...put };
    if (outcome === undefined) return result;
    await flush(control, out);
    return { ...result, ...(await outcome.end()) };
  } finally {
    producer.close();
    outcome?.close();
  }
}

/** What a person reads. */
export function formatPut({ dataset, stream, delivery = '', events, records, uncounted = [], ...counts }: PutResult): string {
  const what = dataset === undefined ? `put into ${stream ?? delivery}` : 'put';
  const put = `${counted(events, 'event')}${dataset === undefined ? '' : ` of ${dataset}`} ${events === 1 ? 'was' : 'were'} ${what}, in ${counted(records, 'record')}.`;
  return [put, ...formatCounts(counts), ...uncounted].join('\n');
}

function formatCounts({ accepted, quarantined, reasons = {} }: Counts): readonly string[] {
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  const told = [
    ...(accepted === undefined ? [] : [`${accepted} can be queried`]),
    ...(quarantined === undefined ? [] : [`${quarantined} in quarantine${why.length === 0 ? '' : `: ${why.join(', ')}`}`]),
  ];
  return told.length === 0 ? [] : [`${told.join(', ')}.`];
}
