import type { Message } from './message.ts';

/**
 * The groups of a FIFO queue, each with its messages in their order. A group that was served goes behind all others.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export class Groups {
  private readonly groups = new Map<string | undefined, Map<string, Message>>();

  add(message: Message): void {
    const group = this.groups.get(message.groupId) ?? new Map<string, Message>();
    group.set(message.id, message);
    this.groups.set(message.groupId, group);
  }

  remove({ id, groupId }: Message): void {
    const group = this.groups.get(groupId);
    group?.delete(id);
    if (group?.size === 0) this.groups.delete(groupId);
  }

  /** Every message, in the order of the groups. */
  all(): readonly Message[] {
    return [...this.groups.values()].flatMap((group) => [...group.values()]);
  }

  haveBeenServed(served: readonly (string | undefined)[]): void {
    for (const id of new Set(served)) {
      const group = this.groups.get(id);
      if (group === undefined) continue;
      this.groups.delete(id);
      this.groups.set(id, group);
    }
  }

  /** Of each group what stands before its first hidden message. */
  *visible(isHidden: (message: Message) => boolean): Generator<Message, undefined> {
    for (const group of this.groups.values()) {
      for (const message of group.values()) {
        if (isHidden(message)) break;
        yield message;
      }
    }
    return undefined;
  }
}
