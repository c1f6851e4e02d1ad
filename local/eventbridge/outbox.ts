import * as z from 'zod';
import { chainLength, withChain } from '../lambda/lineage.ts';
import { ServiceError } from '../service.ts';
import { letterAttributes, type Undelivered } from './dead-letter.ts';
import type { EventBusParts, Rule, Target } from './event-bus.ts';
import { exhaustedBy, RETRIES } from './retry-policy.ts';

/** Milliseconds until the first and, at most, until any further try: EventBridge tells of no numbers. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 900_000;

/** What says of a target that it has no time, besides faults of its own. */
const BUSY = ['ProvisionedThroughputExceededException', 'ThrottlingException'];

/** An event on its way to a target. */
export interface Sent {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: string;
  /** What a stream is to tell its shard by. */
  readonly partitionKey?: string | undefined;
  /** Whether a client put the event, and no service told it. @default false */
  readonly holdsData?: boolean | undefined;
  /** Why its target is not even tried. @default - it is */
  readonly refusal?: z.infer<typeof REFUSAL> | undefined;
}

/** A code of EventBridge's own, and its words. */
const REFUSAL = z.object({ code: z.string(), message: z.string() });

/** As it is saved: rules and targets by their ARNs, times in milliseconds since the epoch, simulated. */
export const PENDING = z.object({
  rule: z.string(),
  target: z.string(),
  id: z.string().optional(),
  event: z.string(),
  partitionKey: z.string().optional(),
  holdsData: z.boolean().optional(),
  refusal: REFUSAL.optional(),
  since: z.number().optional(),
  retries: z.number().default(0),
  chain: z.number().default(0),
});

/** Since when, and how often again, a target is tried. */
interface Tries {
  readonly since: number;
  readonly retries: number;
  /** How many invocations of functions have led to the event: none may go on for ever in one moment. */
  readonly chain: number;
}

/** Events on their way to targets. A target that has no time is tried again; one that refuses gets an event never; its dead-letter queue does. */
export class Outbox {
  private readonly pending = new Map<Sent, Tries>();
  private stopped = false;

  constructor(private readonly parts: Pick<EventBusParts, 'clock' | 'measure' | 'onLog' | 'invoke' | 'bury'>) {}

  /** Its target gets it with the next move of the clock. */
  send(sent: Sent, { since = this.parts.clock.now(), retries = 0, chain = chainLength() }: Partial<Tries> = {}): void {
    this.wait(sent, { since, retries, chain }, this.parts.clock.now());
  }

  /** From now on nothing begins: what is on its way is for the next process. */
  stop(): void {
    this.stopped = true;
  }

  saved(): z.input<typeof PENDING>[] {
    return [...this.pending].map(
      ([
        {
          rule,
          target: { id, arn: target },
          ...rest
        },
        tries,
      ]) => ({
        rule: rule.arn,
        target,
        id,
        ...rest,
        ...tries,
      }),
    );
  }

  private wait(sent: Sent, tries: Tries, due: number): void {
    this.pending.set(sent, tries);
    this.parts.clock.at(due, async () => {
      if (!this.stopped) await this.invoke(sent, tries);
    });
  }

  private async invoke(sent: Sent, { since, retries, chain }: Tries): Promise<void> {
    const { clock, measure, onLog, invoke } = this.parts;
    const { rule, target, refusal } = sent;
    measure('AWS/Events', dimensionsOf(rule), { [retries === 0 ? 'Invocations' : 'RetryInvocationAttempts']: 1 });
    try {
      if (refusal !== undefined) throw new ServiceError(refusal.code, refusal.message);
      await withChain(chain, () => invoke({ ...sent, event: bodyOf(sent) }));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const due = clock.now() + Math.min(FIRST_WAIT * 2 ** retries, LONGEST_WAIT);
      const exhausted = isBusy(error) ? exhaustedBy(target.retries ?? RETRIES, retries, due - since) : undefined;
      if (isBusy(error) && exhausted === undefined) {
        this.wait(sent, { since, retries: retries + 1, chain }, due);
        return;
      }
      measure('AWS/Events', dimensionsOf(rule), { FailedInvocations: 1 });
      const message = `${target.arn} was not invoked: ${error.message}`;
      onLog({ time: clock.now(), logGroup: rule.arn, level: 'error', message });
      const tried = exhausted && { exhausted, retries };
      withChain(chain, () => {
        this.bury(sent, { ruleArn: rule.arn, targetArn: target.arn, error, tried });
      });
    }
    this.pending.delete(sent);
  }

  /** What nothing here runs is no failure of the target's: a dead letter would tell of what AWS delivers. */
  private bury(sent: Sent, undelivered: Undelivered): void {
    const { clock, measure, onLog, bury } = this.parts;
    const { rule, target } = sent;
    if (target.deadLetterArn === undefined || undelivered.error.code === 'NotImplemented') return;
    try {
      bury(rule.arn, target.deadLetterArn, { body: bodyOf(sent), attributes: letterAttributes(undelivered) });
      measure('AWS/Events', dimensionsOf(rule), { InvocationsSentToDlq: 1 });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      measure('AWS/Events', dimensionsOf(rule), { InvocationsFailedToBeSentToDlq: 1 });
      const message = `${target.deadLetterArn} did not get the dead letter: ${error.message}`;
      onLog({ time: clock.now(), logGroup: rule.arn, level: 'error', message });
    }
  }
}

const bodyOf = ({ target, event }: Sent): string => target.input ?? event;

const isBusy = ({ code, status }: ServiceError): boolean => BUSY.includes(code) || (status >= 500 && code !== 'NotImplemented');

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export const dimensionsOf = ({ name, bus }: Rule): Readonly<Record<string, string>> =>
  bus === undefined ? { RuleName: name } : { EventBusName: bus, RuleName: name };
