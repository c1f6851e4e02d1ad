import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Matches } from '../../core/aws/event-pattern.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError, type Log } from '../service.ts';
import type { Schedule } from './schedule.ts';

/** What a rule hands an event to. */
export interface Target {
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

const pendings = z.object({
  version: z.literal(1),
  pending: z.array(
    z.object({
      rule: z.string(),
      target: z.string(),
      event: z.string(),
      failures: z.number().default(0),
      due: z.number().default(0),
    }),
  ),
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

/** The default event bus: what services tell goes to the targets of every rule that means it. */
export class EventBus {
  private readonly rules: Rule[] = [];
  private readonly pending = new Set<Pending>();

  constructor(private readonly parts: EventBusParts) {}

  createRule(rule: Rule): void {
    this.rules.push(rule);
    this.await(rule);
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

  /** Waits for the next time of a rule's schedule, for as long as it has one. */
  private await(rule: Rule): void {
    const { clock, accountId, region } = this.parts;
    const next = rule.schedule?.(clock.now());
    if (next === undefined) return;
    clock.at(next, () => {
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: accountId,
        time: new Date(next).toISOString().replace(/\.\d+Z$/, 'Z'),
        region,
        resources: [rule.arn],
        detail: {},
      };
      this.trigger(rule, event, { TriggeredRules: 1 });
      this.await(rule);
    });
  }

  /** Keeps what is on its way to targets, in `folder`. */
  save(folder: string): void {
    const pending = [...this.pending].map(({ rule, target, ...rest }) => ({ rule: rule.arn, target: target.arn, ...rest }));
    new SavedFile(folder, NAME).write({ version: 1, pending }, []);
  }

  /** Takes over what an earlier process left on its way, for the rules and targets that are there again. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    for (const { rule: ruleArn, target: targetArn, ...rest } of new SavedFile(folder, NAME).read(pendings)?.pending ?? []) {
      const rule = this.rules.find(({ arn }) => arn === ruleArn);
      const target = rule?.targets.find(({ arn }) => arn === targetArn);
      if (rule !== undefined && target !== undefined) this.send({ rule, target, ...rest });
    }
  }

  private send(pending: Pending): void {
    this.pending.add(pending);
    this.parts.clock.at(pending.due, async () => {
      await this.invoke(pending);
      this.pending.delete(pending);
    });
  }

  private async invoke(pending: Pending): Promise<void> {
    const { clock, measure, onLog, invoke } = this.parts;
    const { rule, target, event, failures } = pending;
    const dimensions = { RuleName: rule.name };
    const say = (message: string): void => {
      onLog({ time: clock.now(), logGroup: rule.arn, level: 'error', message });
    };
    if (failures === 0) measure('AWS/Events', dimensions, { Invocations: 1 });
    try {
      if ((await invoke(target, target.input ?? event, rule)) === 'done') return;
      const pause = AGAIN_AFTER[failures];
      if (pause === undefined)
        say(`${target.arn} failed each of ${failures + 1} times that it got an event: the event is dropped`);
      else this.send({ ...pending, failures: failures + 1, due: clock.now() + pause });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      measure('AWS/Events', dimensions, { FailedInvocations: 1 });
      say(`${target.arn} was not invoked: ${error.message}`);
    }
  }
}
