import * as z from 'zod';
import type { Matches } from '../../core/aws/event-pattern.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { SavedFile } from '../saved-file.ts';
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

const pendings = z.object({
  version: z.literal(1),
  pending: z.array(z.object({ rule: z.string(), target: z.string(), event: z.string() })),
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
    const { measure } = this.parts;
    for (const rule of this.rules.filter(({ matches }) => matches(event))) {
      measure('AWS/Events', { RuleName: rule.name }, { MatchedEvents: 1, TriggeredRules: 1 });
      for (const target of rule.targets) this.send({ rule, target, event: JSON.stringify(event) });
    }
  }

  /** Keeps what is on its way to targets, in `folder`. */
  save(folder: string): void {
    const pending = [...this.pending].map(({ rule, target, event }) => ({ rule: rule.arn, target: target.arn, event }));
    new SavedFile(folder, NAME).write({ version: 1, pending }, []);
  }

  /** Takes over what an earlier process left on its way, for the rules and targets that are there again. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    for (const { rule: ruleArn, target: targetArn, event } of new SavedFile(folder, NAME).read(pendings)?.pending ?? []) {
      const rule = this.rules.find(({ arn }) => arn === ruleArn);
      const target = rule?.targets.find(({ arn }) => arn === targetArn);
      if (rule !== undefined && target !== undefined) this.send({ rule, target, event });
    }
  }

  private send(pending: Pending): void {
    const { clock } = this.parts;
    this.pending.add(pending);
    clock.at(clock.now(), () => {
      this.pending.delete(pending);
      this.invoke(pending);
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
