import type { HeldQueues } from './held-queues.ts';
import type { MoveTasks } from './move-tasks.ts';
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

/** Queues and the moves between them, from one process to the next. */
export class SavedQueues {
  /** What templates said of queues when they took over what was saved of them, by ARN. */
  private readonly restored = new Map<string, Declared | undefined>();
  /** ARNs of queues that stacks have which do not run. */
  private elsewhere: ReadonlySet<string> = new Set();

  constructor(
    private readonly held: HeldQueues,
    private readonly moves: MoveTasks,
  ) {}

  /** Whether a queue lies in a stack that does not run now. */
  isElsewhere(arn: string): boolean {
    return this.elsewhere.has(arn) && this.held.get(arn) === undefined;
  }

  /**
   * Writes what queues hold to a folder of its own. What the folder holds of a queue that is no more goes with its messages, as on AWS.
   *
   * @param isWhole Whether every stack is there: of some, a queue may lie in another
   */
  save(folder: string, isWhole = true): void {
    for (const { queue, declared } of this.held.entries()) saveQueue(folder, queue, declared);
    this.moves.save(folder, isWhole);
    const isGone = (name: string): boolean =>
      this.held.find(this.held.arnOf(name)) === undefined && (isWhole || isOfClient(folder, name));
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
      const arn = this.held.arnOf(name);
      const isRestored = this.restored.has(arn);
      if (!isRestored && this.held.get(arn) === undefined && isOfClient(folder, name))
        this.held.create(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {});
      const held = this.held.get(arn);
      if (held === undefined || (isRestored && this.restored.get(arn) === held.declared)) continue;
      if (!isRestored) {
        restoreSettings(folder, held.queue, held.declared);
        restoreQueue(folder, held.queue);
      }
      held.declared = restorePolicy(folder, held.queue, held.declared, isWhole);
      this.restored.set(arn, held.declared);
      this.held.hearPolicy(held.queue);
    }
    const saved = isWhole ? [] : savedQueues(folder).map((name) => this.held.arnOf(name));
    this.elsewhere = new Set(saved.filter((arn) => !this.restored.has(arn)));
    this.moves.restore(folder);
  }
}
