import { isRecord } from '../input.ts';
import { traceHeader } from '../lambda/lineage.ts';
import { ServiceError, type Caller, type JsonService, type QueryService } from '../service.ts';
import { inSmallLetters, invalidParameter, invalidValue, missing, noSuchQueue, queryCode } from './errors.ts';
import { QueueGauge } from './gauge.ts';
import { untilVisible } from './long-poll.ts';
import type { Message, Sent } from './message.ts';
import { bytesOf } from './message-attributes.ts';
import { MoveTasks } from './move-tasks.ts';
import { operations } from './operations/index.ts';
import type { QueuesParts, Sender } from './parts.ts';
import { Queue, type Received } from './queue.ts';
import { describeAttributes, settingsOf, withAttributes } from './queue-attributes.ts';
import { readNewQueue } from './new-queue.ts';
import { sqsForms } from './query/index.ts';
import { QueueKey } from './queue-key.ts';
import {
  forgetQueues,
  isOfClient,
  restorePolicy,
  restoreQueue,
  restoreSettings,
  savedQueues,
  saveQueue,
  type Declared,
} from './saved-queue.ts';
import { callerId } from '../iam/index.ts';

/** Milliseconds for which the name of a deleted queue is nobody's. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const DELETED_RECENTLY = 60_000;

/** Who sends where a service does in its own name. */
const SERVICE_ID = 'AIDAIT2UOQQY3AUEKVGXU';

/** A queue that the service holds. */
interface Held {
  readonly queue: Queue;
  readonly gauge: QueueGauge;
  /** What the template says of it; undefined for one that a client made. */
  declared: Declared | undefined;
}

/** How a message is received. Times are milliseconds. */
export interface Receiving {
  readonly most: number;
  /** @default - the queue's own */
  readonly visibilityTimeout?: number | undefined;
  /** @default 0 */
  readonly waitTime?: number;
}

/** SQS: each call is authorized as its caller, the use of the queue's key included. */
export class Queues {
  readonly moves: MoveTasks;
  readonly service: JsonService;
  /** The same operations over forms. */
  readonly forms: QueryService;
  private readonly held = new Map<string, Held>();
  /** When queues were deleted. */
  private readonly deleted = new Map<string, number>();
  private readonly key: QueueKey;
  private readonly ended = new AbortController();
  /** What templates said of queues when they took over what was saved of them, by ARN. */
  private readonly restored = new Map<string, Declared | undefined>();
  /** ARNs of queues that stacks have which do not run. */
  private elsewhere: ReadonlySet<string> = new Set();

  constructor(readonly parts: QueuesParts) {
    this.key = new QueueKey(parts);
    this.moves = new MoveTasks({
      clock: parts.clock,
      find: (arn) => this.find(arn),
      isElsewhere: (arn) => this.elsewhere.has(arn) && !this.held.has(arn),
      useKeys: (caller, source, target) => {
        this.useKeys(caller, source, target);
      },
    });
    this.service = {
      name: 'sqs',
      targetPrefix: 'AmazonSQS',
      version: '1.0',
      queryCode,
      operations: operations(this),
      ownWait: (operation, input) => (operation === 'ReceiveMessage' ? this.ownWait(input.QueueUrl) : 0),
    };
    this.forms = sqsForms(this.service.operations);
  }

