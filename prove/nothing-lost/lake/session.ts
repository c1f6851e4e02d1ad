import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { Platform, type DeployedDataset } from '../../../cli/platform/platform.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import type { LogEvent } from '../../../local/service.ts';
import { start, type AlarmStatus, type LocalRuntime } from '../../../local/start.ts';
import type { Assembly } from './assembly.ts';
import { ParquetReader } from './parquet-reader.ts';
import { SwitchedFaults } from './switched-faults.ts';

/** When every session begins: ten in the morning, so that a run of hours stays within one arrival day. */
const BEGIN = Date.UTC(2026, 2, 2, 10);

interface Live {
  readonly runtime: LocalRuntime;
  readonly platform: Platform;
  readonly kinesis: KinesisClient;
  readonly firehose: FirehoseClient;
  readonly s3: S3Client;
  readonly athena: AthenaClient;
}

/** One platform at work, on a state of its own that outlives its crashes. */
export class Session {
  readonly clock = new SimulatedClock(BEGIN);
  readonly faults = new SwitchedFaults();
  readonly parquet: ParquetReader;
  /** Error lines of the platform's own logs, since the beginning. */
  readonly errors: string[] = [];
  readonly logs: string[] = [];
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'headwaters-session-'));
  private live: Live | undefined;

  private constructor(readonly assembly: Assembly) {
    this.parquet = new ParquetReader(path.join(this.folder, 'parquet'));
  }

  /** @param folder The templates that it begins with. @default - the assembly's own */
  static async open(assembly: Assembly, folder: string = assembly.folder): Promise<Session> {
    const session = new Session(assembly);
    await session.start(folder);
    return session;
  }

  get state(): string {
    return path.join(this.folder, 'state');
  }

  get kinesis(): KinesisClient {
    return this.running.kinesis;
  }

  get firehose(): FirehoseClient {
    return this.running.firehose;
  }

  get s3(): S3Client {
    return this.running.s3;
  }

  get athena(): AthenaClient {
    return this.running.athena;
  }

  get platform(): Platform {
    return this.running.platform;
  }

  alarms(): readonly AlarmStatus[] {
    return this.running.runtime.alarms();
  }

  get undelivered(): number {
    return this.running.runtime.undelivered();
  }

  get lost(): number {
    return this.running.runtime.lost();
  }

  /** A dataset by its place in the assembly. */
  dataset(index = 0): DeployedDataset {
    const { contracts } = this.assembly;
    const contract = contracts[index];
    if (contract === undefined) throw new RangeError(`the assembly has ${contracts.length} datasets, got ${index}`);
    return this.platform.dataset(contract);
  }

  /**
   * Ends the process that runs the platform, as far as one process can, and begins another on the same state.
   *
   * @param folder Its templates. @default - the assembly's own
   * @param between Does something to the state while nobody runs on it
   */
  async restart(folder: string = this.assembly.folder, between: (state: string) => void = () => undefined): Promise<void> {
    await this.stop();
    between(this.state);
    await this.start(folder);
  }

  async close(): Promise<void> {
    if (this.live !== undefined) await this.stop();
    this.parquet.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get running(): Live {
    if (this.live === undefined) throw new TypeError('the session is closed');
    return this.live;
  }

  private async start(folder: string): Promise<void> {
    const { clock, faults } = this;
    const onLog = ({ level, message }: LogEvent): void => {
      (level === 'error' ? this.errors : this.logs).push(message);
    };
    const runtime = await start({ assembly: folder, state: this.state, clock, faults, onLog });
    const { endpoint, region, operator: credentials, outputs } = runtime;
    const options = { endpoint, region, credentials, maxAttempts: 1 };
    this.live = {
      runtime,
      platform: new Platform('dev', outputs),
      kinesis: new KinesisClient(options),
      firehose: new FirehoseClient(options),
      s3: new S3Client({ ...options, forcePathStyle: true }),
      athena: new AthenaClient(options),
    };
  }

  private async stop(): Promise<void> {
    const { runtime, kinesis, firehose, s3, athena } = this.running;
    this.live = undefined;
    for (const client of [kinesis, firehose, s3, athena]) client.destroy();
    await runtime.stop();
  }
}
