import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Matches } from '../../core/aws/event-pattern.ts';
import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError, type Log } from '../service.ts';
import type { Schedule } from './schedule.ts';

/** What a rule hands an event to. */
export interface Target {
  /** Tells it from the others of its rule. */
  readonly id: string;
  readonly arn: string;
  /** As whom EventBridge acts on it, where it needs a role. */
  readonly roleArn: string | undefined;
  /** What it gets in the place of the event. @default - the event */
  readonly input: string | undefined;
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
   * @returns Whether the target took it and failed: it is tried again
   * @throws ServiceError where the target, its role or its policy refuses, and for one that is not simulated
   */
  readonly invoke: (target: Target, event: string, rule: Rule) => Promise<'done' | 'failed'> | 'done';
}

/**
 * When a function that took an event and failed gets it again, in milliseconds after each failure.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const AGAIN_AFTER: readonly number[] = [60_000, 120_000];

const saved = z.object({
  version: z.literal(1),
  pending: z.array(
    z.object({
      rule: z.string(),
      target: z.string(),
      id: z.string().optional(),
      event: z.string(),
      failures: z.number().default(0),
      due: z.number().default(0),
    }),
  ),
  schedules: z.array(z.object({ rule: z.string(), expression: z.string(), due: z.number() })).default([]),
});
const NAME = 'events';

/** An event on its way to a target. */
interface Pending {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: string;
  /** How often the target took it and failed. */
  readonly failures: number;
  /** Milliseconds since the epoch, simulated. */
  readonly due: number;
}

/** The next time of a rule's schedule. */
interface Armed {
  readonly rule: Rule;
  readonly expression: string;
  readonly due: number;
  readonly task: ScheduledTask;
}

/** The default event bus: what services tell goes to the targets of every rule that means it. */
export class EventBus {
  private readonly rules: Rule[] = [];
  private readonly pending = new Set<Pending>();
  private readonly armed = new Map<string, Armed>();
  private stopped = false;

  constructor(private readonly parts: EventBusParts) {}

  createRule(rule: Rule): void {
    this.rules.push(rule);
    this.arm(rule, rule.schedule?.next(this.parts.clock.now()));
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
    const { clock, measure } = this.parts;
    measure('AWS/Events', { RuleName: rule.name }, values);
    const text = JSON.stringify(event);
    for (const target of rule.targets) this.send({ rule, target, event: text, failures: 0, due: clock.now() });
  }

  /** Waits for a time of a rule's schedule, and then for those after it, for as long as there are any. */
  private arm(rule: Rule, due: number | undefined): void {
    const { clock, accountId, region } = this.parts;
    this.armed.get(rule.arn)?.task.cancel();
    this.armed.delete(rule.arn);
    if (rule.schedule === undefined || due === undefined) return;
    const { expression, next } = rule.schedule;
    const task = clock.at(due, () => {
      if (this.stopped) return;
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: accountId,
        time: new Date(due).toISOString().replace(/\.\d+Z$/, 'Z'),
        region,
        resources: [rule.arn],
        detail: {},
      };
      this.trigger(rule, event, { TriggeredRules: 1 });
      this.arm(rule, next(due));
    });
    this.armed.set(rule.arn, { rule, expression, due, task });
  }

  /** From now on nothing begins: what is due, on its way or fails is for the next process. */
  stop(): void {
    this.stopped = true;
  }

  /** Keeps what is on its way to targets, and when schedules are due, in `folder`. */
  save(folder: string): void {
    const pending = [...this.pending].map(({ rule, target: { id, arn: target }, ...rest }) => ({
      rule: rule.arn,
      target,
      id,
      ...rest,
    }));
    const schedules = [...this.armed.values()].map(({ rule, expression, due }) => ({ rule: rule.arn, expression, due }));
    new SavedFile(folder, NAME).write({ version: 1, pending, schedules }, []);
  }

  /**
   * Takes over what an earlier process left on its way, for the rules and targets that are there again, and what their schedules were
   * waiting for: what fell due meanwhile comes at once, each time of it.
   *
   * @throws StateError `StateUnreadable`
   */
  restore(folder: string): void {
    const { pending = [], schedules = [] } = new SavedFile(folder, NAME).read(saved) ?? {};
    for (const { rule: ruleArn, target: arn, id, ...rest } of pending) {
      const rule = this.rules.find((one) => one.arn === ruleArn);
      const target = rule?.targets.find((one) => one.arn === arn && (id === undefined || one.id === id));
      if (rule !== undefined && target !== undefined) this.send({ rule, target, ...rest });
    }
    for (const { rule: ruleArn, expression, due } of schedules) {
      const rule = this.rules.find((one) => one.arn === ruleArn);
      if (rule?.schedule?.expression === expression) this.arm(rule, due);
    }
  }

  private send(pending: Pending): void {
    this.pending.add(pending);
    this.parts.clock.at(pending.due, async () => {
      if (!this.stopped && (await this.invoke(pending)) === 'done') this.pending.delete(pending);
    });
  }

  /** @returns Whether the target took it at last, or was told for good; what fails while the process ends is left as it is */
  private async invoke(pending: Pending): Promise<'done' | 'left'> {
    const { clock, measure, onLog, invoke } = this.parts;
    const { rule, target, event, failures } = pending;
    const dimensions = { RuleName: rule.name };
    const say = (message: string): void => {
      onLog({ time: clock.now(), logGroup: rule.arn, level: 'error', message });
    };
    if (failures === 0) measure('AWS/Events', dimensions, { Invocations: 1 });
    try {
      if ((await invoke(target, target.input ?? event, rule)) === 'done') return 'done';
      if (this.stopped) return 'left';
      const pause = AGAIN_AFTER[failures];
      if (pause === undefined)
        say(`${target.arn} failed each of ${failures + 1} times that it got an event: the event is dropped`);
      else this.send({ ...pending, failures: failures + 1, due: clock.now() + pause });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      measure('AWS/Events', dimensions, { FailedInvocations: 1 });
      say(`${target.arn} was not invoked: ${error.message}`);
    }
    return 'done';
  }
}
