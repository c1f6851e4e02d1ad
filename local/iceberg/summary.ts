import { CONTENTS, type DataFile } from './data-file.ts';
import type { Snapshot } from './metadata.ts';

type Summary = Snapshot['summary'];

export const isOf = (kind: keyof typeof CONTENTS, file: DataFile): boolean => file.content === CONTENTS[kind];

const recordsOf = (files: readonly DataFile[]): bigint => files.reduce((sum, { records }) => sum + records, 0n);
const sizeOf = (files: readonly DataFile[]): bigint => files.reduce((sum, { size }) => sum + size, 0n);

/**
 * What a snapshot says it did, and what the table holds since; a count of none is left out, but for the totals.
 *
 * @see https://github.com/apache/iceberg/blob/apache-iceberg-1.4.2/core/src/main/java/org/apache/iceberg/SnapshotSummary.java
 */
export function summaryOf(
  operation: string,
  added: readonly DataFile[],
  removed: readonly DataFile[],
  before: Summary = {},
): Summary {
  const [addedData, removedData] = [added, removed].map((files) => files.filter((file) => isOf('data', file))) as [
    DataFile[],
    DataFile[],
  ];
  const [addedDeletes, removedDeletes] = [added, removed].map((files) => files.filter((file) => !isOf('data', file))) as [
    DataFile[],
    DataFile[],
  ];
  const counts = {
    'added-data-files': BigInt(addedData.length),
    'deleted-data-files': BigInt(removedData.length),
    'added-position-delete-files': BigInt(addedDeletes.length),
    'removed-position-delete-files': BigInt(removedDeletes.length),
    'added-delete-files': BigInt(addedDeletes.length),
    'removed-delete-files': BigInt(removedDeletes.length),
    'added-records': recordsOf(addedData),
    'deleted-records': recordsOf(removedData),
    'added-files-size': sizeOf(added),
    'removed-files-size': sizeOf(removed),
    'added-position-deletes': recordsOf(addedDeletes),
    'removed-position-deletes': recordsOf(removedDeletes),
    'changed-partition-count': BigInt(new Set([...added, ...removed].map(partitionKey)).size),
  };
  const total = (name: string, more: bigint, less: bigint): readonly [string, string] => [
    name,
    String(BigInt(before[name] ?? '0') + more - less),
  ];
  return {
    operation,
    ...Object.fromEntries(Object.entries(counts).flatMap(([name, value]) => (value === 0n ? [] : [[name, String(value)]]))),
    ...Object.fromEntries([
      total('total-records', counts['added-records'], counts['deleted-records']),
      total('total-files-size', counts['added-files-size'], counts['removed-files-size']),
      total('total-data-files', counts['added-data-files'], counts['deleted-data-files']),
      total('total-delete-files', counts['added-delete-files'], counts['removed-delete-files']),
      total('total-position-deletes', counts['added-position-deletes'], counts['removed-position-deletes']),
      total('total-equality-deletes', 0n, 0n),
    ]),
  };
}

/** Tells the partitions of a table apart. */
export const partitionKey = ({ specId, partition }: Pick<DataFile, 'specId' | 'partition'>): string =>
  JSON.stringify([
    specId,
    ...partition.map((value) =>
      Buffer.isBuffer(value) ? value.toString('hex') : value === null ? null : `${typeof value} ${String(value)}`,
    ),
  ]);
