import * as z from 'zod';
import type { Matches } from '../../core/aws/event-pattern.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError, type Log } from '../service.ts';
import type { Schedule } from './schedule.ts';
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
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** What it means of what services tell. @default - nothing */
  readonly matches: Matches | undefined;
  /** When it tells by itself. @default - never */
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

export interface EventBusParts {
  readonly clock: SimulatedClock;
  readonly accountId: string;
  readonly region: string;
  readonly measure: Measure;
  readonly onLog: Log;
  /**
   * Hands an event to a target.
   *
   * @throws ServiceError where the target, its role or its policy refuses, and for one that is not simulated
   */
  readonly invoke: (target: Target, event: string, rule: Rule) => void;
}

const saved = z.object({
  version: z.literal(1),
  pending: z.array(
    z.object({
      rule: z.string(),
      target: z.string(),
      id: z.string().optional(),
      event: z.string(),
    }),
  ),
  schedules: z.array(WAITING).default([]),
});
const NAME = 'events';

/** An event on its way to a target. */
interface Pending {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: string;
}

/** The default event bus: what services tell goes to the targets of every rule that means it. */
export class EventBus {
  private readonly rules: Rule[] = [];
  private readonly pending = new Set<Pending>();
  private readonly timetable: Timetable;
  /** What an earlier process left. */
  private left: z.infer<typeof saved> | undefined;
  private readonly restored = new Set<Rule>();
  private stopped = false;

  constructor(private readonly parts: EventBusParts) {
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
  put(event: object): void {
    for (const rule of this.rules.filter(({ matches }) => matches?.(event) === true)) {
      this.trigger(rule, event, { MatchedEvents: 1, TriggeredRules: 1 });
    }
  }

  private trigger(rule: Rule, event: object, values: Readonly<Record<string, number>>): void {
    const { clock, measure, onLog } = this.parts;
    measure('AWS/Events', { RuleName: rule.name }, values);
    const [text, time] = [JSON.stringify(event), clock.now()];
    for (const target of rule.targets) {
      const made = target.makeInput === undefined ? text : target.makeInput(event, { rule, time });
      if (made !== undefined) this.send({ rule, target, event: made });
      else
        onLog({
          time,
          logGroup: rule.arn,
          level: 'error',
          message: `${target.arn} was not invoked: what its input is made of comes to no JSON`,
        });
    }
  }

  /** From now on nothing begins: what is due or on its way is for the next process. */
  stop(): void {
    this.stopped = true;
    this.timetable.stop();
  }

  /** Keeps what is on its way to targets, and when schedules are due, in `folder`. */
  save(folder: string, isWhole = true): void {
    const own = [...this.pending].map(({ rule, target: { id, arn: target }, ...rest }) => ({
      rule: rule.arn,
      target,
      id,
      ...rest,
    }));
    const isThere = (arn: string): boolean => isWhole || this.rules.some((rule) => rule.arn === arn);
    const pending = [...own, ...(this.left?.pending ?? []).filter(({ rule }) => !isThere(rule))];
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
    for (const { rule: ruleArn, target: arn, id, event } of pending) {
      const rule = there.find((one) => one.arn === ruleArn);
      const target = rule?.targets.find((one) => one.arn === arn && (id === undefined || one.id === id));
      if (rule !== undefined && target !== undefined) this.send({ rule, target, event });
    }
    this.timetable.goOn(there, schedules);
    for (const rule of there) this.restored.add(rule);
  }

  private send(pending: Pending): void {
    this.pending.add(pending);
    this.parts.clock.at(this.parts.clock.now(), () => {
      if (this.stopped) return;
      this.invoke(pending);
      this.pending.delete(pending);
    });
  }

  private invoke({ rule, target, event }: Pending): void {
    const { clock, measure, onLog, invoke } = this.parts;
    const dimensions = { RuleName: rule.name };
    measure('AWS/Events', dimensions, { Invocations: 1 });
    try {
      invoke(target, target.input ?? event, rule);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      measure('AWS/Events', dimensions, { FailedInvocations: 1 });
      const message = `${target.arn} was not invoked: ${error.message}`;
      onLog({ time: clock.now(), logGroup: rule.arn, level: 'error', message });
    }
  }
}
