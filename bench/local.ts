import { AthenaClient } from '@aws-sdk/client-athena';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readContracts } from '../core/contract/read-file.ts';
import { ask, namedQueries } from '../cli/platform/ask.ts';
import { examine } from '../cli/demo/examine.ts';
import { ENVIRONMENT } from '../cli/platform/names.ts';
import { Platform } from '../cli/platform/platform.ts';
import { produce } from '../cli/demo/produce.ts';
import { assume } from '../cli/platform/session.ts';
import type { Out } from '../cli/output.ts';
import { projectAt } from '../cli/project.ts';
import { demoSource } from '../cli/sample-source.ts';
import { synthesize } from '../cli/synthesize.ts';
import { SimulatedClock } from '../local/clock.ts';
import { JsonProtocol } from '../local/endpoint/json-protocol.ts';
import { Lambda } from '../local/lambda/lambda.ts';
import { ParquetConverter } from '../local/parquet/convert.ts';
import { S3 } from '../local/s3/index.ts';
import { start } from '../local/start.ts';
import { Meter } from './meter.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // the pinned SDK still supports Node 20

/** Events of the leading dataset: those of the others come on top. */
const DEFAULTS = { events: 100_000, seed: 2001 } as const;
/** Longer than any buffer of the platform waits. */
const SETTLE_MS = 30 * 60_000;
/** Each text is parsed so often, and the mean counts: whose garbage is collected meanwhile is chance. */
const ROUNDS = 3;
/** Numbers of events at which the peak of memory is told, beside the last. */
const MARKS = [100_000, 300_000, 1_000_000, 3_000_000];

/** What is not the runtime's: it counts for no total. */
const OUTSIDE = {
  generate: 'generate, plant faults, pack, log',
  check: 'look at what is put, check that nothing is lost',
} as const;
/** In the order in which an event meets them. */
const STAGES = {
  client: "put: the SDK's client, the wire, the signature",
  accept: 'put: JSON body, permission, shards',
  read: 'stream read, buffers, backup in gzip',
  transform: "Lambda transform, the function's own work too",
  quarantine: 'quarantine: puts of the function',
  convert: 'convert to Parquet',
  write: 'S3 write',
  answers: 'five answers',
} as const;

const silent: Out = {
  line: () => undefined,
  step: async () => undefined,
  detail: () => undefined,
  done: () => undefined,
  failed: () => undefined,
};

/** Every call that begins a stage; the producer's own work is what remains. */
function watchStages(meter: Meter, put: PutWatch): void {
  const within = (stage: string): boolean => meter.under.includes(stage);
  meter.watch(KinesisClient.prototype, 'send', (command) => {
    meter.run(OUTSIDE.check, () => {
      if (command instanceof PutRecordsCommand) put.look(command);
    });
    return STAGES.client;
  });
  meter.watch(JsonProtocol.prototype, 'answer', () => {
    if (within(STAGES.transform)) return STAGES.quarantine;
    return within(STAGES.client) ? STAGES.accept : undefined;
  });
  for (const move of ['advance', 'advanceTo'] as const) meter.watch(SimulatedClock.prototype, move, () => STAGES.read);
  meter.watch(Lambda.prototype, 'invoke', () => STAGES.transform);
  meter.watch(ParquetConverter.prototype, 'convert', () => STAGES.convert);
  meter.watch(S3.prototype, 'putObject', () => STAGES.write);
  for (const client of [S3Client, AthenaClient])
    meter.watch(client.prototype, 'send', () => (within(STAGES.answers) ? undefined : OUTSIDE.check));
}

/** Looks at what is put: how long one JSON.parse of it takes, and the peak of memory as the events go by. */
class PutWatch {
  events = 0;
  bytes = 0;
  /** Milliseconds of CPU. */
  parse = 0;
  readonly peaks: { readonly events: number; readonly megabytes: number }[] = [];

  look({ input: { Records = [] } }: PutRecordsCommand): void {
    const records = Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data));
    const texts = records.flatMap((record) =>
      record
        .toString()
        .split('\n')
        .filter((text) => text !== ''),
    );
    this.parse += parseTime(texts);
    this.bytes += records.reduce((sum, { length }) => sum + length, 0);
    const before = this.events;
    this.events += texts.length;
    if (MARKS.some((mark) => before < mark && this.events >= mark)) this.note();
  }

  note(): void {
    this.peaks.push({ events: this.events, megabytes: process.resourceUsage().maxRSS / 1024 });
  }
}

