import type { Value } from './value.ts';

/** What a file holds: rows, or the places of rows that are gone. */
export const CONTENTS = { data: 0, positionDeletes: 1, equalityDeletes: 2 } as const;

/** By the id of a column. */
export type ByColumn<T> = ReadonlyMap<number, T>;

/** A file of a table, as a manifest tells of it. */
export interface DataFile {
  readonly content: number;
  /** An S3 address. */
  readonly path: string;
  readonly format: string;
  readonly specId: number;
  /** In the order of the spec's fields. */
  readonly partition: readonly (Value | null)[];
  readonly records: bigint;
  /** Bytes. */
  readonly size: bigint;
  readonly columnSizes: ByColumn<bigint>;
  readonly valueCounts: ByColumn<bigint>;
  readonly nullCounts: ByColumn<bigint>;
  readonly nanCounts: ByColumn<bigint>;
  /** As `toBytes` writes them; of texts the first letters. */
  readonly lower: ByColumn<Buffer>;
  readonly upper: ByColumn<Buffer>;
}

/** A file of a snapshot. */
export interface LiveFile extends DataFile {
  /** The snapshot that brought it. */
  readonly snapshotId: bigint;
  readonly sequence: bigint;
}
