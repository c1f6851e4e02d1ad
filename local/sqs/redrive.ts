import { invalidParameter } from './errors.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { settingsOf, withAttributes } from './queue-attributes.ts';

type Find = (arn: string) => Queue | undefined;

/** Puts a message into the dead-letter queue of the one that it leaves; false where there is none. */
export function bury(message: Message, from: Queue, find: Find): boolean {
  const { redrive } = from.settings;
  const target = redrive === undefined ? undefined : find(redrive.deadLetterArn);
  if (target === undefined) return false;
  target.accept({ ...message, deadLetterSource: from.arn });
  return true;
}

/**
 * Whether a queue may have a redrive policy.
 *
 * @param text As it is asked for
 * @throws ServiceError InvalidParameterValueException
 */
export function checkRedrive(queue: Queue, text: string | undefined, find: Find): void {
  if (text === undefined || text === '') return;
  const { redrive } = settingsOf(withAttributes(new Map(), { RedrivePolicy: text }, queue.isFifo), queue.isFifo);
  const target = redrive === undefined ? undefined : find(redrive.deadLetterArn);
  if (target === undefined) throw invalidParameter('RedrivePolicy', text, 'Dead letter target does not exist.');
  if (target === queue) throw invalidParameter('RedrivePolicy', text, 'A queue cannot be its own dead-letter queue.');
  if (target.isFifo !== queue.isFifo)
    throw invalidParameter('RedrivePolicy', text, 'Dead-letter queue must be same type of queue as the source.');
  const { permission, sourceArns } = target.settings.redriveAllow;
  if (permission === 'denyAll' || (permission === 'byQueue' && !sourceArns.includes(queue.arn)))
    throw invalidParameter('RedrivePolicy', text, 'The dead-letter queue does not allow this queue as its source.');
}