function parseTime(texts: readonly string[]): number {
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) for (const text of texts) parsed(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ROUNDS;
}

/** The faults that the demo plants are parsed too, as far as they go. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Prints what each stage of a run costs, from the put to the answers, in multiples of one JSON.parse of what was put; and the peak of memory. */
export async function benchLocal(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { events: { type: 'string', default: String(DEFAULTS.events) } } });
  const rows = Number(values.events);
  if (!Number.isSafeInteger(rows) || rows < 1) {
    console.error(
      `InvalidOption: '--events' must be a whole number from 1, got '${values.events}'; leave it out for ${DEFAULTS.events}`,
    );
    process.exitCode = 1;
    return;
  }
  const home = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));
  try {
    await measure(rows, home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(rows: number, home: string): Promise<void> {
  const { root, contracts } = projectAt(process.cwd());
  const project = { ...projectAt(home), root, contracts };
  const datasets = readContracts(contracts).flatMap((contract) => contract.datasets);
  await synthesize(project);
  const { source } = await demoSource(root, datasets, { rows, seed: DEFAULTS.seed });
  const clock = new SimulatedClock(source.startsAt);
  const errors = new Set<string>();
  const runtime = await start({
    assembly: project.assembly,
    state: project.lake,
    clock,
    onLog: ({ level, message }) => {
      if (level === 'error') errors.add(message);
    },
  });
  const refuseErrors = (): void => {
    if (errors.size > 0) throw new Error(`the platform refused its own work:\n${[...errors].join('\n')}`);
  };
  try {
    const platform = new Platform(ENVIRONMENT, runtime.outputs);
    const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
    const deployed = datasets.map((contract) => platform.dataset(contract));
    const quarantine = platform.bucket('quarantine');
    const meter = new Meter(OUTSIDE.generate);
    const put = new PutWatch();
    watchStages(meter, put);
    await produce({ project, source, deployed, place, clock, seed: DEFAULTS.seed, out: silent, refuseErrors, quarantine });
    await clock.advance(SETTLE_MS);
    refuseErrors();
    await meter.run(STAGES.answers, async () => {
      const analyst = await assume(place, platform.analystRoleArn, 'bench');
      for (const { sql } of await namedQueries(analyst.athena, platform.workGroup))
        await ask(analyst.athena, platform.workGroup, sql);
      analyst.close();
    });
    put.note();
    const [counted] = await meter.run(OUTSIDE.check, () => examine(platform, deployed, place, project, silent));
    for (const { name, produced, accepted, quarantined } of counted) {
      if (produced !== accepted + quarantined)
        throw new Error(`'${name}' produced ${produced}, got ${accepted} + ${quarantined}`);
    }
    print(meter, put);
  } finally {
    await runtime.stop();
  }
}

function print(meter: Meter, { events, bytes, parse, peaks }: PutWatch): void {
  const line = (name: string, cpu: number, calls?: number): string =>
    `${name.padEnd(48)} ${(cpu / 1000).toFixed(2).padStart(7)} s ${(cpu / parse).toFixed(1).padStart(6)} x ${((cpu * 1000) / events).toFixed(2).padStart(7)} us an event${calls === undefined ? '' : `, ${calls} calls`}`;
  console.log(
    `A run from the put to the answers, in multiples of one JSON.parse of what was put, and in CPU of all threads. ${os.cpus().length} x ${os.cpus()[0]?.model ?? ''}, Node ${process.version}`,
  );
  console.log(`${events.toLocaleString('en-US')} events, ${(bytes / 1e6).toFixed(1)} MB of JSON`);
  console.log(line('JSON.parse, once', parse));
  for (const stage of Object.values(STAGES)) console.log(line(stage, meter.of(stage).cpu, meter.of(stage).calls));
  const all = Object.values(STAGES).reduce((sum, stage) => sum + meter.of(stage).cpu, 0);
  console.log(line('all of these', all));
  console.log(line(`beside it: ${OUTSIDE.generate}`, meter.of(OUTSIDE.generate).cpu));
  for (const { events: count, megabytes } of peaks)
    console.log(`peak memory after ${count.toLocaleString('en-US')} events: ${megabytes.toFixed(0)} MB`);
}
