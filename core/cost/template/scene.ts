import { curatedTablesOf, type CuratedTable } from './curated-tables.ts';
import { deliveriesOf, type Delivery } from './deliveries.ts';
import { functionsOf, type Work } from './functions.ts';
import type { When } from './moment.ts';
import { situationOf, type Platform, type Situation } from './situation.ts';
import { staysOf, type StayBill, type Written } from './stays.ts';
import { streamsOf, type Stream } from './streams.ts';
import { recordsOf } from './written/records.ts';
import { resultsOf } from './written/results.ts';
import { writtenByDeliveries } from './written/by-deliveries.ts';
import { writtenByFolds } from './written/by-folds.ts';
import { writtenByOthers } from './written/by-others.ts';
import { replicasOf } from './written/replicas.ts';

/** What was written, with what a month bills for it. */
export interface Kept extends Written {
  readonly stays: readonly StayBill[];
}

/** A platform at work in one month: what each resource has to do. */
export interface Scene extends Situation {
  readonly streams: readonly Stream[];
  readonly deliveries: readonly Delivery[];
  readonly curated: readonly CuratedTable[];
  readonly functions: readonly Work[];
  readonly kept: readonly Kept[];
}

export function sceneOf(platform: Platform, when: When): Scene {
  const situation = situationOf(platform, when);
  const streams = streamsOf(situation);
  const deliveries = deliveriesOf(situation, streams);
  const curated = curatedTablesOf(situation, deliveries);
  const keep = (written: readonly Written[]): Kept[] =>
    written.filter(({ bytes }) => bytes > 0).map((one) => ({ ...one, stays: staysOf(one, when, situation.month) }));
  const first = keep([
    ...writtenByDeliveries(situation, deliveries),
    ...writtenByFolds(curated),
    ...resultsOf(situation, deliveries),
    ...writtenByOthers(situation),
  ]);
  const copied = keep(replicasOf(situation, first));
  return {
    ...situation,
    streams,
    deliveries,
    curated,
    functions: functionsOf(situation, deliveries),
    kept: [...first, ...copied, ...keep(recordsOf(situation, [...first, ...copied]))],
  };
}

/** Where events come in: streams, and deliveries that they are put straight into. */
export const sourcesOf = ({ streams, deliveries }: Scene): readonly (Stream | Delivery)[] => [
  ...streams,
  ...deliveries.filter(({ source, brings }) => source === undefined && brings === 'events'),
];
