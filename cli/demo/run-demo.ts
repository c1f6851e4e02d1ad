import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readContracts } from '../../core/contract/read-file.ts';
import { SimulatedClock } from '../../local/clock.ts';
import { savedTime, start, StateError } from '../../local/start.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { demoSource } from '../sample-source.ts';
import { synthesize } from '../synthesize.ts';
import { examine } from './examine.ts';
import { ENVIRONMENT } from './names.ts';
import { Platform } from './platform.ts';
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

const runRecord = z.strictObject({ rows: z.number(), seed: z.number(), assembly: z.string() });
type RunRecord = z.infer<typeof runRecord>;

/**
 * The main job, end to end: contracts to templates, events to tables, questions to answers, and a year of temperatures.
 * It knows the platform by its endpoint and its outputs, as a program on AWS would.
 */
export async function runDemo(project: Project, options: RunOptions, out: Out): Promise<DemoSummary> {
  const began = performance.now();
  if (options.fresh) rmSync(project.home, { recursive: true, force: true });
  await out.step(`Synthesizing ${ENVIRONMENT} from contracts`);
  await synthesize(project);
  const datasets = readContracts(project.contracts).flatMap((contract) => contract.datasets);
  const source = await demoSource(project.root, datasets, options);
  out.done(`${datasets.length} datasets`);

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
  const run: RunRecord = { rows: options.rows, seed: options.seed, assembly: assemblyDigest(project) };
  const already = previousRun(project, run);
  const clock = new SimulatedClock(savedTime(project.lake) ?? source.startsAt);
  const runtime = await open(clock, false).catch(withRemedy);
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
      mkdirSync(project.demo, { recursive: true });
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
      out.done();
    }
    const [counted, questions] = await examine(platform, deployed, place, project, out);
    refuseErrors();
    summary = { datasets: counted, questions };
    if (!already) writeFileSync(path.join(project.demo, 'run.json'), JSON.stringify(run));
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

/** Whether the lake holds this very run. @throws {@link CommandError} `OtherRun` where it holds another */
function previousRun(project: Project, run: RunRecord): boolean {
  if (savedTime(project.lake) === undefined) return false;
  const file = path.join(project.demo, 'run.json');
  const held = existsSync(file) ? runRecord.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  const differs = (['rows', 'seed', 'assembly'] as const).filter((key) => held?.[key] !== run[key]);
  if (held !== undefined && differs.length === 0) return true;
  const what =
    held === undefined
      ? 'a run that did not end'
      : differs.includes('assembly')
        ? 'a run of other templates'
        : `a run of --rows ${held.rows} --seed ${held.seed}`;
  throw new CommandError(
    'OtherRun',
    `the lake holds ${what}, and this is --rows ${run.rows} --seed ${run.seed}; run with --fresh to begin anew`,
  );
}

/** A state that cannot be taken up is begun anew by this command's own option. */
function withRemedy(error: unknown): never {
  if (error instanceof StateError && error.code === 'StateUnfinished') {
    throw new CommandError(
      'StateUnfinished',
      'the last run was killed before it could save its lake; run with --fresh to begin anew',
    );
  }
  throw error;
}

/** What the templates are: a lake of others cannot be taken for theirs. */
function assemblyDigest({ assembly }: Project): string {
  const digest = createHash('sha256');
  for (const name of readdirSync(assembly).sort())
    if (name.endsWith('.template.json')) digest.update(name).update(readFileSync(path.join(assembly, name)));
  return digest.digest('hex');
}
