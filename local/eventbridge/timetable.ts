import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ScheduledTask } from '../clock.ts';
import type { EventBusParts, Rule } from './event-bus.ts';

/** What a rule waits for: its ARN, its expression and a time in milliseconds since the epoch, simulated. */
export const WAITING = z.object({ rule: z.string(), expression: z.string(), due: z.number() });
type Waiting = z.infer<typeof WAITING>;

/** When the schedules of rules are due. */
export class Timetable {
  private readonly armed = new Map<string, Waiting & { readonly task: ScheduledTask }>();
  private stopped = false;

  constructor(
    private readonly parts: Pick<EventBusParts, 'clock' | 'accountId' | 'region'>,
    private readonly tell: (rule: Rule, event: object) => void,
  ) {}

  /** Waits for the first time of a rule's schedule from now on, where it has one. */
  begin(rule: Rule): void {
    this.arm(rule, rule.schedule?.next(this.parts.clock.now()));
  }

  /** Lets rules go on that wait for what they waited for in an earlier process; one with another schedule begins anew. */
  goOn(rules: readonly Rule[], waiting: readonly Waiting[]): void {
    for (const { rule: arn, expression, due } of waiting) {
      const rule = rules.find((one) => one.arn === arn);
      if (rule?.schedule?.expression === expression) this.arm(rule, due);
    }
  }

  /** What each rule waits for. */
  waiting(): readonly Waiting[] {
    return [...this.armed.values()].map(({ task: _task, ...waiting }) => waiting);
  }

  /** From now on no time comes: what is due is for the next process. */
  stop(): void {
    this.stopped = true;
  }

  private arm(rule: Rule, due: number | undefined): void {
    const { clock } = this.parts;
    this.armed.get(rule.arn)?.task.cancel();
    this.armed.delete(rule.arn);
    if (rule.schedule === undefined || due === undefined) return;
    const { expression, next } = rule.schedule;
    const task = clock.at(due, () => {
      if (this.stopped) return;
      this.tell(rule, this.scheduled(rule, due));
      this.arm(rule, next(due));
    });
    this.armed.set(rule.arn, { rule: rule.arn, expression, due, task });
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
  private scheduled({ arn }: Rule, due: number): object {
    const { accountId, region } = this.parts;
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: accountId,
      time: new Date(due).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: [arn],
      detail: {},
    };
  }
}
