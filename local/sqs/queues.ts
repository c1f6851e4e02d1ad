import type { Caller, JsonService, QueryService } from '../service.ts';
import { queryCode } from './errors.ts';
import { HeldQueues } from './held-queues.ts';
import type { Sent } from './message.ts';
import { MessageCalls, type Receiving } from './message-calls.ts';
import { MoveTasks } from './move-tasks.ts';
import { operations } from './operations/index.ts';
import type { QueuesParts, Sender } from './parts.ts';
import { sqsForms } from './query/index.ts';
import type { Queue, Received } from './queue.ts';
import { SavedQueues } from './saved-queues.ts';

type Texts = Readonly<Record<string, string>>;

/** SQS: each call is authorized as its caller, the use of the queue's key included. */
export class Queues {
  readonly moves: MoveTasks;
  readonly service: JsonService;
  /** The same operations over forms. */
  readonly forms: QueryService;
  private readonly held: HeldQueues;
  private readonly calls: MessageCalls;
  private readonly saved: SavedQueues;

  constructor(readonly parts: QueuesParts) {
    this.held = new HeldQueues(parts);
    this.calls = new MessageCalls(parts, this.held);
    this.moves = new MoveTasks({
      clock: parts.clock,
      find: this.held.find,
      isElsewhere: (arn) => this.saved.isElsewhere(arn),
      useKeys: (caller, source, target) => {
        this.calls.useKeys(caller, source, target);
      },
    });
    this.saved = new SavedQueues(this.held, this.moves);
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

  /** {@link HeldQueues.create} */
  create(name: string, changes: Texts, tags?: Texts): Queue {
    return this.held.create(name, changes, tags);
  }

  /** {@link HeldQueues.setAttributes} */
  setAttributes(queue: Queue, changes: Texts, declared = false): void {
    this.held.setAttributes(queue, changes, declared);
  }

  remove(queue: Queue): void {
    this.held.remove(queue);
  }

  arnOf(name: string): string {
    return this.held.arnOf(name);
  }

  urlOf(queue: Queue): string {
    return this.held.urlOf(queue);
  }

  find(arn: string): Queue | undefined {
    return this.held.find(arn);
  }

  /** {@link HeldQueues.byUrl} */
  byUrl(url: string): Queue {
    return this.held.byUrl(url);
  }

  /** Those that there are, by their names. */
  all(): readonly Queue[] {
    return this.held.all();
  }

  /** Queues whose dead letters go to another. */
  sourcesOf(queue: Queue): readonly Queue[] {
    return this.held.sourcesOf(queue);
  }

  /** {@link MessageCalls.check} */
  check(sender: Sender, action: string, resource: string): void {
    this.calls.check(sender, action, resource);
  }

  /** {@link MessageCalls.send} */
  send(sender: Sender, arn: string, message: Omit<Sent, 'senderId'>, tooLarge?: string): ReturnType<Queue['send']> {
    return this.calls.send(sender, arn, message, tooLarge);
  }

  /** {@link MessageCalls.receive} */
  receive(caller: Caller, queue: Queue, how: Receiving): Promise<readonly Received[]> {
    return this.calls.receive(caller, queue, how);
  }

  /** {@link MessageCalls.useKeys} */
  useKeys(caller: Caller, source: Queue, target: Queue): void {
    this.calls.useKeys(caller, source, target);
  }

  /** {@link MessageCalls.delete} */
  delete(caller: Caller, queue: Queue, handle: string): void {
    this.calls.delete(caller, queue, handle);
  }

  /** {@link MessageCalls.halt} */
  halt(): void {
    this.calls.halt();
  }

  /** {@link SavedQueues.save} */
  save(folder: string, isWhole = true): void {
    this.saved.save(folder, isWhole);
  }

  /** {@link SavedQueues.restore} */
  restore(folder: string, isWhole = true): void {
    this.saved.restore(folder, isWhole);
  }

  /** Seconds. A queue that is not there is none's to wait for. */
  private ownWait(url: unknown): number {
    const queue = typeof url === 'string' ? this.held.atUrl(url) : undefined;
    return (queue?.settings.waitTime ?? 0) / 1000;
  }
}
