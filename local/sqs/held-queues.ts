import { ServiceError } from '../service.ts';
import { noSuchQueue } from './errors.ts';
import { QueueGauge } from './gauge.ts';
import { readNewQueue } from './new-queue.ts';
import type { QueuesParts } from './parts.ts';
import { Queue } from './queue.ts';
import { describeAttributes, withAttributes } from './queue-attributes.ts';
import { parsePolicy } from './queue-policy.ts';
import { bury, checkRedrive } from './redrive.ts';
import type { Declared } from './saved-queue.ts';

/** Milliseconds for which the name of a deleted queue is nobody's. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const DELETED_RECENTLY = 60_000;

/** A queue that the service holds. */
export interface Held {
  readonly queue: Queue;
  readonly gauge: QueueGauge;
  /** What the template says of it; undefined for one that a client made. */
  declared: Declared | undefined;
}

/** Which queues there are: made, changed, found and gone. */
export class HeldQueues {
  private readonly held = new Map<string, Held>();
  /** When queues were deleted. */
  private readonly deleted = new Map<string, number>();

  constructor(private readonly parts: QueuesParts) {}

  readonly find = (arn: string): Queue | undefined => this.held.get(arn)?.queue;

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
    const queue = new Queue({ name, arn, clock, texts, bury: (message, from) => bury(message, from, this.find) });
    checkRedrive(queue, attributes.RedrivePolicy, this.find);
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
    checkRedrive(queue, changes.RedrivePolicy, this.find);
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

  get(arn: string): Held | undefined {
    return this.held.get(arn);
  }

  entries(): Iterable<Held> {
    return this.held.values();
  }

  /** The queue of a URL, whatever host it names; its name alone will do. @throws ServiceError QueueDoesNotExist */
  byUrl(url: string): Queue {
    const queue = this.atUrl(url);
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }

  /** The same; undefined where there is none. */
  atUrl(url: string): Queue | undefined {
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

  /** Lets the queue's policy be heard as its attributes have it now. @throws ServiceError InvalidAttributeValue */
  hearPolicy({ arn, texts }: Queue): void {
    const text = texts.get('Policy');
    this.parts.setPolicy(arn, text === undefined ? undefined : parsePolicy(text));
  }
}

/** An attribute that a queue has otherwise than it is asked for. */
function differingAttribute({ texts, isFifo }: Queue, asked: Readonly<Record<string, string>>): string | undefined {
  const own = describeAttributes(texts, isFifo);
  return Object.keys(asked).find((name) => own[name] !== asked[name]);
}
