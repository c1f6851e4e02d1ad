import { soonestCuratedMs } from '../../curated/cadence.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import { PLATFORM_COLUMNS } from '../glue-columns.ts';
import type { Column, ColumnType } from '../model.ts';

/** Types whose values are the same or not, whoever reads them. */
const KEY_TYPES: readonly ColumnType['kind'][] = ['string', 'integer', 'decimal', 'boolean', 'date', 'timestamp', 'time'];

/** Columns above which a MERGE that updates and inserts fails. @see https://github.com/apache/iceberg/issues/10294 */
const MOST_MERGED = 321;

/** What a dataset says of itself that its curated table hangs on. */
export interface CuratedNeed {
  readonly dataset: string;
  readonly curatedWithinMs: number;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly freshnessSeconds: number;
}

/** What is wrong with asking for a curated table. @param path Of the property's value */
export function curatedFaults(
  { dataset, curatedWithinMs, columns, primaryKey, freshnessSeconds }: CuratedNeed,
  path: DocumentPath,
): Fault[] {
  const fault = (code: string, message: string): Fault => ({ code, path, message: `of 'curatedWithin' ${message}` });
  const unfit = columns.find(({ name, type }) => primaryKey.includes(name) && !KEY_TYPES.includes(type.kind));
  const stored = columns.filter(({ protection }) => protection !== 'drop').length + PLATFORM_COLUMNS.length;
  const soonest = soonestCuratedMs(freshnessSeconds);
  return [
    ...(primaryKey.length > 0
      ? []
      : [
          fault(
            'CuratedWithoutKey',
            `asks for one row for each primary key, got a dataset '${dataset}' without one; mark its columns 'primaryKey', or leave the property out`,
          ),
        ]),
    ...(unfit === undefined
      ? []
      : [
          fault(
            'CuratedKeyType',
            `must have a primary key of ${KEY_TYPES.slice(0, -1).join(', ')} or ${KEY_TYPES.at(-1) ?? ''}, got '${unfit.name}', which is ${unfit.type.kind}; choose another key, or leave the property out`,
          ),
        ]),
    ...(stored <= MOST_MERGED
      ? []
      : [
          fault(
            'CuratedTooWide',
            `must be of a dataset of at most ${MOST_MERGED - PLATFORM_COLUMNS.length} stored columns, for Athena merges no more than ${MOST_MERGED} with the platform's, got ${stored - PLATFORM_COLUMNS.length}; divide the dataset, or leave the property out`,
          ),
        ]),
    ...(curatedWithinMs >= soonest
      ? []
      : [
          fault(
            'CuratedTooSoon',
            `must be at least ${inMinutes(soonest)}: the ${Math.ceil(freshnessSeconds / 60)} minutes of its 'latency', an hour between folds and half an hour of one, got ${inMinutes(curatedWithinMs)}; lengthen it, or shorten 'latency'`,
          ),
        ]),
  ];
}

const inMinutes = (milliseconds: number): string => `${Math.ceil(milliseconds / 60_000)} minutes`;
