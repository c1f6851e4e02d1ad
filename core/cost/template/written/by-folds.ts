import type { CuratedTable } from '../curated-tables.ts';
import type { Written } from '../stays.ts';

/** Bytes of a file at most, once OPTIMIZE has made few of many. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html */
const LARGEST_FILE = 512 * 1024 * 1024;

/** Rows of curated tables: those of new keys, for the others take the place of one. Each fold reads all of them. */
export const writtenByFolds = (tables: readonly CuratedTable[]): Written[] =>
  tables
    .filter(({ folds }) => folds > 0)
    .map(({ bucket, prefix, delivery: { traffic }, folds, tidyings, bytes }) => ({
      by: rowsOf(traffic.name),
      bucket,
      prefix: `${prefix}/`,
      bytes: bytes * traffic.keyShare,
      objects: Math.max(tidyings, bytes / LARGEST_FILE),
      billedPuts: false, // those of a fold are more: its metadata, and files that the next tidying replaces
      reads: { timesAMonth: folds },
      ...(traffic.need === undefined ? {} : { removedAfterDays: traffic.need.retentionDays }),
    }));

/** What bill and assumptions call the rows of a dataset's curated table. */
export const rowsOf = (dataset: string): string => `curated rows of ${dataset}`;
