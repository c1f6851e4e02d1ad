import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SimulatedClock } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError, type Caller } from '../service.ts';
import { invalidValue, queryCode } from './errors.ts';
import { FRESH, type Queue } from './queue.ts';

const savedTask = z.object({
  id: z.string(),
  sourceArn: z.string(),
  destinationArn: z.string().optional(),
  /** Messages a second. */
  rate: z.int().optional(),
  status: z.enum(['RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED']),
  /** Milliseconds since the epoch, simulated. */
  started: z.number(),
  toMove: z.int(),
  moved: z.int(),
  failure: z.string().optional(),
  /** Who started it, and as whom it moves; absent from what earlier versions saved. */
  caller: z
    .object({ arn: z.string(), accountId: z.string(), roleArn: z.string().optional(), calledVia: z.array(z.string()).optional() })
    .optional(),
});
const saved = z.object({ version: z.literal(1), tasks: z.array(savedTask) });

/** The moving of messages from a dead-letter queue to another queue, or back to where they came from. */
export type MoveTask = z.infer<typeof savedTask>;

/** No queue has such a name. */
const NAME = '.moves';
const SECOND = 1000;
/** Tasks that are told of a queue. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export const MOST_LISTED = 10;
const NO_QUEUE = 'AWS.SimpleQueueService.NonExistentQueue';

/** What a client shows to cancel a task. */
export const handleOf = ({ id, sourceArn }: Pick<MoveTask, 'id' | 'sourceArn'>): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');

const handle = z.object({ taskId: z.string(), sourceArn: z.string() });

/** What moving stands on. */
export interface MovesParts {
  readonly clock: SimulatedClock;
  readonly find: (arn: string) => Queue | undefined;
  /** Whether a queue lies in a stack that does not run now. */
  readonly isElsewhere: (arn: string) => boolean;
  /** Uses the keys of both queues. @throws ServiceError KmsAccessDenied, KmsDisabled, KmsInvalidState, KmsNotFound */
  readonly useKeys: (caller: Caller, source: Queue, target: Queue) => void;
}

/** Message move tasks, by the simulated clock: all messages at once, or so many a second. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export class MoveTasks {
  private tasks: readonly MoveTask[] = [];
  /** What an earlier process left of queues that are not there. */
  private left: readonly MoveTask[] | undefined;

  constructor(private readonly parts: MovesParts) {}

  /** @throws ServiceError InvalidParameterValueException where one is under way already */
  start(caller: Caller, source: Queue, destinationArn: string | undefined, rate: number | undefined): MoveTask {
    if (this.of(source.arn).some(({ status }) => status === 'RUNNING'))
      throw invalidValue(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    const task: MoveTask = {
      id: randomUUID(),
      sourceArn: source.arn,
      ...(destinationArn !== undefined && { destinationArn }),
      ...(rate !== undefined && { rate }),
      status: 'RUNNING',
      started: this.parts.clock.now(),
      toMove: source.counts().visible,
      moved: 0,
      caller: asSaved(caller),
    };
    const told = this.of(source.arn).slice(0, MOST_LISTED - 1);
    this.tasks = [...this.tasks.filter((one) => one.sourceArn !== source.arn || told.includes(one)), task];
    this.plan(task, 0);
    return task;
  }

  /** The latest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.tasks.filter((task) => task.sourceArn === sourceArn).reverse();
  }

  /** @throws ServiceError InvalidParameterValueException, ResourceNotFoundException */
  toCancel(text: string): MoveTask {
    const { taskId, sourceArn } = readHandle(text);
    if (this.parts.find(sourceArn) === undefined)
      throw new ServiceError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
        404,
      );
    const task = this.tasks.find(({ id, status }) => id === taskId && status === 'RUNNING');
    if (task === undefined) throw new ServiceError('ResourceNotFoundException', 'Task does not exist.', 404);
    return task;
  }

  cancel(task: MoveTask): void {
    task.status = 'CANCELLED';
  }

  /** @param isWhole Whether every stack is there: of some, a task may have its queue in another */
  save(folder: string, isWhole: boolean): void {
    const tasks = [...this.tasks, ...(isWhole ? [] : (this.left ?? []))];
    new SavedFile(folder, NAME).write({ version: 1, tasks }, []);
  }

  /** Takes over what an earlier process left, once for queues that are there again. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    const left = this.left ?? new SavedFile(folder, NAME).read(saved)?.tasks ?? [];
    const there = left.filter(({ sourceArn }) => this.parts.find(sourceArn) !== undefined);
    this.left = left.filter((task) => !there.includes(task));
    this.tasks = [...this.tasks, ...there];
    for (const task of there) if (task.status === 'RUNNING') this.plan(task, SECOND);
  }

  private plan(task: MoveTask, pause: number): void {
    this.parts.clock.at(this.parts.clock.now() + pause, () => {
      this.step(task);
    });
  }

  private step(task: MoveTask): void {
    if (task.status !== 'RUNNING') return;
    const source = this.parts.find(task.sourceArn);
    if (source === undefined) {
      fail(task, NO_QUEUE);
      return;
    }
    for (let left = task.rate ?? Infinity; left > 0; left -= 1) {
      const message = source.first();
      if (message === undefined) {
        task.status = 'COMPLETED';
        return;
      }
      const targetArn = task.destinationArn ?? message.deadLetterSource;
      const target = targetArn === undefined ? undefined : this.parts.find(targetArn);
      if (target === undefined) {
        if (targetArn !== undefined && this.parts.isElsewhere(targetArn)) return; // it goes on in a run that has the queue
        fail(task, targetArn === undefined ? 'CouldNotDetermineMessageSource' : NO_QUEUE);
        return;
      }
      if (!this.mayMove(task, source, target)) return;
      source.remove(message);
      target.accept({ ...message, ...FRESH, id: randomUUID(), sent: this.parts.clock.now(), deadLetterSource: undefined });
      task.moved += 1;
    }
    this.plan(task, SECOND);
  }

  /** A key may be disabled while a task goes on. */
  private mayMove(task: MoveTask, source: Queue, target: Queue): boolean {
    const { caller } = task;
    if (caller === undefined) return true;
    try {
      this.parts.useKeys(callerOf(caller), source, target);
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      fail(task, queryCode(error.code));
      return false;
    }
  }
}

type SavedCaller = NonNullable<MoveTask['caller']>;

const asSaved = ({ arn, accountId, roleArn, calledVia }: Caller): SavedCaller => ({
  arn,
  accountId,
  ...(roleArn !== undefined && { roleArn }),
  ...(calledVia !== undefined && { calledVia: [...calledVia] }),
});

const callerOf = ({ arn, accountId, roleArn, calledVia }: SavedCaller): Caller => ({
  arn,
  accountId,
  ...(roleArn !== undefined && { roleArn }),
  ...(calledVia !== undefined && { calledVia }),
});

function fail(task: MoveTask, reason: string): void {
  task.status = 'FAILED';
  task.failure = reason;
}

function readHandle(text: string): z.infer<typeof handle> {
  try {
    return handle.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
  } catch {
    throw invalidValue('Value for parameter TaskHandle is invalid.');
  }
}
