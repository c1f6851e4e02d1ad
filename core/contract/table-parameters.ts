import { retentionClassOf } from '../storage/layout.ts';
import { closestClass } from './closest-class.ts';
import type { DatasetContract } from './model.ts';

/** What the catalog says of a dataset beside its columns: whose it is, how close, and what its readers are promised. */
export function tableParameters(dataset: DatasetContract): Readonly<Record<string, string>> {
  const { serviceLevels, storage } = dataset;
  return {
    'headwaters.domain': dataset.domain,
    'headwaters.dataset': dataset.name,
    'headwaters.contract_version': dataset.version,
    'headwaters.owner': dataset.owner,
    'headwaters.data_class': closestClass(dataset),
    ...optional('headwaters.tags', dataset.tags.join(',')),
    ...optional('headwaters.primary_key', dataset.primaryKey.join(',')),
    'headwaters.event_time': dataset.eventTimeField,
    'headwaters.freshness_seconds': String(dataset.freshnessSeconds),
    ...optional(
      'headwaters.curated_within_seconds',
      dataset.curatedWithinMs === undefined ? '' : String(dataset.curatedWithinMs / 1000),
    ),
    'headwaters.queryable_days': String(retentionClassOf(dataset).queryableDays),
    'headwaters.retention_days': String(storage.retentionDays),
    'headwaters.restore_within_hours': String(storage.restoreWithinHours),
    ...optional('headwaters.available_by', serviceLevels.timesOfAvailability.join(',')),
    ...optional('headwaters.end_of_support', serviceLevels.endOfSupport ?? ''),
    ...optional('headwaters.end_of_life', serviceLevels.endOfLife ?? ''),
  };
}

const optional = (key: string, value: string): Record<string, string> => (value === '' ? {} : { [key]: value });
