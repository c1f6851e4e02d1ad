import { READS_A_MONTH } from '../../storage/reads.ts';
import type { StorageNeed } from '../../contract/model.ts';
import { ARCHIVED_OBJECT_BYTES, SHORTEST_STAY_DAYS, SMALLEST_MOVED_BYTES } from '../../storage/s3-rules.ts';
import { GB } from '../prices.ts';
import { lifeUnder, type TemplateClass } from './lifecycle.ts';
import { daysReaching, gbMonths, type Month, type When } from './moment.ts';
import type { Declared } from './resource-set.ts';

/** What something writes to a bucket in a month. */
export interface Written {
  readonly by: string;
  readonly bucket: Declared;
  /** Undefined where only a delivery knows it. */
  readonly prefix: string | undefined;
  readonly bytes: number;
  readonly objects: number;
  /** Whether its writes are billed; those of S3's own logs are not. */
  readonly billedPuts: boolean;
  readonly reads: Reads;
  /** Days after which whoever writes it removes it. @default - nobody does but the bucket's rules */
  readonly removedAfterDays?: number;
}

/** How what was written is read: by age, as a contract asks; or some times a month, whatever its age. */
export type Reads = { readonly need: StorageNeed } | { readonly timesAMonth: number };
export const UNREAD: Reads = { timesAMonth: 0 };

/** What S3 bills for a month in one class. */
export interface StayBill {
  readonly storageClass: TemplateClass;
  readonly gbMonths: number;
  /** In Standard: names of archived objects, and copies of what was restored. */
  readonly besidesGbMonths: number;
  /** Objects that come into the class. */
  readonly moved: number;
  readonly objects: number;
  readonly readGb: number;
  readonly readObjects: number;
}

const ARCHIVES: readonly TemplateClass[] = ['GLACIER', 'DEEP_ARCHIVE'];
/** Days that the copy of a restored object stays in Standard. */
const RESTORED_DAYS = 7;

/** The classes through which what was written has gone by a month, with what that month bills in each. */
export function staysOf(written: Written, when: When, month: Month): StayBill[] {
  if (written.bytes === 0) return [];
  const objectBytes = written.bytes / written.objects;
  const gbADay = written.bytes / GB / month.days;
  const life = lifeUnder(written.bucket, written.prefix);
  const goneAfterDays = Math.min(life.goneAfterDays, written.removedAfterDays ?? Infinity);
  const moves = objectBytes >= SMALLEST_MOVED_BYTES ? life.transitions.filter(({ afterDays }) => afterDays < goneAfterDays) : [];
  const starts = [{ afterDays: 0, storageClass: 'STANDARD' as TemplateClass }, ...moves];
  return starts.map(({ afterDays: from, storageClass }, index) => {
    const to = starts[index + 1]?.afterDays ?? goneAfterDays;
    const shortest = storageClass === 'INTELLIGENT_TIERING' ? 0 : SHORTEST_STAY_DAYS[storageClass];
    const archived = ARCHIVES.includes(storageClass);
    const stored = (fromDay: number, toDay: number) => gbADay * gbMonths(when, month, fromDay, toDay);
    const billed = stored(from, Math.max(to, from + shortest));
    const besides = (bytes: number) => (archived ? (billed * bytes) / objectBytes : 0);
    const readGb = timesRead(written.reads, from, to, (fromDay, toDay) => stored(fromDay, toDay));
    return {
      storageClass,
      gbMonths: billed + besides(ARCHIVED_OBJECT_BYTES.inArchive),
      besidesGbMonths: besides(ARCHIVED_OBJECT_BYTES.inStandard) + (archived ? (readGb * RESTORED_DAYS) / month.days : 0),
      moved: index === 0 ? 0 : (written.objects / month.days) * daysReaching(when, month, from),
      objects: (stored(from, to) * GB) / objectBytes,
      readGb,
      readObjects: (readGb * GB) / objectBytes,
    };
  });
}

/** GB read in a month of what has an age between two days. */
function timesRead(reads: Reads, from: number, to: number, stored: (from: number, to: number) => number): number {
  if ('timesAMonth' in reads) return reads.timesAMonth === 0 ? 0 : reads.timesAMonth * stored(from, to);
  const { readOftenDays, readSometimesDays, retentionDays } = reads.need;
  const rates = [
    { rate: READS_A_MONTH.often, since: 0, until: readOftenDays },
    { rate: READS_A_MONTH.sometimes, since: readOftenDays, until: readSometimesDays },
    { rate: READS_A_MONTH.rarely, since: readSometimesDays, until: retentionDays },
  ];
  return rates.reduce((sum, { rate, since, until }) => {
    const [start, end] = [Math.max(from, since), Math.min(to, until)];
    return end <= start ? sum : sum + rate * stored(start, end);
  }, 0);
}
