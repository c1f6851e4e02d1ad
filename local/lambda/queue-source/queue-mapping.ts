import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller } from '../../service.ts';
import type { Queue } from '../../sqs/index.ts';
import type { Mapping } from '../event-source/any-mapping.ts';
import { Monitor } from '../event-source/monitor.ts';
import { NextPoll } from '../event-source/next-poll.ts';
import type { WorkingParts } from '../event-source/parts.ts';
import { pauseAfter } from '../event-source/pause.ts';
import { LONGEST_CHAIN } from '../lineage.ts';
import { describeQueueMapping } from './describe.ts';
import { Gathering } from './gathering.ts';
import { withoutLoops } from './loops.ts';
import { holdMessage, type HeldMessage } from './message-event.ts';
import type { QueueMappingSettings } from './settings.ts';
import { processedOf } from './verdict.ts';

/** Simulated milliseconds between two polls, and after a batch that failed: no page says how Lambda's pollers pause. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-backoff-strategy */
const POLL = 1;
const PAUSE = 1_000;

/** One event source mapping of a queue at work: it receives and deletes messages as the function's role. */
export class QueueMapping implements Mapping {
  /** Messages that nobody processed before their retention ended: a queue does not tell of them. */
  readonly lost = 0;
  private readonly created: number;
  private readonly gathering: Gathering;
  private readonly monitor: Monitor;
  private readonly next: NextPoll;
  private watched: { readonly queue: Queue; readonly end: () => void } | undefined;
  /** How often in a row the queue could not be read, and until when nothing is tried. */
  private refusals = 0;
  private refusal: string | undefined;
  private notBefore = 0;
  private isFailing = false;

  constructor(
    readonly settings: QueueMappingSettings,
    readonly roleArn: string,
    private readonly parts: WorkingParts,
  ) {
    this.created = parts.clock.now();
    this.gathering = new Gathering(settings);
    this.monitor = new Monitor(settings, parts);
    this.next = new NextPoll(parts, () => this.poll());
    if (settings.enabled && this.queue !== undefined) this.watch(this.queue);
  }

  get sourceArn(): string {
    return this.settings.queueArn;
  }

  get sourceName(): string {
    return this.settings.queueArn.split(':').at(-1) ?? '';
  }

  /** Messages of the queue, hidden ones too. */
  get pending(): number {
    const { queue } = this;
    if (!this.settings.enabled || queue === undefined) return 0;
    const { visible, inFlight, delayed } = queue.counts();
    return visible + inFlight + delayed;
  }

  get blocked(): boolean {
    return this.refusals > 0 || (this.isFailing && this.pending > 0);
  }

  describe(): object {
    return describeQueueMapping(this.settings, this.created);
  }

  /** Gives back what was received and not processed, for the next run. */
  release(): void {
    const { queue } = this;
    for (const { received } of this.gathering.takeAll()) queue?.giveBack(received);
  }

  private get queue(): Queue | undefined {
    return this.parts.queues.find(this.settings.queueArn);
  }

  private get now(): number {
    return this.parts.clock.now();
  }

  /** Hears of what comes to the queue; a queue that was made anew is another. */
  private watch(queue: Queue): void {
    if (this.watched?.queue === queue) return;
    this.watched?.end();
    const end = queue.onChange(() => {
      this.next.plan(this.now + POLL);
    });
    this.watched = { queue, end };
    this.next.plan(this.now + POLL);
  }

  private async poll(): Promise<void> {
    if (this.now >= this.notBefore) {
      try {
        await this.step();
        this.refusals = 0;
        this.refusal = undefined;
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        this.refuse(error);
      }
    }
    const next = this.due;
    if (next !== undefined) this.next.plan(Math.max(next, this.now + POLL, this.notBefore));
  }

  /** When there is something to do; undefined while there is not. */
  private get due(): number | undefined {
    const { queue, gathering } = this;
    if (queue === undefined) return this.notBefore;
    const receivable = queue.hasVisible ? this.now : queue.nextVisible;
    const times = [gathering.due, gathering.wanted > 0 ? receivable : undefined].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** @throws ServiceError what SQS, KMS or STS refuse */
  private async step(): Promise<void> {
    const { queue } = this;
    if (queue === undefined) throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    this.watch(queue);
    const caller = this.parts.assume(this.roleArn, this.settings.functionArn);
    if (this.gathering.wanted > 0 && queue.hasVisible) await this.receive(caller, queue);
    const { due } = this.gathering;
    if (due !== undefined && due <= this.now && !this.parts.work.ended) await this.send(caller, queue, this.gathering.take());
  }

  /** Gathers what the filter means, and deletes the rest. */
  private async receive(caller: Caller, queue: Queue): Promise<void> {
    const { queueArn, batchingWindow, filter } = this.settings;
    const received = await this.parts.queues.receive(caller, queue, { most: this.gathering.wanted });
    const about = { queueArn, receivedAt: this.now, hasWindow: batchingWindow > 0 };
    const messages = received.map((one) => holdMessage(one, about));
    const isMeant = ({ event }: HeldMessage): boolean => filter?.matches(event) ?? true;
    this.gathering.add(messages.filter(isMeant));
    this.delete(
      caller,
      queue,
      messages.filter((message) => !isMeant(message)),
    );
  }

  private async send(caller: Caller, queue: Queue, batch: readonly HeldMessage[]): Promise<void> {
    const { functionArn, reportsItems } = this.settings;
    if (queue.isFifo) this.release(); // what had no room must not overtake a batch that fails
    const given = withoutLoops(batch, queue.isFifo);
    if (given.length < batch.length) this.stopLoop(batch.length - given.length);
    let processed: readonly HeldMessage[] = [];
    if (given.length > 0) {
      const chain = Math.max(...given.map((message) => message.chain)) + 1;
      const event = { Records: given.map((message) => message.event) };
      const outcome = await this.parts.lambda.invokeMapped(functionArn, event, randomUUID(), chain);
      processed = processedOf(outcome, given, reportsItems);
    }
    this.isFailing = processed.length < batch.length;
    if (this.isFailing) this.notBefore = this.now + PAUSE;
    this.delete(caller, queue, processed);
  }

  /** What a chain of invocations has led to is not given to the function: it stays in the queue, as what fails does. */
  private stopLoop(messages: number): void {
    this.monitor.measure({ RecursiveInvocationsDropped: 1 });
    this.monitor.say(
      'error',
      `${messages} messages of ${this.sourceName} are kept from the function: one chain of events has invoked functions ${LONGEST_CHAIN} times`,
    );
  }

  /** What cannot be deleted is received again. */
  private delete(caller: Caller, queue: Queue, messages: readonly HeldMessage[]): void {
    for (const { event } of messages) {
      try {
        this.parts.queues.delete(caller, queue, event.receiptHandle);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        this.notBefore = this.now + PAUSE;
        this.monitor.say('error', `message ${event.messageId} of ${this.sourceName} could not be deleted: ${error.code}`);
      }
    }
  }

  private refuse(error: ServiceError): void {
    if (error.message !== this.refusal) this.monitor.say('error', error.message);
    this.refusal = error.message;
    this.refusals += 1;
    this.notBefore = this.now + pauseAfter(this.refusals);
  }
}
