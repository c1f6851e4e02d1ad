import type { StorageNeed } from '../contract/model.ts';

export const DAYS_A_MONTH = 30;

/**
 * Times a month that every byte is read, by what the contract calls it. A query is taken to read a third of the columns: daily while
 * data is read often, monthly while it is read sometimes. That is once a quarter for the whole, which is what AWS says Glacier Instant
 * Retrieval is for; data that is no longer read is restored less than once a year, which is what it says of Deep Archive.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const READS_A_MONTH = { often: 10, sometimes: 1 / 3, rarely: 1 / 24 } as const;

/** Times that every byte is read between two days of its life. */
export function readsBetween(need: StorageNeed, fromDay: number, toDay: number): number {
  const { readOftenDays, readSometimesDays, retentionDays } = need;
  const days = (from: number, to: number) => Math.max(0, Math.min(to, toDay) - Math.max(from, fromDay));
  return (
    (READS_A_MONTH.often * days(0, readOftenDays) +
      READS_A_MONTH.sometimes * days(readOftenDays, readSometimesDays) +
      READS_A_MONTH.rarely * days(readSometimesDays, retentionDays)) /
    DAYS_A_MONTH
  );
}
