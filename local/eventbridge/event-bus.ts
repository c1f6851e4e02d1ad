import type { Matches } from '../../core/aws/event-pattern.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { ServiceError, type Log } from '../service.ts';

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
  readonly matches: Matches;
  readonly targets: readonly Target[];
}

export interface EventBusParts {
  readonly clock: SimulatedClock;
  readonly measure: Measure;
  readonly onLog: Log;
  /**
   * Hands an event to a target.
   *
   * @throws ServiceError where the target, its role or its policy refuses, and for one that is not simulated
   */
  readonly invoke: (target: Target, event: string, rule: Rule) => void;
}

/** The default event bus: what services tell goes to the targets of every rule that means it. */
export class EventBus {
  private readonly rules: Rule[] = [];

  constructor(private readonly parts: EventBusParts) {}

  createRule(rule: Rule): void {
    this.rules.push(rule);
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
    const { clock, measure } = this.parts;
    for (const rule of this.rules.filter(({ matches }) => matches(event))) {
      measure('AWS/Events', { RuleName: rule.name }, { MatchedEvents: 1, TriggeredRules: 1 });
      for (const target of rule.targets) {
        clock.at(clock.now(), () => {
          this.invoke(target, JSON.stringify(event), rule);
        });
      }
    }
  }

  private invoke(target: Target, event: string, rule: Rule): void {
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
