import type { DatasetContract, StorageNeed } from '../../../core/contract/model.ts';

/** A dataset of which only volume, freshness and need of storage matter. */
export const sized = (
  expectedEventsPerDay: number,
  expectedEventBytes: number,
  [readOftenDays, readSometimesDays, retentionDays]: readonly [number, number, number],
  rest: Partial<DatasetContract> & { readonly restoreWithinHours?: StorageNeed['restoreWithinHours'] } = {},
): DatasetContract => {
  const { restoreWithinHours = 12, ...others } = rest;
  return {
    domain: 'energy',
    name: 'readings',
    version: '1.0.0',
    owner: 'energy@example.com',
    columns: [],
    primaryKey: [],
    relationships: [],
    quality: [],
    eventIdFields: ['reading_id'],
    eventTimeField: 'measured_at',
    allowedLatenessMs: 0,
    freshnessSeconds: 900,
    serviceLevels: { timesOfAvailability: [] },
    storage: { readOftenDays, readSometimesDays, retentionDays, restoreWithinHours },
    expectedEventsPerDay,
    expectedEventBytes,
    tags: [],
    ...others,
  };
};
