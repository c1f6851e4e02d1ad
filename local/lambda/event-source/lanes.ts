import { hash } from 'node:crypto';
import { Lane } from './lane.ts';
import type { HeldRecord } from './record-event.ts';

/** Records of a shard that are left behind at most, of which only the position is held: then all its keys wait. The runtime's memory, not a limit of AWS. */
const MOST_BEHIND = 1_000_000;

/**
 * A shard's records by partition key, so that those of a key keep their order and a key that fails does not keep up the others. A lane that is
 * full leaves what follows behind, to be read again, while the shard is read on for the others.
 */
export class Lanes {
  readonly all: readonly Lane[];

  /** @param left Positions that an earlier process had read and not processed, in their order: they come before all others */
  constructor(
    count: number,
    private left: readonly number[],
  ) {
    this.all = Array.from({ length: count }, () => new Lane());
  }

  /** Records in memory. */
  get held(): number {
    return this.all.reduce((sum, { count }) => sum + count, 0);
  }

  /** Records that were read and must be read again. */
  get behind(): number {
    return this.all.reduce((sum, { countBehind }) => sum + countBehind, this.left.length);
  }

  /** Positions of all that was read and is not done, in their order. */
  get open(): readonly number[] {
    return [...new Set([...this.left, ...this.all.flatMap(({ open }) => open)])].sort((one, other) => one - other);
  }

  /** Whether it is of use to read on: some lane has room, and nothing comes before. */
  get takesNew(): boolean {
    return this.left.length === 0 && this.behind < MOST_BEHIND && this.all.some(({ takesNew }) => takesNew);
  }

  /** From where to read again; undefined where that is of no use. */
  get wanted(): number | undefined {
    const [first] = this.left;
    if (first !== undefined) return first;
    const positions = this.all.flatMap(({ wanted }) => wanted ?? []);
    return positions.length === 0 ? undefined : Math.min(...positions);
  }

  /** Takes what was read for the first time. */
  push(records: readonly HeldRecord[]): void {
    for (const [index, lane] of this.all.entries()) {
      lane.push(records.filter(({ partitionKey }) => laneOf(partitionKey, this.all.length) === index));
    }
  }

  /** Takes what is missing out of what was read again up to a position. */
  refill(records: readonly HeldRecord[], end: number): void {
    if (this.left.length > 0) {
      const missing = new Set(this.left);
      this.push(records.filter(({ ordinal }) => missing.has(ordinal)));
      this.left = this.left.filter((position) => position >= end);
      return;
    }
    for (const lane of this.all) if (lane.wanted !== undefined) lane.refill(records, end);
  }

  /** Gives up what was left behind before a position. @returns How much that is */
  skip(start: number): number {
    const before = this.left.length;
    if ((this.left[0] ?? Infinity) < start) this.left = this.left.filter((position) => position >= start);
    return this.all.reduce((sum, lane) => sum + lane.skip(start), before - this.left.length);
  }

  /** Gives up what is held before a position; not while a batch is under way. @returns How much that is */
  expire(start: number): number {
    return this.all.reduce((sum, lane) => sum + lane.expire(start), 0);
  }
}

/** The same for each record of a partition key: they are processed one after another. */
const laneOf = (partitionKey: string, lanes: number): number =>
  lanes === 1 ? 0 : Number.parseInt(hash('md5', partitionKey).slice(0, 8), 16) % lanes;
