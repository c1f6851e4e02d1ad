import type { DatasetContract, StorageNeed } from '../../contract/model.ts';
import { foldEveryHours, isCurated } from '../../curated/cadence.ts';
import { ASSUMED } from '../assumed.ts';
import { packedEvents } from '../volume.ts';
import type { Month } from './moment.ts';
import { tagOf, type Declared } from './resource-set.ts';
import type { DatasetWorkload, Workload } from './workload.ts';

/** Tags by which the platform says whose a resource is. test/core/cost/template holds them to a synthesized template. */
export const TAGS = { domain: 'headwaters:domain', dataset: 'headwaters:dataset' } as const;

/** What comes to a stream, or is put into a delivery, in a month, and how it is read. */
export interface Traffic {
  /** `<domain>.<dataset>`, or the logical id of what it comes to. */
  readonly name: string;
  readonly said: DatasetWorkload;
  readonly events: number;
  /** Each event with the newline that ends it. */
  readonly bytes: number;
  readonly eventsARecord: number;
  readonly records: number;
  readonly recordBytes: number;
  readonly rejects: number;
  readonly parquetRatio: number;
  readonly gzipRatio: number;
  readonly queriesADay: number;
  /** Times a day that it is folded into a curated table, where there is one. */
  readonly foldsADay: number;
  /** Share of the events whose key is new. */
  readonly keyShare: number;
  readonly need?: StorageNeed;
}

/** An event's bytes, where neither contract nor workload says them: a KB with its newline. */
const EVENT_BYTES = 1023;

/** Whose a resource is: its dataset, or else itself. */
export function nameOf(resource: Declared): string {
  const [domain, dataset] = [tagOf(resource, TAGS.domain), tagOf(resource, TAGS.dataset)];
  return domain === undefined || dataset === undefined ? resource.id : `${domain}.${dataset}`;
}

/** The contract of a dataset by its whole name. */
export const contractNamed = (name: string, contracts: readonly DatasetContract[]): DatasetContract | undefined =>
  contracts.find((dataset) => `${dataset.domain}.${dataset.name}` === name);

export function trafficOf(name: string, contract: DatasetContract | undefined, workload: Workload, month: Month): Traffic {
  const said = workload.datasets[name] ?? {};
  const eventsADay = said.eventsPerDay ?? contract?.expectedEventsPerDay ?? 0;
  const line = (said.eventBytes ?? contract?.expectedEventBytes ?? EVENT_BYTES) + 1;
  const eventsARecord = said.eventsPerRecord ?? packedEvents(eventsADay, line);
  const events = eventsADay * month.days;
  return {
    name,
    said,
    events,
    bytes: events * line,
    eventsARecord,
    records: events / eventsARecord,
    recordBytes: eventsARecord * line,
    rejects: events * (said.rejectShare ?? ASSUMED.rejectShare),
    parquetRatio: said.parquetRatio ?? ASSUMED.parquetRatio,
    gzipRatio: said.gzipRatio ?? ASSUMED.gzipRatio,
    queriesADay: said.queriesPerDay ?? (eventsADay === 0 ? 0 : ASSUMED.queriesAMonth / 30),
    foldsADay: said.foldsPerDay ?? (contract !== undefined && isCurated(contract) ? 24 / foldEveryHours(contract) : 24),
    keyShare: said.keyShare ?? 1,
    ...(contract === undefined ? {} : { need: contract.storage }),
  };
}
