import type { DatasetContract } from '../contract/model.ts';
import { retentionClassOf } from '../storage/layout.ts';

const HOUR_MS = 3_600_000;
/** Milliseconds after which Athena ends a statement, unless the account asks for more. @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const LONGEST_FOLD_MS = HOUR_MS / 2;
/** Hours of a week: such a fold comes on Sundays. */
export const WEEK = 168;
/** Hours between two folds: divisors of 24, so that each day holds whole rounds, or a week. */
const ROUNDS = [1, 2, 3, 4, 6, 8, 12, 24, WEEK] as const;

/** A dataset whose contract asks for a curated table. */
export type CuratedDataset = DatasetContract & { readonly curatedWithinMs: number };

/** Whether a dataset has a curated table. */
export const isCurated = <T extends DatasetContract>(dataset: T): dataset is T & CuratedDataset =>
  dataset.curatedWithinMs !== undefined;

/** Milliseconds from arrival until an event shows in the table at worst: until it can be read, the next fold has come, and that is at its end. */
const worstMs = (freshnessSeconds: number, everyHours: number): number =>
  freshnessSeconds * 1000 + everyHours * HOUR_MS + LONGEST_FOLD_MS;

/** The soonest that a contract may promise an event of a dataset in its curated table, in milliseconds. */
export const soonestCuratedMs = (freshnessSeconds: number): number => worstMs(freshnessSeconds, 1);

/**
 * Days for which a query must find events that are folded once a week: what arrived since the last fold, and a week more, for which a stream may have
 * held back what arrived before.
 */
const LEAST_DAYS_OF_WEEKS = 15;

/** Hours from one fold to the next: the longest that keeps the promise, and finds all that arrived since, for each fold reads and writes. */
export const foldEveryHours = (dataset: CuratedDataset): number =>
  ROUNDS.filter((hours) => hours !== WEEK || retentionClassOf(dataset).queryableDays >= LEAST_DAYS_OF_WEEKS).findLast(
    (hours) => worstMs(dataset.freshnessSeconds, hours) <= dataset.curatedWithinMs,
  ) ?? ROUNDS[0];

/** Hours of the day, UTC, at which it is folded; of a Sunday alone where that is once a week. */
export const foldHours = (everyHours: number): readonly number[] =>
  Array.from({ length: Math.max(1, Math.floor(24 / everyHours)) }, (_, round) => round * everyHours);
