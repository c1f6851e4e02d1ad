import { AthenaClient } from '@aws-sdk/client-athena';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ask } from '../../../cli/platform/ask.ts';
import { Platform } from '../../../cli/platform/platform.ts';
import { QuarantineCensus } from '../../../cli/platform/quarantine-census.ts';
import { listObjects } from '../../../cli/platform/zones.ts';
import { projectAt } from '../../../cli/project.ts';
import { synthesize } from '../../../cli/synthesize.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { SeededFaults, type FaultPlan } from '../../../local/faults/index.ts';
import { start } from '../../../local/start.ts';
import { contractDocument, schemaObject } from '../../support/contracts.ts';
import { TestProject } from '../../support/project.ts';

const BEGIN = Date.UTC(2026, 2, 1, 10);
export const SECOND = 1_000;
export const HOUR = 3_600_000;

/** A project whose templates hold one dataset, with its quarantine, its keys and a secret. */
export async function synthesized(): Promise<TestProject> {
  const readings = contractDocument({ schema: [schemaObject('readings', [], {})] });
  const project = new TestProject({ contracts: { 'energy/readings.odcs.yaml': JSON.stringify(readings) } });
  await synthesize(projectAt(project.root));
  return project;
}

/** An event; each third is refused by the contract. */
const event = (id: number): string =>
  JSON.stringify({ reading_id: `r-${id}`, ...(id % 3 !== 0 && { measured_at: '2026-03-01T09:59:00Z', kind: 'power' }) });

/** A platform on which faults are planted, and a producer that puts again what was refused, as producers must. */
export async function planted(project: TestProject, seed: number, ...rules: FaultPlan['rules']) {
  const { assembly, contracts } = projectAt(project.root);
  const clock = new SimulatedClock(BEGIN);
  const faults = new SeededFaults({ seed, rules }, BEGIN);
  const errors: string[] = [];
  const state = mkdtempSync(path.join(tmpdir(), 'faults-'));
  const runtime = await start({
    assembly,
    state,
    clock,
    faults,
    onLog: ({ level, message }) => {
      if (level === 'error') errors.push(message);
    },
  });
  faults.scheduleSteps(clock, (milliseconds) => void clock.advance(milliseconds));
  const { endpoint, region, operator: credentials, outputs } = runtime;
  const options = { endpoint, region, credentials, maxAttempts: 1 };
  const kinesis = new KinesisClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const athena = new AthenaClient(options);
  const platform = new Platform('dev', outputs);
  const [dataset] = readContracts(contracts).flatMap(({ datasets }) => datasets.map((contract) => platform.dataset(contract)));
  if (dataset === undefined) throw new TypeError('the project must hold a dataset');
  let produced = 0;

  /** Puts events, and answers with the codes by which they were refused on the way. */
  const put = async (count: number): Promise<string[]> => {
    const codes: string[] = [];
    let left = Array.from({ length: count }, () => {
      produced += 1;
      return { PartitionKey: String(produced), Data: Buffer.from(event(produced)) };
    });
    while (left.length > 0) {
      try {
        const { Records = [] } = await kinesis.send(new PutRecordsCommand({ StreamName: dataset.intake.name, Records: left }));
        codes.push(...Records.flatMap(({ ErrorCode }) => ErrorCode ?? []));
        left = left.filter((_, index) => Records[index]?.ErrorCode !== undefined);
      } catch (error) {
        codes.push(error instanceof Error ? error.name : '');
      }
      await clock.advance(SECOND);
    }
    return codes;
  };

  /** Records that a delivery gave up on and parked under its error prefix. */
  const parked = async (): Promise<number> => {
    const bucket = platform.bucket('clean');
    const keys = (await listObjects(s3, bucket, '')).map(({ key }) => key).filter((key) => key.includes('processing-failed'));
    const texts = await Promise.all(
      keys.map(async (Key) => (await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString() ?? ''),
    );
    return texts.flatMap((text) => text.split('\n').filter((line) => line !== '')).length;
  };

  /** Where every event is, counted where it arrived. */
  const found = async () => {
    const { rows } = await ask(athena, platform.workGroup, `SELECT reading_id FROM ${dataset.cleanTable}`);
    const clean = new Set(rows.map(([id]) => id)).size;
    const census = new QuarantineCensus(path.join(state, 'census'));
    await census.collect(s3, platform.bucket('quarantine'), dataset.prefix);
    const quarantined = census.count();
    return {
      produced,
      arrived: clean + quarantined.events,
      copies: rows.length - clean + quarantined.copies,
      parked: await parked(),
      lost: runtime.lost(),
      undelivered: runtime.undelivered(),
    };
  };

  const close = async (): Promise<void> => {
    for (const client of [kinesis, s3, athena]) client.destroy();
    await runtime.stop();
    rmSync(state, { recursive: true, force: true });
  };
  return { clock, runtime, errors, put, found, list: () => listObjects(s3, platform.bucket('clean'), ''), close };
}
