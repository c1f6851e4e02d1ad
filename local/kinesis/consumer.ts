import type { Shard, StreamRecord } from './shard.ts';

/** A reader whose position the stream knows: records that it has not passed are kept until retention ends. */
export interface StreamConsumer {
  /** Reads on from the checkpoint of a shard. */
  read(shard: Shard, count: number, bytes: number): readonly StreamRecord[];
  /** Says that everything up to and with `record` is safe elsewhere. */
  pass(shard: Shard, record: StreamRecord): void;
  /** Records of one shard, or of all, put and not yet passed. */
  pending(shard?: Shard): number;
  /** The position of the first record not yet passed, by shard. */
  checkpoints(): Readonly<Record<string, number>>;
  /** Goes on from where an earlier process was. */
  resume(checkpoints: Readonly<Record<string, number>>): void;
}

/** Where a reader stands in each shard: a shard that is new to it is read from its first record. */
export class Checkpoints {
  private readonly positions = new Map<string, number>();

  of({ id }: Shard): number {
    return this.positions.get(id) ?? 0;
  }

  set({ id }: Shard, position: number): void {
    this.positions.set(id, position);
  }

  /** Leaves only what `shards` still has. */
  keep(shards: readonly Shard[]): void {
    const known = new Set(shards.map(({ id }) => id));
    for (const id of this.positions.keys()) if (!known.has(id)) this.positions.delete(id);
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.positions);
  }
}
