import { setTimeout as sleep } from 'node:timers/promises';
import { stackName } from '../../core/naming.ts';
import { parseRequest, type Source } from '../../core/replay/request.ts';
import { ReplayError } from '../../core/replay/replay-error.ts';
import { runReplay, type ReplayOutcome } from '../../core/replay/run-replay.ts';
import { CommandError } from '../command-error.ts';
import { keyOf } from '../platform/names.ts';
import { findDataset } from '../platform/find-dataset.ts';
import { ControlClient } from '../local/control-client.ts';
import { theRun } from '../local/find-run.ts';
import { LocalHome } from '../local/home.ts';
import { takeRole } from '../local/take-role.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { replayFunctionOf } from './find-replay.ts';
import { invokeFunction } from './invoke-function.ts';

/** What is asked for, as it was typed. */
export interface ReplayOptions {
  readonly source: Source;
  readonly dataset: string;
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
  readonly dryRun: boolean;
  /** A role's ARN or its name. @default - the operator, as who may start the state machine on AWS */
  readonly as?: string;
}

/** What came of it. */
export interface ReplayResult extends ReplayOutcome {
  /** `<domain>.<dataset>`. */
  readonly dataset: string;
  readonly source: Source;
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
}

/** How long a stream that takes no more is left alone, in milliseconds. */
const WAIT = 1000;

/**
 * Replays on the platform that runs: takes the steps of the state machine, whose function does the work with its own role.
 *
 * @throws {@link CommandError} `NotRunning`, `UnknownDataset`, `UnknownRole`, `OutputMissing`, `ReplayFailed`, the codes of `parseRequest`, and what IAM refuses
 */
export async function replay(project: Project, options: ReplayOptions, out: Out): Promise<ReplayResult> {
  const { source, from, to, reason, dryRun } = options;
  const dataset = findDataset(project.contracts, options.dataset, '--dataset');
  const asked = { source, dataset: dataset.name, from, to, ...(reason === undefined ? {} : { reason }), dryRun };
  const request = coded(() => parseRequest({ ...asked, arrival: 0 }, [dataset.name])); // before anything is waited for
  const run = theRun(new LocalHome(project));
  const control = new ControlClient(run);
  const { now, outputs } = await control.status();
  const first = stackName.domain(run.environment, dataset.domain);
  const name = replayFunctionOf(outputs, (stack) => stack === first || stack.startsWith(`${first}-Part`), dataset);
  const keys = options.as === undefined ? run.operator : await takeRole(run, options.as);
  await out.step(`${dryRun ? 'Judging' : 'Replaying'} ${source} of ${keyOf(dataset)}`);
  try {
    const outcome = await runReplay(
      { ...asked, arrival: now },
      {
        invoke: (input) => invokeFunction({ endpoint: run.endpoint, region: run.region, keys }, name, input),
        wait: async () => {
          if (run.follows) await sleep(WAIT);
          else await control.advance(WAIT); // time that stands still would never give the stream its second
        },
        progress: ({ objects, doneObjects, rows }) => {
          const events = rows.reduce((sum, row) => sum + row.found, 0);
          out.detail(`${events} events in ${objects + doneObjects} objects`);
        },
      },
    );
    out.done();
    return { dataset: keyOf(dataset), source, from: request.from, to: request.to, dryRun, ...outcome };
  } catch (error) {
    throw inWords(error);
  }
}

function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWords(error);
  }
}

const inWords = (error: unknown): unknown => (error instanceof ReplayError ? new CommandError(error.code, error.message) : error);
