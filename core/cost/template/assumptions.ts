import { READS_A_MONTH } from '../../storage/reads.ts';
import { SMALLEST_MOVED_BYTES } from '../../storage/s3-rules.ts';
import { ASSUMED } from '../assumed.ts';
import type { CuratedTable } from './curated-tables.ts';
import { sourcesOf, type Scene } from './scene.ts';
import type { Stream } from './streams.ts';
import type { Traffic } from './traffic.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** What a bill takes for granted, one sentence each, without a full stop. */
export function assumptionsOf(scene: Scene): string[] {
  const { streams, curated, kept, resources, workload, month } = scene;
  const sources = sourcesOf(scene);
  const written = new Set(kept.map(({ bucket }) => bucket));
  const unwritten = resources.ofType('AWS::S3::Bucket').filter((bucket) => !written.has(bucket));
  const small = kept.filter(({ bytes, objects, stays }) => bytes / objects < SMALLEST_MOVED_BYTES && stays.length > 0);
  return [
    `prices are those of us-east-1, in USD, before tiers, discounts and taxes; a month has ${month.hours} hours, a GB 2^30 bytes`,
    ...sources.map(({ traffic }) => sayTraffic(traffic, month.days)),
    ...streams.filter(({ onDemand, shards, shardsNeeded }) => !onDemand && shardsNeeded > shards).map(sayTight),
    ...(sources.length === 0
      ? []
      : [
          `${ASSUMED.rejectShare * 100} % of the events are rejected, Parquet is 1/${ASSUMED.parquetRatio} of the JSON and gzip 1/${ASSUMED.gzipRatio}, unless the workload says otherwise`,
          `a table is queried ${ASSUMED.queriesAMonth / 30} times a day; each byte is read ${READS_A_MONTH.often} times a month while its contract reads it often, ${12 * READS_A_MONTH.sometimes} times a year while sometimes, once in ${1 / (12 * READS_A_MONTH.rarely)} years after`,
        ]),
    ...curated.map(sayFolds),
    ...(small.length === 0
      ? []
      : [
          `S3 moves no object under ${count(SMALLEST_MOVED_BYTES)} bytes: what is smaller stays in Standard (${small.length} of ${kept.length} kinds of objects)`,
        ]),
    ...(unwritten.length === 0
      ? []
      : [`nothing writes to ${unwritten.map(({ id }) => id).join(', ')}; say under 'buckets' what does`]),
    ...(resources.ofType('AWS::StepFunctions::StateMachine').length > Object.keys(workload.workflows).length
      ? ["workflows run as often as 'workflows' says, which is never unless said, beside folds, which the curated tables bring"]
      : []),
    'not priced: transfer to the internet, requests that list, results read again, support, and what docs/cost.md names',
  ];
}

function sayTraffic({ name, events, bytes, eventsARecord }: Traffic, days: number): string {
  if (events === 0) return `${name} brings no events: neither a contract nor the workload says how many`;
  const packed = `${count(eventsARecord)} in a record`;
  return `${name} brings ${count(events / days)} events a day, ${count(bytes / events)} bytes each with the newline, ${packed}`;
}

function sayFolds({ delivery: { traffic } }: CuratedTable): string {
  const times = traffic.foldsADay >= 1 ? `${count(traffic.foldsADay)} times a day` : `every ${count(1 / traffic.foldsADay)} days`;
  return `${traffic.name} is folded ${traffic.foldsADay === 0 ? 'never' : times}, and ${traffic.keyShare * 100} % of its events bring a row of their own, unless the workload says 'foldsPerDay' and 'keyShare'`;
}

const sayTight = ({ traffic, shards, shardsNeeded }: Stream): string =>
  `${traffic.name} needs ${shardsNeeded} shards when the busiest seconds bring ${ASSUMED.peak} times the mean; the template has ${shards}, and those are priced`;
