import fc from 'fast-check';
import type { StorageNeed } from '../../../core/contract/model.ts';
import { RETENTION_DAYS } from '../../../core/storage/retention-classes.ts';

export const need = (
  readOftenDays: number,
  readSometimesDays: number,
  retentionDays: number,
  restoreWithinHours = 12,
): StorageNeed => ({ readOftenDays, readSometimesDays, retentionDays, restoreWithinHours });

/** Any number of days, and often one beside a day on which some class changes its temperature. */
const days = (most: number) =>
  fc.oneof(
    fc.nat(most),
    fc.constantFrom(...[29, 30, 31, 89, 90, 91, 364, 365, 366, most - 1, most].filter((day) => day <= most)),
  );

/** Any lawful need, of whole days. */
export const needs = fc
  .constantFrom(...RETENTION_DAYS)
  .chain((retention) =>
    fc
      .tuple(days(retention), days(retention), fc.constantFrom(1, 4, 5, 11, 12, 48))
      .map(([a, b, hours]) => need(Math.min(a, b), Math.max(a, b), retention, hours)),
  );
