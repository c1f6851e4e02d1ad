import type { QueueMappingSettings } from '../../../../local/lambda/queue-source/index.ts';
import type { MessageEvent } from '../../../../local/lambda/queue-source/message-event.ts';
import type { SimulatedClock } from '../../../../local/clock.ts';
import { rig, start } from '../event-source/rig.ts';
import { arnOf, type Answer } from '../../sqs/rig.ts';

export interface QueueEvent {
  readonly Records: readonly MessageEvent[];
}

interface QueueRigProps {
  /** Its name says whether it is first in, first out. */
  readonly queue?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly settings?: Partial<QueueMappingSettings>;
  /** What the function does: what it throws fails its invocation. */
  readonly handler?: (event: QueueEvent) => unknown;
  /** Actions that the function's role may not do; may grow. */
  readonly denied?: string[];
  readonly timeout?: number;
  readonly clock?: SimulatedClock;
}

/** A queue, a function, and a mapping between them that `map` makes. */
export async function queueRig({ queue = 'orders', attributes, settings, handler, ...others }: QueueRigProps = {}) {
  const all = rig({ ...others, handler: (event) => handler?.(event as unknown as QueueEvent) });
  const url = await all.sqs.queue(queue, attributes);
  const events = all.events as unknown as readonly QueueEvent[];
  return {
    ...all,
    url,
    events,
    map: (more: Partial<QueueMappingSettings> = {}) => all.openQueue({ queueArn: arnOf(queue), ...settings, ...more }),
    send: (body: string, more: object = {}): Promise<Answer> => all.sqs.send(url, body, more),
    /** Bodies of each event, in order. */
    batches: () => events.map(({ Records }) => Records.map(({ body }) => body)),
  };
}

/** Seconds from the start, with milliseconds. */
export const secondsOf = (times: readonly number[]): readonly number[] => times.map((time) => time / 1000);

/** A redrive policy as a queue's attribute has it. */
export const redrive = (name: string, maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount }),
});

export { start };