  /**
   * Makes a queue, or finds the one that has the name and the same attributes.
   *
   * @param tags Of a template's queue; undefined for one that a client makes
   * @throws ServiceError QueueNameExists, InvalidParameterValueException, InvalidAttributeName, InvalidAttributeValue
   */
  create(name: string, changes: Readonly<Record<string, string>>, tags?: Readonly<Record<string, string>>): Queue {
    const { isFifo, attributes } = readNewQueue(name, changes);
    const { clock, measure } = this.parts;
    const arn = this.arnOf(name);
    const texts = withAttributes(new Map(), attributes, isFifo);
    const other = this.find(arn);
    if (other !== undefined) {
      const wrong = differingAttribute(other, attributes);
      if (wrong === undefined && tags === undefined) return other;
      throw new ServiceError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${wrong ?? 'QueueName'}`,
      );
    }
    const deleted = this.deleted.get(arn);
    if (deleted !== undefined && clock.now() < deleted + DELETED_RECENTLY)
      throw new ServiceError(
        'QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      );
    const queue = new Queue({ name, arn, clock, texts, bury: (message, from) => this.bury(message, from) });
    this.checkRedrive(queue, attributes.RedrivePolicy);
    this.hearPolicy(queue);
    const gauge = new QueueGauge(queue, clock, (values) => {
      measure('AWS/SQS', { QueueName: name }, values);
    });
    queue.onChange(() => {
      gauge.watch();
    });
    for (const [key, value] of Object.entries(tags ?? {})) queue.tags.set(key, value);
    this.held.set(arn, { queue, gauge, declared: tags === undefined ? undefined : { attributes, tags } });
    return queue;
  }

  /** Sets attributes of a queue; of one in a template these are what it says from now on. @throws ServiceError as {@link create} */
  setAttributes(queue: Queue, changes: Readonly<Record<string, string>>, declared = false): void {
    this.checkRedrive(queue, changes.RedrivePolicy);
    queue.setAttributes(changes);
    if (changes.Policy !== undefined) this.hearPolicy(queue);
    const held = this.held.get(queue.arn);
    if (!declared || held === undefined) return;
    const { attributes, tags } = held.declared ?? { attributes: {}, tags: {} };
    held.declared = { attributes: { ...attributes, ...changes }, tags };
  }

  remove(queue: Queue): void {
    const { arn } = queue;
    this.held.get(arn)?.gauge.end();
    this.held.delete(arn);
    this.deleted.set(arn, this.parts.clock.now());
    this.parts.setPolicy(arn, undefined);
    queue.end();
  }

  arnOf(name: string): string {
    return `arn:aws:sqs:${this.parts.region}:${this.parts.accountId}:${name}`;
  }

  urlOf({ name }: Queue): string {
    return `${this.parts.endpoint}/${this.parts.accountId}/${name}`;
  }

  find(arn: string): Queue | undefined {
    return this.held.get(arn)?.queue;
  }

  /** The queue of a URL, whatever host it names; its name alone will do. @throws ServiceError QueueDoesNotExist */
  byUrl(url: string): Queue {
    const queue = this.atUrl(url);
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }

  /** Seconds. A queue that is not there is none's to wait for. */
  private ownWait(url: unknown): number {
    const queue = typeof url === 'string' ? this.atUrl(url) : undefined;
    return (queue?.settings.waitTime ?? 0) / 1000;
  }

  private atUrl(url: string): Queue | undefined {
    const [name = '', account = this.parts.accountId] = url.split('/').reverse();
    return account === this.parts.accountId ? this.find(this.arnOf(name)) : undefined;
  }

  /** Those that there are, by their names. */
  all(): readonly Queue[] {
    return [...this.held.values()].map(({ queue }) => queue).sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Queues whose dead letters go to another. */
  sourcesOf({ arn }: Queue): readonly Queue[] {
    return this.all().filter(({ settings }) => settings.redrive?.deadLetterArn === arn);
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

  /**
   * Writes what queues hold to a folder of its own. What the folder holds of a queue that is no more goes with its messages, as on AWS.
   *
   * @param isWhole Whether every stack is there: of some, a queue may lie in another
   */
  save(folder: string, isWhole = true): void {
    for (const { queue, declared } of this.held.values()) saveQueue(folder, queue, declared);
    this.moves.save(folder, isWhole);
    const isGone = (name: string): boolean => this.find(this.arnOf(name)) === undefined && (isWhole || isOfClient(folder, name));
    forgetQueues(folder, savedQueues(folder).filter(isGone));
  }

  /**
   * Takes over what an earlier process saved, once for each queue; those that clients made are there again. The policy of a queue is a resource of
   * its own, and may come after the queue was taken up.
   *
   * @param isWhole Whether every stack is there: of some, a queue or its policy may lie in another
   * @throws StateError `StateUnreadable`
   */
  restore(folder: string, isWhole = true): void {
    for (const name of savedQueues(folder)) {
      const arn = this.arnOf(name);
      const isRestored = this.restored.has(arn);
      if (!isRestored && !this.held.has(arn) && isOfClient(folder, name))
        this.create(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {});
      const held = this.held.get(arn);
      if (held === undefined || (isRestored && this.restored.get(arn) === held.declared)) continue;
      if (!isRestored) {
        restoreSettings(folder, held.queue, held.declared);
        restoreQueue(folder, held.queue);
      }
      held.declared = restorePolicy(folder, held.queue, held.declared, isWhole);
      this.restored.set(arn, held.declared);
      this.hearPolicy(held.queue);
    }
    const saved = isWhole ? [] : savedQueues(folder).map((name) => this.arnOf(name));
    this.elsewhere = new Set(saved.filter((arn) => !this.restored.has(arn)));
    this.moves.restore(folder);
  }

  private bury(message: Message, from: Queue): boolean {
    const { redrive } = from.settings;
    const target = redrive === undefined ? undefined : this.find(redrive.deadLetterArn);
    if (target === undefined) return false;
    target.accept({ ...message, deadLetterSource: from.arn });
    return true;
  }

  /** @throws ServiceError InvalidParameterValueException */
  private checkRedrive(queue: Queue, text: string | undefined): void {
    if (text === undefined || text === '') return;
    const { redrive } = settingsOf(withAttributes(new Map(), { RedrivePolicy: text }, queue.isFifo), queue.isFifo);
    const target = redrive === undefined ? undefined : this.find(redrive.deadLetterArn);
    if (target === undefined) throw invalidParameter('RedrivePolicy', text, 'Dead letter target does not exist.');
    if (target === queue) throw invalidParameter('RedrivePolicy', text, 'A queue cannot be its own dead-letter queue.');
    if (target.isFifo !== queue.isFifo)
      throw invalidParameter('RedrivePolicy', text, 'Dead-letter queue must be same type of queue as the source.');
    const { permission, sourceArns } = target.settings.redriveAllow;
    if (permission === 'denyAll' || (permission === 'byQueue' && !sourceArns.includes(queue.arn)))
      throw invalidParameter('RedrivePolicy', text, 'The dead-letter queue does not allow this queue as its source.');
  }

  /** @throws ServiceError InvalidAttributeValue */
  private hearPolicy({ arn, texts }: Queue): void {
    const text = texts.get('Policy');
    this.parts.setPolicy(arn, text === undefined ? undefined : parsePolicy(text));
  }
}

/** An attribute that a queue has otherwise than it is asked for. */
function differingAttribute({ texts, isFifo }: Queue, asked: Readonly<Record<string, string>>): string | undefined {
  const own = describeAttributes(texts, isFifo);
  return Object.keys(asked).find((name) => own[name] !== asked[name]);
}

/** @throws ServiceError InvalidAttributeValue */
function parsePolicy(text: string): Readonly<Record<string, unknown>> {
  try {
    const policy: unknown = JSON.parse(text);
    if (isRecord(policy)) return policy;
  } catch {
    throw badPolicy();
  }
  throw badPolicy();
}

const badPolicy = (): ServiceError => new ServiceError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
