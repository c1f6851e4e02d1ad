import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SimulatedClock } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError } from '../service.ts';
import { invalidValue } from './errors.ts';
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
});
const saved = z.object({ version: z.literal(1), tasks: z.array(savedTask) });

/** The moving of messages from a dead-letter queue to another queue, or back to where they came from. */
export type MoveTask = z.infer<typeof savedTask>;

/** No queue has such a name. */
const NAME = '.moves';
const SECOND = 1000;
const NO_QUEUE = 'AWS.SimpleQueueService.NonExistentQueue';

/** What a client shows to cancel a task. */
export const handleOf = ({ id, sourceArn }: Pick<MoveTask, 'id' | 'sourceArn'>): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');

const handle = z.object({ taskId: z.string(), sourceArn: z.string() });

/** Message move tasks, by the simulated clock: all messages at once, or so many a second. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export class MoveTasks {
  private readonly tasks: MoveTask[] = [];
  /** What an earlier process left of queues that are not there. */
  private left: readonly MoveTask[] | undefined;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly find: (arn: string) => Queue | undefined,
  ) {}

  /** @throws ServiceError InvalidParameterValueException where one is under way already */
  start(source: Queue, destinationArn: string | undefined, rate: number | undefined): MoveTask {
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
      started: this.clock.now(),
      toMove: source.counts().visible,
      moved: 0,
    };
    this.tasks.push(task);
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
    if (this.find(sourceArn) === undefined)
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
    const there = left.filter(({ sourceArn }) => this.find(sourceArn) !== undefined);
    this.left = left.filter((task) => !there.includes(task));
    this.tasks.push(...there);
    for (const task of there) if (task.status === 'RUNNING') this.plan(task, SECOND);
  }

  private plan(task: MoveTask, pause: number): void {
    this.clock.at(this.clock.now() + pause, () => {
      this.step(task);
    });
  }

  private step(task: MoveTask): void {
    if (task.status !== 'RUNNING') return;
    const source = this.find(task.sourceArn);
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
      const target = targetArn === undefined ? undefined : this.find(targetArn);
      if (target === undefined) {
        fail(task, targetArn === undefined ? 'CouldNotDetermineMessageSource' : NO_QUEUE);
        return;
      }
      source.remove(message);
      target.accept({ ...message, ...FRESH, id: randomUUID(), sent: this.clock.now(), deadLetterSource: undefined });
      task.moved += 1;
    }
    this.plan(task, SECOND);
  }
}

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
