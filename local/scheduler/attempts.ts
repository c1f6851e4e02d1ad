import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { exhaustedBy } from '../eventbridge/retry-policy.ts';
import { ServiceError, type Log } from '../service.ts';
import { executionId, inputOf, isPassing, isThrottling, nextAttempt, type Attempt } from './attempt.ts';
import type { Bury, CallTarget } from './call-target.ts';
import { deadLetter, type Undelivered } from './dead-letter.ts';
import type { ScheduleSettings } from './settings.ts';

export interface AttemptsParts {
  readonly clock: SimulatedClock;
  readonly accountId: string;
  readonly region: string;
  readonly onLog: Log;
  readonly measure: Measure;
  readonly call: CallTarget;
  readonly bury: Bury;
}

/** A schedule whose target is called. */
export interface Called {
  readonly arn: string;
  readonly groupArn: string;
  readonly settings: ScheduleSettings;
}

/** Calls of schedules' targets. What passes is tried again; what does not, or did not pass in time, goes to a dead-letter queue. */
export class Attempts {
  private readonly waiting = new Set<Attempt>();
  private stopped = false;

  constructor(private readonly parts: AttemptsParts) {}

  /** From now on none is made: those that wait are for the next process. */
  stop(): void {
    this.stopped = true;
  }

  saved(): readonly Attempt[] {
    return [...this.waiting];
  }

  /** Makes an attempt when its time comes. */
  await(schedule: Called, attempt: Attempt): void {
    this.waiting.add(attempt);
    this.parts.clock.at(attempt.time, async () => {
      if (this.stopped) return;
      this.waiting.delete(attempt);
      await this.make(schedule, attempt);
    });
  }

  async make(schedule: Called, attempt: Attempt): Promise<void> {
    const { clock, call } = this.parts;
    const { target } = schedule.settings;
    const id = executionId();
    const input = inputOf(target.input, attempt, id, this.parts);
    this.measure(schedule, 'InvocationAttemptCount');
    try {
      await call(target, schedule.groupArn, input);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.measure(schedule, isThrottling(error) ? 'TargetErrorThrottledCount' : 'TargetErrorCount');
      const next = nextAttempt(attempt, clock.now());
      const passing = isPassing(error);
      const exhausted = passing ? exhaustedBy(target.retries, attempt.number - 1, next.time - attempt.since) : undefined;
      if (passing && exhausted === undefined) this.await(schedule, next);
      else this.drop(schedule, { attempt, executionId: id, input, error, exhausted });
    }
  }

  private drop(schedule: Called, undelivered: Undelivered): void {
    const { target } = schedule.settings;
    const { error, exhausted } = undelivered;
    this.say(schedule, `${target.arn} was not invoked: ${error.message}`);
    if (exhausted !== undefined) this.measure(schedule, 'InvocationDroppedCount');
    if (target.deadLetterArn === undefined || error.code === 'NotImplemented') return;
    try {
      this.parts.bury(target, schedule.groupArn, target.deadLetterArn, deadLetter(target, undelivered));
      this.measure(schedule, 'InvocationsSentToDeadLetterCount');
    } catch (refusal) {
      if (!(refusal instanceof ServiceError)) throw refusal;
      this.measure(schedule, 'InvocationsFailedToBeSentToDeadLetterCount');
      this.say(schedule, `${target.deadLetterArn} did not get the dead letter: ${refusal.message}`);
    }
  }

  /** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
  private measure({ settings }: Called, name: string): void {
    this.parts.measure('AWS/Scheduler', { ScheduleGroup: settings.group }, { [name]: 1 });
  }

  private say(schedule: Called, message: string): void {
    this.parts.onLog({ time: this.parts.clock.now(), logGroup: schedule.arn, level: 'error', message });
  }
}
