import { callerId } from '../iam/index.ts';
import { traceHeader } from '../lambda/lineage.ts';
import type { Caller } from '../service.ts';
import { inSmallLetters, invalidValue, missing, noSuchQueue } from './errors.ts';
import type { HeldQueues } from './held-queues.ts';
import { untilVisible } from './long-poll.ts';
import type { Sent } from './message.ts';
import { bytesOf } from './message-attributes.ts';
import type { QueuesParts, Sender } from './parts.ts';
import type { Queue, Received } from './queue.ts';
import { QueueKey } from './queue-key.ts';

/** Who sends where a service does in its own name. */
const SERVICE_ID = 'AIDAIT2UOQQY3AUEKVGXU';

/** How a message is received. Times are milliseconds. */
export interface Receiving {
  readonly most: number;
  /** @default - the queue's own */
  readonly visibilityTimeout?: number | undefined;
  /** @default 0 */
  readonly waitTime?: number;
}

/** What clients and services do with messages: judged as whoever asks, done, and measured. */
export class MessageCalls {
  private readonly key: QueueKey;
  private readonly ended = new AbortController();

  constructor(
    private readonly parts: QueuesParts,
    private readonly held: HeldQueues,
  ) {
    this.key = new QueueKey(parts);
  }

  /** @throws ServiceError AccessDeniedException, which names the action in small letters */
  check(sender: Sender, action: string, resource: string): void {
    inSmallLetters(action, () => {
      this.parts.check(sender, action, resource);
    });
  }

  /**
   * Sends a message as whoever does.
   *
   * @param tooLarge How SQS says that it is: a batch has words of its own
   * @throws ServiceError QueueDoesNotExist, AccessDeniedException, KmsAccessDenied…, InvalidParameterValueException for one that is too large
   */
  send(sender: Sender, arn: string, message: Omit<Sent, 'senderId'>, tooLarge = 'are invalid'): ReturnType<Queue['send']> {
    const held = this.held.get(arn);
    this.check(sender, 'sqs:SendMessage', arn);
    if (held === undefined) throw noSuchQueue();
    this.key.use(sender, held.queue.settings.keyId, arn, 'send');
    if (held.queue.isFifo && message.groupId === undefined) throw missing('MessageGroupId');
    const bytes = Buffer.byteLength(message.body) + bytesOf(message.attributes);
    const { largestMessage } = held.queue.settings;
    if (bytes > largestMessage)
      throw invalidValue(`One or more parameters ${tooLarge}. Reason: Message must be shorter than ${largestMessage} bytes.`);
    this.parts.measure('AWS/SQS', { QueueName: held.queue.name }, { NumberOfMessagesSent: 1, SentMessageSize: bytes });
    return held.queue.send({
      traceHeader: traceHeader(),
      ...message,
      senderId: 'service' in sender ? SERVICE_ID : callerId(sender),
    });
  }

  /** Receives messages as a caller. @throws ServiceError AccessDeniedException, KmsAccessDenied…, OverLimit */
  async receive(
    caller: Caller,
    queue: Queue,
    { most, visibilityTimeout, waitTime = 0 }: Receiving,
  ): Promise<readonly Received[]> {
    const { clock, measure } = this.parts;
    this.check(caller, 'sqs:ReceiveMessage', queue.arn);
    this.key.use(caller, queue.settings.keyId, queue.arn, 'receive');
    const end = Date.now() + waitTime;
    const until = clock.now() + waitTime;
    let received = queue.receive(most, visibilityTimeout);
    for (let left = waitTime; received.length === 0 && left > 0 && !this.ended.signal.aborted;) {
      await untilVisible(queue, left, clock, this.ended.signal);
      received = queue.receive(most, visibilityTimeout);
      left = Math.min(end - Date.now(), until - clock.now());
    }
    this.held.get(queue.arn)?.gauge.watch();
    measure(
      'AWS/SQS',
      { QueueName: queue.name },
      received.length === 0 ? { NumberOfEmptyReceives: 1 } : { NumberOfMessagesReceived: received.length },
    );
    return received;
  }

  /** Uses the keys of two queues as who moves messages from one to the other. @throws ServiceError KmsAccessDenied… */
  useKeys(caller: Caller, source: Queue, target: Queue): void {
    this.key.use(caller, source.settings.keyId, source.arn, 'receive');
    this.key.use(caller, target.settings.keyId, target.arn, 'send');
  }

  /** Deletes a message as a caller. @throws ServiceError AccessDeniedException, ReceiptHandleIsInvalid, InvalidParameterValueException */
  delete(caller: Caller, queue: Queue, handle: string): void {
    this.check(caller, 'sqs:DeleteMessage', queue.arn);
    queue.delete(handle);
    this.parts.measure('AWS/SQS', { QueueName: queue.name }, { NumberOfMessagesDeleted: 1 });
  }

  /** Ends all waits for messages: nobody is to wait for a run that ends. */
  halt(): void {
    this.ended.abort();
  }
}
