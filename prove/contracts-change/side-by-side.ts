import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { pack } from '../../cli/platform/put-records.ts';
import { changedStacks, domainTemplate, ONLY_DOMAIN, synthesize, writeMixed } from './assembly.ts';
import type { ContractChange, Produced, ProofVersion, Row } from './change.ts';
import { contractOf, keepDaysOf } from './contract-of.ts';
import { onTheWay, outOfOrder, PARTS } from './deployment.ts';
import { eventOf } from './event-of.ts';
import { judgeReading } from './judge-reading.ts';
import { LiveLake } from './live-lake.ts';
import { stagesOf, type Order, type Stage } from './stages.ts';

export interface Options {
  /** Events of each producer, twice in each stage. */
  readonly events: number;
  /** For a deployment that does it wrong. @default - as the templates say */
  readonly order?: Order;
  /** Whether synth knows what was released before. @default true */
  readonly knowsReleases?: boolean;
}

export interface Proved {
  readonly findings: readonly string[];
  readonly events: number;
  /** Of the last reading. */
  readonly rows: number;
  readonly rejected: number;
  readonly readings: number;
  /** Pairs of a producer's and a judge's version that were seen. */
  readonly pairs: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Five stages of a step make an hour; what is put last is on its way when the next begins. */
const STAGE = { beforeSecondPut: 8 * MINUTE, afterSecondPut: 4 * MINUTE } as const;
/** Longer than any buffer. */
const DRAIN = 30 * MINUTE;
const BEGIN = Date.UTC(2001, 0, 9, 12);

/**
 * Lives through every deployment of a change: for an hour, producers of both versions put events while tables, function and delivery
 * come one after another, go back and come again, with events on their way each time. What is read is judged at every stage.
 */
export async function liveThrough(change: ContractChange, options: Options): Promise<Proved> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-change-'));
  try {
    return await new Life(change, options, folder).prove();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is at work in a stage. */
interface AtWork {
  readonly judge: ProofVersion;
  readonly view: ProofVersion;
  readonly delivery: ProofVersion;
}

class Life {
  private readonly produced: Produced[] = [];
  private readonly findings: string[] = [];
  private readonly pairs = new Set<string>();
  private time = BEGIN;
  private mixed = 0;
  private readings = 0;
  private rows: readonly Row[] = [];
  private rejected = 0;

  constructor(
    private readonly change: ContractChange,
    private readonly options: Options,
    private readonly folder: string,
  ) {}

  async prove(): Promise<Proved> {
    const { versions, steps, laterDays = [] } = this.change;
    this.synthesizeAll();
    for (const [index, { afterDays = 0 }] of steps.entries()) {
      const [before, after] = [versions[index], versions[index + 1]];
      if (before === undefined || after === undefined)
        throw new Error(`'${this.change.id}' has no versions for step ${index + 1}`);
      if (index > 0) await this.pass(before, afterDays);
      await this.deploy(before, after);
    }
    for (const days of [0, ...laterDays]) await this.pass(versions.at(-1) ?? versions[1], days);
    const { produced, findings, rows, rejected, readings, pairs } = this;
    return { findings, events: produced.length, rows: rows.length, rejected, readings, pairs: pairs.size };
  }

  private synthesizeAll(): void {
    const { versions } = this.change;
    const { knowsReleases = true } = this.options;
    for (const [index, version] of versions.entries()) {
      const released = knowsReleases ? versions.slice(0, index).map((one) => contractOf(one)) : [];
      synthesize(contractOf(version), released, this.assemblyOf(version));
      this.find(outOfOrder(domainTemplate(this.assemblyOf(version))));
    }
  }

  /** Lets time pass until nothing is on its way, and reads. */
  private async pass(version: ProofVersion, days: number): Promise<void> {
    await this.during(this.assemblyOf(version), async (lake) => {
      await lake.advance(Math.max(days * DAY, DRAIN));
      const { undelivered, lost } = lake.onItsWay;
      if (undelivered + lost > 0) this.find([`${undelivered} records are on their way, ${lost} are lost`]);
      await this.read(lake, version, true);
    });
  }

  private async deploy(before: ProofVersion, after: ProofVersion): Promise<void> {
    const [from, to] = [this.assemblyOf(before), this.assemblyOf(after)];
    const stacks = changedStacks(from, to);
    if (stacks.join() !== ONLY_DOMAIN.join())
      this.find([`changes ${stacks.join(', ')}, must change ${ONLY_DOMAIN.join()} alone`]);
    for (const stage of stagesOf(domainTemplate(from), domainTemplate(to), this.options.order)) {
      const newest = (isNew: boolean) => (isNew ? after : before);
      const atWork = {
        judge: newest(stage.parts.includes('function')),
        view: newest(stage.hasNewView),
        delivery: newest(stage.parts.includes('delivery')),
      };
      await this.during(this.assemblyBetween(from, to, stage), async (lake) => {
        this.takeOver(atWork);
        if (!stage.isLived) return this.glance(lake, atWork.view);
        await this.put(lake, [before, after], atWork);
        await lake.advance(STAGE.beforeSecondPut);
        await this.put(lake, [before, after], atWork);
        await lake.advance(STAGE.afterSecondPut);
        await this.read(lake, atWork.view, false);
      });
    }
  }

  private assemblyOf({ version }: ProofVersion): string {
    return path.join(this.folder, version);
  }

  private assemblyBetween(from: string, to: string, { parts, ids }: Stage): string {
    if (parts.length === PARTS.length) return to;
    const mixed = path.join(this.folder, `mixed-${(this.mixed += 1)}`);
    writeMixed(from, to, onTheWay(domainTemplate(from), domainTemplate(to), parts, ids), mixed);
    return mixed;
  }

  private async during(assembly: string, live: (lake: LiveLake) => Promise<void>): Promise<void> {
    const lake = await LiveLake.deploy(assembly, path.join(this.folder, 'state'), this.time);
    try {
      await live(lake);
    } finally {
      this.time = lake.now();
      await lake.stop();
    }
  }

  /** Whatever is on its way when a stage begins may be judged and delivered as the stage does it. */
  private takeOver({ judge, delivery }: AtWork): void {
    const since = this.time - STAGE.beforeSecondPut - STAGE.afterSecondPut;
    for (const [index, event] of this.produced.entries()) {
      if (event.time < since) continue;
      const judges = [...new Set([...event.judges, judge.version])];
      this.produced[index] = { ...event, judges, keepDays: [...event.keepDays, keepDaysOf(delivery)] };
    }
  }

  private async put(lake: LiveLake, producers: readonly ProofVersion[], { judge, delivery }: AtWork): Promise<void> {
    for (const producer of producers) {
      const time = lake.now();
      const events = Array.from({ length: this.options.events }, () => {
        const serial = this.produced.length;
        const bytes = eventOf(producer, serial, time);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        this.produced.push({ serial, producer, sha256, time, judges: [judge.version], keepDays: [keepDaysOf(delivery)] });
        return { serial, bytes };
      });
      await lake.put(producer, pack(events, true));
    }
  }

  private async read(lake: LiveLake, view: ProofVersion, settled: boolean): Promise<void> {
    this.rows = await lake.read();
    const rejected = await lake.rejected();
    this.rejected = rejected.length;
    this.readings += 1;
    this.find(judgeReading(this.change, this.produced, { view, rows: this.rows, rejected, settled, time: lake.now() }));
    for (const row of this.rows)
      this.pairs.add(`${this.produced[Number(row.serial)]?.producer.version ?? ''} ${row['_contract_version'] ?? ''}`);
  }

  /** Between two updates of the catalog a view may name a column that its table has no more: then it says so. What it shows is right. */
  private async glance(lake: LiveLake, view: ProofVersion): Promise<void> {
    const rows = await lake.read().catch((error: unknown) => {
      if (error instanceof CommandError && error.code === 'QueryFailed') return undefined;
      throw error;
    });
    if (rows === undefined) return;
    this.readings += 1;
    this.find(
      judgeReading(this.change, this.produced, {
        view,
        rows,
        rejected: await lake.rejected(),
        settled: false,
        time: lake.now(),
      }),
    );
    const hidden = this.rows.length - rows.length;
    if (hidden > 0) this.find([`${hidden} rows are hidden while the catalog changes`]);
  }

  private find(findings: readonly string[]): void {
    this.findings.push(...findings.map((what) => `${this.change.id}: ${what}`));
  }
}
