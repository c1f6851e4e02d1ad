import type { Rule, Target } from './event-bus.ts';
import type { Sent } from './outbox.ts';
import { NoJson } from './target-input.ts';

/** Whether an ARN names an event bus. */
export const isBus = (arn: string): boolean => /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//.test(arn);

/**
 * What goes to a target of an event; undefined where that is nothing.
 *
 * @param isRelayed Whether the rule of another bus sent the event: it goes to no third one
 */
export function sentTo(
  target: Target,
  event: object,
  { rule, time }: { readonly rule: Rule; readonly time: number },
  isRelayed: boolean,
): Sent | undefined {
  const made = target.makeInput === undefined ? JSON.stringify(event) : target.makeInput(event, { rule, time });
  if (made === undefined) return undefined;
  const isJson = !(made instanceof NoJson);
  return {
    rule,
    target,
    event: isJson ? made : made.text,
    partitionKey: partitionKeyOf(target, event),
    holdsData: isOfClient(event),
    refusal: isRelayed && isBus(target.arn) ? relayedBefore(event) : isJson ? undefined : NO_JSON,
  };
}

const NO_JSON = { code: 'INVALID_JSON', message: 'the input that was made of the event is no JSON' };

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html */
const relayedBefore = (event: object): Sent['refusal'] => ({
  code: 'THIRD_ACCOUNT_HOP_DETECTED',
  message: `Event ingestion rejected for event ${idOf(event) ?? ''} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
});

/** Services alone may say `aws.`. */
const isOfClient = (event: object): boolean =>
  'source' in event && typeof event.source === 'string' && !event.source.startsWith('aws.');

/** What the target says, and the event's id where that is nothing. */
function partitionKeyOf({ partitionKeyOf: of }: Target, event: object): string | undefined {
  const told = of?.(event) ?? idOf(event);
  return told === undefined || typeof told === 'string' ? told : JSON.stringify(told);
}

const idOf = (event: object): string | undefined => ('id' in event && typeof event.id === 'string' ? event.id : undefined);
