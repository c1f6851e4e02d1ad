import { App } from 'aws-cdk-lib/core';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENT } from '../../../cli/platform/names.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { SeededFaults } from '../../../local/faults/index.ts';
import { start } from '../../../local/start.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import { EVENTS_UNTIL } from '../values/base-events.ts';
import { knownEventsOf, type KnownEvents } from '../values/known-events.ts';
import { askAll } from './ask-all.ts';
import { FAULTS } from './faults.ts';
import { LiveRun } from './live-run.ts';
import { misuse } from './misuse.ts';
import type { Order, Report, Stage } from './order.ts';
import { PARTS, putPart } from './put-part.ts';
import { Said } from './said.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Longer than the function's buffer waits, and shorter than the others do: records are in all of them. */
const PART_WAY_MS = 1.5 * MINUTE_MS;
/** Longer than all buffers together. */
const SETTLE_MS = 120 * MINUTE_MS;
/** Longer than originals are kept, their deleted versions too. */
const EXPIRY_MS = 200 * DAY_MS;
/** Milliseconds of the wall clock within which a platform that is to be killed has begun to do everything at once. */
const BEFORE_DEATH_MS = 250;

/** The life of a platform in this process: its templates, what it is given, and its state. */
export class PlatformLife {
  private readonly clock = new SimulatedClock(EVENTS_UNTIL);
  private readonly said: Said;
  private readonly assembly: string;
  private readonly state: string;
  private faults = 0;

  private constructor(
    private readonly order: Order,
    private readonly given: readonly KnownEvents[],
  ) {
    this.said = new Said(order.said);
    this.assembly = path.join(order.home, 'cdk.out');
    this.state = path.join(order.home, 'state');
  }

  static async begin(order: Order): Promise<PlatformLife> {
    const contracts = readContracts(path.join(order.project, 'contracts'));
    const given = await knownEventsOf(
      contracts.flatMap(({ datasets }) => datasets),
      order.count,
    );
    const life = new PlatformLife(order, given);
    const app = new App({ ...APP_PROPS, outdir: life.assembly });
    addPlatform(app, { environment: environmentWithoutAccount(ENVIRONMENT), contracts, namedQueries: [] });
    app.synth();
    return life;
  }

  /** Stops with records on their way, goes on while everything goes wrong, answers, and outlives what it was given. */
  async live(): Promise<Report> {
    await this.run(async (run) => {
      await this.put(run, 0);
      await this.clock.advance(PART_WAY_MS);
      await this.put(run, 1);
    });
    this.keep('in-flight');
    const report = await this.run(
      async (run) => {
        for (let part = 2; part < PARTS; part += 1) await this.put(run, part);
        await this.clock.advance(SETTLE_MS);
        const readable = await askAll(run);
        await misuse(run);
        await this.clock.advance(environmentWithoutAccount(ENVIRONMENT).streamRetention.toMilliseconds());
        const buckets = {
          raw: run.platform.bucket('raw'),
          quarantine: run.platform.bucket('quarantine'),
          clean: run.platform.bucket('clean'),
        };
        return { buckets, readable };
      },
      new SeededFaults(FAULTS, this.clock.now()),
    );
    this.keep('drained');
    await this.run(() => this.clock.advance(EXPIRY_MS));
    this.keep('expired');
    return { ...report, refused: this.said.refused, faults: this.faults };
  }

  /** Is killed with everything under way. */
  async die(): Promise<void> {
    await this.run(async (run) => {
      await this.put(run, 0);
      await this.clock.advance(SETTLE_MS);
      for (let part = 1; part < PARTS; part += 1) await this.put(run, part);
      await this.clock.advance(PART_WAY_MS);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), BEFORE_DEATH_MS);
      for (;;) await Promise.all([askAll(run), this.clock.advance(MINUTE_MS)]);
    });
  }

  private async run<Result>(work: (run: LiveRun) => Promise<Result>, faults?: SeededFaults): Promise<Result> {
    const runtime = await start({
      assembly: this.assembly,
      state: this.state,
      clock: this.clock,
      onLog: this.said.log,
      ...(faults !== undefined && { faults }),
    });
    try {
      return await work(new LiveRun(runtime, this.given, this.said, this.order.thorough));
    } finally {
      await runtime.stop();
      this.faults += faults?.counts().reduce((sum, { taken }) => sum + taken, 0) ?? 0;
    }
  }

  private put(run: LiveRun, part: number): Promise<void> {
    return putPart(run, part, (milliseconds) => this.clock.advance(milliseconds));
  }

  private keep(stage: Stage): void {
    cpSync(this.state, path.join(this.order.stages, stage), { recursive: true });
  }
}
