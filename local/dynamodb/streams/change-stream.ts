import { isEqual } from '../values/compare.ts';
import type { Item } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';
import type { StreamView } from '../table/settings.ts';

/** Milliseconds for which a record is kept. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const RETENTION = 24 * 3_600_000;

/** One write, as a stream tells of it. */
export interface Change {
  /** Place in its stream, from 0. */
  readonly ordinal: number;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly name: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  readonly before?: Item;
  readonly after?: Item;
  /** Whether DynamoDB itself has deleted the item, because it had expired. */
  readonly isExpiry?: boolean;
}

/** A table's stream: one shard, which stays open for as long as the stream is enabled. */
export class ChangeStream {
  private changes: Change[] = [];
  private next = 0;
  private listeners: (() => void)[] = [];
  isEnabled = true;

  constructor(
    readonly tableName: string,
    readonly arn: string,
    readonly view: StreamView,
    /** Milliseconds since the epoch, simulated. */
    readonly created: number,
  ) {}

  /** What stands behind the last slash of its ARN. */
  get label(): string {
    return this.arn.slice(this.arn.lastIndexOf('/') + 1);
  }

  get shardId(): string {
    return `shardId-${String(this.created).padStart(20, '0')}-${Buffer.from(this.label).toString('hex').slice(-8)}`;
  }

  /** Place of the oldest record that is kept, and of the next to come. */
  get start(): number {
    return this.changes[0]?.ordinal ?? this.next;
  }

  get end(): number {
    return this.next;
  }

  /** Takes a write. One that changes nothing is none. */
  put(time: number, keys: Item, before: Item | undefined, after: Item | undefined, isExpiry = false): void {
    if (before === undefined && after === undefined) return;
    if (before !== undefined && after !== undefined && isEqual({ M: before }, { M: after })) return;
    this.changes.push({
      ordinal: this.next++,
      time,
      name: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      keys,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(isExpiry && { isExpiry }),
    });
    this.expire(time);
    for (const listener of this.listeners) listener();
  }

  /** Calls back after each record; the callback must be cheap. */
  onPut(listener: () => void): () => void {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener);
    };
  }

  from(ordinal: number, most: number, now: number): readonly Change[] {
    this.expire(now);
    const first = Math.max(0, ordinal - this.start);
    return this.changes.slice(first, first + most);
  }

  private expire(now: number): void {
    const kept = this.changes.findIndex(({ time }) => time > now - RETENTION);
    if (kept !== 0 && this.changes.length > 0) this.changes.splice(0, kept === -1 ? this.changes.length : kept);
  }

  /** What outlives a run. */
  get saved(): { readonly next: number; readonly changes: readonly Change[] } {
    return { next: this.next, changes: this.changes };
  }

  restore({ next, changes }: { readonly next: number; readonly changes: readonly Change[] }): void {
    this.next = next;
    this.changes = [...changes];
  }
}

/** A record's `dynamodb` member: the images that a view holds, and their size. */
export function imagesOf({ keys, before, after }: Change, view: StreamView): { readonly images: object; readonly bytes: number } {
  const old = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined;
  const next = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? after : undefined;
  const bytes = [keys, old, next].reduce((sum, item) => sum + (item === undefined ? 0 : itemSize(item)), 0);
  return {
    images: { Keys: keys, ...(next !== undefined && { NewImage: next }), ...(old !== undefined && { OldImage: old }) },
    bytes,
  };
}
