import { counted } from '../../core/counted.ts';
import { readContracts } from '../../core/contract/read-file.ts';
import type { CannotMakeUp } from '../../core/demo/cannot-make-up.ts';
import { SimulatedClock } from '../../local/clock.ts';
import { savedTime, start } from '../../local/start.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { demoSource } from '../sample-source.ts';
import { synthesize } from '../synthesize.ts';
import { examine } from './examine.ts';
import { ENVIRONMENT, keyOf } from '../platform/names.ts';
import { Platform } from '../platform/platform.ts';
import { assemblyDigest, beginAnew, findRun, recordRun, refuseOtherTemplates } from './previous-run.ts';
import { produce } from './produce.ts';
import type { DemoSummary } from './summary.ts';
import { yearAhead } from './year-ahead.ts';

const MINUTE_MS = 60_000;
/** After the last put: longer than any buffer of the platform waits. */
const SETTLE_MS = 30 * MINUTE_MS;

export interface RunOptions {
  readonly rows: number;
  readonly seed: number;
  readonly fresh: boolean;
}

/**
 * The main job, end to end: contracts to templates, events to tables, questions to answers, and a year of temperatures.
 * It knows the platform by its endpoint and its outputs, as a program on AWS would.
 */
export async function runDemo(project: Project, options: RunOptions, out: Out): Promise<DemoSummary> {
  const began = performance.now();
  const promised = readContracts(project.contracts).flatMap((contract) => contract.datasets);
  if (promised.length === 0)
    throw new CommandError(
      'NoContracts',
      `'${project.contracts}' must hold a contract, <domain>/<product>.odcs.yaml; write one first`,
    );
  const { source, leftOut, fewer } = await demoSource(project.root, promised, options);
  const datasets = promised.filter((contract) => !leftOut.some(({ dataset }) => dataset === contract));
  if (datasets.length === 0) throw noEventsAtAll(leftOut);
  if (options.fresh) beginAnew(project);
  const run = { rows: options.rows, seed: options.seed, leftOut: leftOut.map(({ dataset }) => keyOf(dataset)) };
  const held = findRun(project, run);
  await out.step(`Synthesizing ${ENVIRONMENT} from contracts`);
  await synthesize(project);
  out.done(counted(promised.length, 'dataset'));

  const errors = new Set<string>();
  const open = (clock: SimulatedClock, ephemeral: boolean) =>
    start({
      assembly: project.assembly,
      state: project.lake,
      clock,
      ephemeral,
      onLog: ({ level, message }) => {
        if (level === 'error') errors.add(message);
      },
    });
  const refuseErrors = () => {
    if (errors.size > 0)
      throw new CommandError('DeliveryFailed', `the platform refused its own work:\n${[...errors].join('\n')}`);
  };

  await out.step('Starting the local runtime on the template');
  const assembly = assemblyDigest(project);
  refuseOtherTemplates(held, assembly);
  const already = held !== undefined;
  const clock = new SimulatedClock(savedTime(project.lake) ?? source.startsAt);
  const runtime = await open(clock, already); // a lake that is only read must outlive a reader that is killed
  let summary: Omit<DemoSummary, 'tiers' | 'seconds' | 'peakMemoryBytes'>;
  let undelivered: number;
  try {
    const platform = new Platform(ENVIRONMENT, runtime.outputs);
    const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
    const deployed = datasets.map((contract) => platform.dataset(contract));
    out.done(runtime.endpoint);
    if (already) {
      await out.step('The lake holds this run already: nothing is put again');
      out.done();
    } else {
      await produce({
        project,
        source,
        deployed,
        place,
        clock,
        seed: options.seed,
        out,
        refuseErrors,
        quarantine: platform.bucket('quarantine'),
      });
      await out.step('Letting the last buffers close');
      await clock.advance(SETTLE_MS);
      refuseErrors();
      if (runtime.undelivered() === 0) recordRun(project, { ...run, assembly });
      out.done();
    }
    const [numbers, questions] = await examine(platform, deployed, place, project, out);
    refuseErrors();
    summary = {
      datasets: numbers,
      leftOut: leftOut.map(({ code, dataset, reason }) => ({ name: keyOf(dataset), code, reason })),
      fewer: fewer.map(({ dataset, count }) => ({ name: keyOf(dataset), events: count })),
      questions,
    };
  } finally {
    ({ undelivered } = await runtime.stop());
  }
  if (undelivered > 0)
    throw new CommandError(
      'Undelivered',
      `${undelivered} records were still on their way when the runtime stopped; run again with --fresh`,
    );

  await out.step('Looking a year ahead');
  const tiers = await yearAhead(new SimulatedClock(clock.now()), (future) => open(future, true), datasets);
  out.done();
  return {
    ...summary,
    tiers,
    seconds: (performance.now() - began) / 1000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

const noEventsAtAll = (leftOut: readonly CannotMakeUp[]): CommandError =>
  new CommandError('NoEvents', `no dataset is left to show:\n${leftOut.map(({ message }) => message).join('\n')}`);
