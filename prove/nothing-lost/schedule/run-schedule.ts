import { LimitExceededException, ResourceInUseException } from '@aws-sdk/client-kinesis';
import { checkpointOf, fallBack } from '../fault/crash.ts';
import { double, merge, openShards, split } from '../fault/reshard.ts';
import type { Balance } from '../history/conservation.ts';
import type { Allowance, Violation } from '../history/history.ts';
import type { Input } from '../input/input.ts';
import { GOOD, ODD } from '../input/inputs.ts';
import { outcomeOf } from '../outcome.ts';
import type { MischiefKind } from '../lake/mischief.ts';
import { Producer } from '../lake/producer.ts';
import type { LakeReader } from '../lake/read-lake.ts';
import type { Session } from '../lake/session.ts';
import type { Schedule, Step } from './step.ts';

/** What came of a schedule. */
export interface ScheduleRun {
  readonly violations: readonly Violation[];
  readonly balance: Balance;
  /** How often each kind of fault and of step was met. */
  readonly met: ReadonlyMap<string, number>;
}

/** Shards of a stream at most: a schedule that wants more of them merges. */
const MOST_SHARDS = 8;
const INPUTS = new Map([GOOD, ...ODD].map((input) => [input.name, input]));

const inputsOf = (names: readonly string[]): Input[] => names.flatMap((name) => INPUTS.get(name) ?? []);

/** Has a session live through a schedule, ends what goes wrong, and judges what is found. */
export async function runSchedule(session: Session, reader: LakeReader, schedule: Schedule, tag: string): Promise<ScheduleRun> {
  const run = new Run(session, new Producer(session, tag));
  for (const step of schedule) await run.take(step);
  run.end();
  const { violations, balance } = await outcomeOf(session, reader, run.producer, run.allowed);
  return { violations, balance, met: run.met };
}

class Run {
  readonly met = new Map<string, number>();
  private copies = false;
  private parks = false;
  private spoiling: MischiefKind | undefined;

  constructor(
    private readonly session: Session,
    readonly producer: Producer,
  ) {}

  get allowed(): Allowance {
    return { copies: this.copies, parks: this.parks ? 'left' : 'never' };
  }

  async take(step: Step): Promise<void> {
    const { session, producer } = this;
    switch (step.does) {
      case 'put':
        await producer.put(producer.compose(inputsOf(step.names), step));
        this.count('put');
        break;
      case 'put again': {
        const lines = [...producer.bytes.values()];
        await producer.put(producer.recordsOf(step.backwards ? lines.reverse() : lines, step.perRecord));
        if (lines.length > 0) this.count('put again');
        break;
      }
      case 'wait':
        await session.clock.advance(step.seconds * 1_000);
        break;
      case 'plant':
        this.lift();
        session.faults.plant({ seed: 1, rules: step.rules }, session.clock.now());
        break;
      case 'lift':
        this.lift();
        break;
      case 'spoil':
        this.mend();
        session.assembly.mischief.begin(step.kind, step.times);
        this.spoiling = step.kind;
        break;
      case 'crash':
        await session.restart();
        this.count('crash');
        break;
      case 'relapse': {
        const checkpoint = await checkpointOf(session);
        await producer.put(producer.compose(inputsOf(step.names), { perRecord: 3, neighbours: false }));
        await session.clock.advance(step.seconds * 1_000);
        await fallBack(session, checkpoint);
        this.copies = true;
        this.count('relapse');
        break;
      }
      case 'reshard':
        await this.reshard(step.how);
    }
  }

  /** Ends what goes wrong. */
  end(): void {
    this.lift();
    this.mend();
  }

  private lift(): void {
    for (const { at, fault, taken } of this.session.faults.lift()) {
      if (taken === 0) continue;
      this.count(`${at} ${fault}`, taken);
      if (at === 'kinesis:read' && fault === 'duplicate') this.copies = true;
      if (at === 'firehose:lambda' || at === 'kms:use' || at === 'firehose:put') this.parks = true;
    }
  }

  private mend(): void {
    const times = this.session.assembly.mischief.end();
    if (times === 0) return;
    if (this.spoiling !== undefined) this.count(this.spoiling, times);
    this.copies = true;
    this.parks = true;
  }

  private async reshard(how: 'double' | 'split' | 'merge'): Promise<void> {
    const { session } = this;
    const { length } = await openShards(session);
    const change = changeOf(how, length);
    try {
      await change(session);
      this.count(how);
    } catch (error) {
      if (!(error instanceof LimitExceededException) && !(error instanceof ResourceInUseException)) throw error;
    }
  }

  private count(what: string, times = 1): void {
    this.met.set(what, (this.met.get(what) ?? 0) + times);
  }
}

/** A change that there is room for. */
function changeOf(how: 'double' | 'split' | 'merge', shards: number): (session: Session) => Promise<void> {
  if (how === 'double' && 2 * shards <= MOST_SHARDS) return double;
  return shards > 1 && (how === 'merge' || shards >= MOST_SHARDS) ? merge : split;
}
