import type { DatasetContract } from '../contract/model.ts';
import { planTemperatures } from './plan-temperatures.ts';
import type { RetentionClass } from './retention-classes.ts';

/** The class a dataset's objects live in. A contract that was read has one; a need without any is refused there. */
export function retentionClassOf(dataset: DatasetContract): RetentionClass {
  const found = planTemperatures(dataset.storage);
  if (found === undefined)
    throw new RangeError(`no retention class meets the storage need of '${dataset.domain}.${dataset.name}'`);
  return found;
}

/** Where a dataset's objects lie in each zone, with the trailing slash: `<class>/<domain>/<dataset>/`. */
export const datasetPrefix = (dataset: DatasetContract): string =>
  `${retentionClassOf(dataset).name}/${dataset.domain}/${dataset.name}/`;

/** The partitions of `clean` and `raw`: arrival of the oldest record of an object, UTC. Never a watermark. */
export const ARRIVAL_PARTITIONS = 'dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/';

/** What Firehose could not deliver, in the bucket of the delivery itself, outside every table. */
export const errorPrefix = (domain: string, dataset: string): string => `_errors/${domain}/${dataset}/`;
