import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readContracts } from '../core/contract/read-file.ts';
import { ENVIRONMENT } from '../cli/platform/names.ts';
import { Platform, type DeployedDataset } from '../cli/platform/platform.ts';
import { runDemo } from '../cli/demo/run-demo.ts';
import { assume, type RoleClients } from '../cli/platform/session.ts';
import { unbalanced } from '../cli/demo/summary.ts';
import { listObjects } from '../cli/platform/zones.ts';
import { ProcessOut } from '../cli/output.ts';
import { projectAt } from '../cli/project.ts';
import { SimulatedClock } from '../local/clock.ts';
import { savedTime, start } from '../local/start.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // the pinned SDK still supports Node 20

const SEED = 2001;

/** The lake that a run of the demo has left, on a runtime that changes nothing of it. */
export interface SampleLake {
  readonly datasets: readonly DeployedDataset[];
  readonly analyst: RoleClients;
  readonly workGroup: string;
  /** A folder that goes with the lake. */
  readonly scratch: string;
  /** Objects of a dataset in a zone, as one who may read all of them. */
  read(zone: 'raw' | 'clean' | 'quarantine', dataset: DeployedDataset): Promise<readonly Buffer[]>;
}

/**
 * Runs the demo of this project, and lets `use` look at what lies in its lake.
 *
 * @param flights Events of the leading dataset
 */
export async function withSampleLake(flights: number, use: (lake: SampleLake) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));
  try {
    const { root, contracts } = projectAt(process.cwd());
    const project = { ...projectAt(scratch), root, contracts };
    const lost = unbalanced(await runDemo(project, { rows: flights, seed: SEED, fresh: true }, new ProcessOut()));
    if (lost.length > 0)
      throw new Error(`the run must keep every event, and lost some of ${lost.map(({ name }) => name).join(', ')}`);
    const clock = new SimulatedClock(savedTime(project.lake) ?? 0);
    const { assembly, lake: state } = project;
    const runtime = await start({ assembly, state, clock, ephemeral: true });
    const { endpoint, region, operator: credentials } = runtime;
    const operator = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    try {
      const platform = new Platform(ENVIRONMENT, runtime.outputs);
      const analyst = await assume({ endpoint, region, operator: credentials }, platform.analystRoleArn, 'bench');
      await use({
        datasets: readContracts(contracts).flatMap((contract) => contract.datasets.map((dataset) => platform.dataset(dataset))),
        analyst,
        workGroup: platform.workGroup,
        scratch,
        read: (zone, { prefix }) => readObjects(operator, platform.bucket(zone), prefix),
      });
      analyst.close();
    } finally {
      operator.destroy();
      await runtime.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function readObjects(client: S3Client, bucket: string, prefix: string): Promise<Buffer[]> {
  const objects: Buffer[] = [];
  for (const { key } of await listObjects(client, bucket, prefix)) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    objects.push(Buffer.from((await Body?.transformToByteArray()) ?? []));
  }
  return objects;
}
