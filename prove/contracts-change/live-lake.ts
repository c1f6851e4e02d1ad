import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ask, rowsByName } from '../../cli/platform/ask.ts';
import { Platform } from '../../cli/platform/platform.ts';
import { putRecords } from '../../cli/platform/put-records.ts';
import { assume } from '../../cli/platform/session.ts';
import { listObjects } from '../../cli/platform/zones.ts';
import { databaseName, viewName } from '../../core/naming.ts';
import { SimulatedClock } from '../../local/clock.ts';
import { start, type LocalRuntime } from '../../local/start.ts';
import { ENVIRONMENT } from './assembly.ts';
import type { ProofVersion, Rejected, Row } from './change.ts';
import { contractOf, PROOF } from './contract-of.ts';

const envelope = z.object({ sha256: z.string(), reason: z.string(), contract_version: z.string() });

/** A deployed state of the platform, until the next one takes over its lake, its streams and what is on its way. */
export class LiveLake {
  private readonly platform: Platform;

  private constructor(
    private readonly runtime: LocalRuntime,
    private readonly clock: SimulatedClock,
  ) {
    this.platform = new Platform(ENVIRONMENT, runtime.outputs);
  }

  static async deploy(assembly: string, state: string, time: number): Promise<LiveLake> {
    const clock = new SimulatedClock(time);
    return new LiveLake(await start({ assembly, state, clock }), clock);
  }

  now(): number {
    return this.clock.now();
  }

  async advance(milliseconds: number): Promise<void> {
    await this.clock.advance(milliseconds);
  }

  /** Records that are on their way, and those that are lost. */
  get onItsWay(): { readonly undelivered: number; readonly lost: number } {
    return { undelivered: this.runtime.undelivered(), lost: this.runtime.lost() };
  }

  /** Puts records as the dataset's producer. */
  async put(version: ProofVersion, records: readonly Buffer[]): Promise<void> {
    const { intake, producerRoleArn } = this.dataset(version);
    const producer = await assume(this.runtime, producerRoleArn, 'proof-producer');
    try {
      await putRecords(producer, intake, records, (milliseconds) => this.clock.advance(milliseconds));
    } finally {
      producer.close();
    }
  }

  /** All that the readers' view shows, as the analyst. @throws CommandError `QueryFailed` */
  async read(): Promise<readonly Row[]> {
    const analyst = await assume(this.runtime, this.platform.analystRoleArn, 'proof-analyst');
    try {
      const view = `"${databaseName(ENVIRONMENT, PROOF.domain)}"."${viewName(PROOF.dataset)}"`;
      return rowsByName(await ask(analyst.athena, this.platform.workGroup, `SELECT * FROM ${view}`));
    } finally {
      analyst.close();
    }
  }

  /** What lies in quarantine, each original once for each reason and version. */
  async rejected(): Promise<readonly Rejected[]> {
    const { endpoint, region, operator } = this.runtime;
    const s3 = new S3Client({ endpoint, region, credentials: operator, forcePathStyle: true });
    const found = new Map<string, Rejected>();
    const Bucket = this.platform.bucket('quarantine');
    for (const { key } of await listObjects(s3, Bucket, '')) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
      const text = gunzipSync(Buffer.from((await Body?.transformToByteArray()) ?? [])).toString();
      for (const line of text.split('\n').filter((one) => one !== '')) {
        const { sha256, reason, contract_version: version } = envelope.parse(JSON.parse(line));
        found.set([sha256, reason, version].join(), { sha256, reason, version });
      }
    }
    s3.destroy();
    return [...found.values()];
  }

  async stop(): Promise<void> {
    await this.runtime.stop();
  }

  private dataset(version: ProofVersion) {
    const [contract] = contractOf(version).datasets;
    if (contract === undefined) throw new Error('the contract of the proof has one dataset');
    return this.platform.dataset(contract);
  }
}
