import * as z from 'zod';
import type { Matches } from '../../core/aws/event-pattern.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { SavedFile } from '../saved-file.ts';
import type { Access, JsonService, Log } from '../service.ts';
import type { MessageAttributes } from '../sqs/index.ts';
import { Buses } from './buses.ts';
import { eventsService } from './operations.ts';
import { dimensionsOf, Outbox, PENDING, type Sent } from './outbox.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Schedule } from '../../core/aws/schedule.ts';
import { sentTo } from './sent-to.ts';
import type { MakeInput } from './target-input.ts';
import { Timetable, WAITING } from './timetable.ts';

/** What a rule hands an event to. */
export interface Target {
  /** Tells it from the others of its rule. */
  readonly id: string;
  readonly arn: string;
  /** As whom EventBridge acts on it, where it needs a role. */
  readonly roleArn: string | undefined;
  /** The group of what a FIFO queue gets. @default - it is no FIFO queue */
  readonly messageGroupId?: string | undefined;
  /** What it gets in the place of the event. @default - the event */
  readonly input: string | undefined;
  /** What it gets of the event. @default - all of it */
  readonly makeInput?: MakeInput | undefined;
  /** What a stream tells its shard by, of the event. @default - the event's id */
  readonly partitionKeyOf?: ((event: unknown) => unknown) | undefined;
  /** How long and how often a target that is busy is tried again. @default - for a day, and 185 times */
  readonly retries?: RetryPolicy | undefined;
  /** The queue that gets what does not get to it. @default - that is lost */
  readonly deadLetterArn?: string | undefined;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** The name of the bus that it listens to. @default - the default event bus */
  readonly bus?: string | undefined;
  /** What it means of what is told. @default - nothing */
  readonly matches: Matches | undefined;
  /** When it tells by itself. @default - never */
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

export interface EventBusParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly accountId: string;
  readonly region: string;
  readonly measure: Measure;
  readonly onLog: Log;
  /**
   * Hands an event to a target.
   *
   * @throws ServiceError where the target, its role or its policy refuses, and for one that is not simulated
   */
  readonly invoke: (sent: Sent) => Promise<void> | void;
  /** Sends a dead letter to a queue. @throws ServiceError where the queue, its policy or its key refuse */
  readonly bury: (ruleArn: string, queueArn: string, letter: DeadLetter) => void;
}

/** What a dead-letter queue gets. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: MessageAttributes;
}

/** Where an event is told. */
export interface Place {
  /** The name of the bus. @default - the default event bus */
  readonly bus?: string | undefined;
  /** Whether a rule of another bus sent it: it goes to no third one. @default false */
  readonly isRelayed?: boolean;
}

const saved = z.object({ version: z.literal(1), pending: z.array(PENDING), schedules: z.array(WAITING).default([]) });
const NAME = 'events';

/** The event buses: what is told on one goes to the targets of every rule of it that means it. */
export class EventBus {
  readonly buses: Buses;
  readonly service: JsonService;
  private readonly rules: Rule[] = [];
  private readonly outbox: Outbox;
  private readonly timetable: Timetable;
  /** What an earlier process left. */
  private left: z.infer<typeof saved> | undefined;
  private readonly restored = new Set<Rule>();

  constructor(private readonly parts: EventBusParts) {
    const now = (): number => parts.clock.now();
    this.buses = new Buses({ ...parts, now });
    this.service = eventsService({ ...parts, now, buses: this.buses, bus: this });
    this.outbox = new Outbox(parts);
    this.timetable = new Timetable(parts, (rule, event) => {
      this.trigger(rule, event, { TriggeredRules: 1 });
    });
  }

  createRule(rule: Rule): void {
    this.rules.push(rule);
    this.timetable.begin(rule);
  }

  /** Says of a rule that it is kept and not run. */
  note(ruleArn: string, notSimulated: string): void {
    const { clock, onLog } = this.parts;
    onLog({
      time: clock.now(),
      logGroup: ruleArn,
      level: 'warn',
      message: `the rule is not run, not simulated: ${notSimulated}`,
    });
  }

  /** Counts an event for each rule that means it; its targets get it with the next move of the clock. */
  put(event: object, { bus, isRelayed = false }: Place = {}): void {
    for (const rule of this.rules.filter((one) => one.bus === bus && one.matches?.(event) === true))
      this.trigger(rule, event, { MatchedEvents: 1, TriggeredRules: 1 }, isRelayed);
  }

  private trigger(rule: Rule, event: object, values: Readonly<Record<string, number>>, isRelayed = false): void {
    const { clock, measure, onLog } = this.parts;
    measure('AWS/Events', dimensionsOf(rule), values);
    const telling = { rule, time: clock.now() };
    for (const target of rule.targets) {
      const sent = sentTo(target, event, telling, isRelayed);
      if (sent !== undefined) this.outbox.send(sent);
      else {
        const message = `${target.arn} was not invoked: what its input is made of comes to nothing`;
        onLog({ time: telling.time, logGroup: rule.arn, level: 'error', message });
      }
    }
  }

  /** From now on nothing begins: what is due or on its way is for the next process. */
  stop(): void {
    this.outbox.stop();
    this.timetable.stop();
  }

  /** Keeps what is on its way to targets, and when schedules are due, in `folder`. */
  save(folder: string, isWhole = true): void {
    const isThere = (arn: string): boolean => isWhole || this.rules.some((rule) => rule.arn === arn);
    const pending = [...this.outbox.saved(), ...(this.left?.pending ?? []).filter(({ rule }) => !isThere(rule))];
    const schedules = [...this.timetable.waiting(), ...(this.left?.schedules ?? []).filter(({ rule }) => !isThere(rule))];
    new SavedFile(folder, NAME).write({ version: 1, pending, schedules }, []);
  }

  /**
   * Takes over, once for each rule that is there again, what an earlier process left on its way to its targets, and what its schedule was
   * waiting for: what fell due meanwhile comes at once, each time of it.
   *
   * @throws StateError `StateUnreadable`
   */
  restore(folder: string): void {
    this.left ??= new SavedFile(folder, NAME).read(saved) ?? { version: 1, pending: [], schedules: [] };
    const { pending, schedules } = this.left;
    const there = this.rules.filter((rule) => !this.restored.has(rule));
    for (const { rule: ruleArn, target: arn, id, since, retries, chain, ...sent } of pending) {
      const rule = there.find((one) => one.arn === ruleArn);
      const target = rule?.targets.find((one) => one.arn === arn && (id === undefined || one.id === id));
      if (rule !== undefined && target !== undefined)
        this.outbox.send({ rule, target, ...sent }, { ...(since !== undefined && { since }), retries, chain });
    }
    this.timetable.goOn(there, schedules);
    for (const rule of there) this.restored.add(rule);
  }
}
