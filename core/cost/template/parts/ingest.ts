import { onDemandGb, putUnits } from '../../meters/kinesis.ts';
import { GB, PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import type { Scene } from '../scene.ts';
import type { Stream } from '../streams.ts';

const KINESIS = PRICES.kinesis;
/** Days that a stream keeps records for nothing, and until which keeping them is billed otherwise. */
const FREE_DAYS = 1;
const EXTENDED_DAYS = 7;
/** GB that on-demand Advantage bills at least for a second. */
const LEAST_GB_A_SECOND = 25 / 1024;

/** What streams take in, keep, and give to those who read them. */
export function ingestItems({ streams, workload, month }: Scene): BillItem[] {
  const advantage = workload.kinesisAdvantage ? streams.filter(({ onDemand }) => onDemand) : [];
  return [
    ...streams
      .filter((stream) => !advantage.includes(stream))
      .flatMap((stream) => (stream.onDemand ? onDemandItems(stream, month) : provisionedItems(stream, month))),
    ...advantageItems(advantage, month),
  ];
}

function provisionedItems(stream: Stream, { hours, days }: Scene['month']): BillItem[] {
  const { resource, shards, traffic, retentionDays, consumers } = stream;
  const shardHours = shards * hours;
  const line = itemsOf(resource);
  return [
    line('shards', shardHours, KINESIS.shardHour),
    line('put', putUnits(traffic.records, traffic.recordBytes), KINESIS.putUnit),
    ...(retentionDays > FREE_DAYS ? [line('kept beyond a day', shardHours, KINESIS.extendedShardHour)] : []),
    ...longTerm(stream, days),
    ...(consumers > 0
      ? [
          line('consumers', consumers * shardHours, KINESIS.consumerShardHour),
          line('read by consumers', (consumers * traffic.bytes) / GB, KINESIS.consumerOut),
        ]
      : []),
  ];
}

function onDemandItems(stream: Stream, { hours, days }: Scene['month']): BillItem[] {
  const { resource, traffic, consumers, readers } = stream;
  const gb = traffic.bytes / GB;
  const line = itemsOf(resource);
  const extended = daysBetween(stream, FREE_DAYS, EXTENDED_DAYS);
  return [
    line('on-demand stream', hours, KINESIS.onDemandHour),
    line('put', onDemandGb(traffic.records, traffic.recordBytes), KINESIS.onDemandIn),
    line('read', readers * gb, KINESIS.onDemandOut),
    ...(extended > 0 ? [line('kept beyond a day', (gb / days) * extended, KINESIS.onDemandExtended)] : []),
    ...longTerm(stream, days),
    ...(consumers > 0 ? [line('read by consumers', consumers * gb, KINESIS.onDemandConsumerOut)] : []),
  ];
}

/** All on-demand streams of the account, which share a least bill. */
function advantageItems(streams: readonly Stream[], { seconds, days }: Scene['month']): BillItem[] {
  const [first] = streams;
  if (first === undefined) return [];
  const line = itemsOf(first.resource);
  const least = LEAST_GB_A_SECOND * seconds;
  const put = total(streams, ({ traffic }) => onDemandGb(traffic.records, traffic.recordBytes));
  const read = total(streams, ({ traffic, readers, consumers }) => ((readers + consumers) * traffic.bytes) / GB);
  const kept = total(streams, (stream) => (stream.traffic.bytes / GB / days) * daysBetween(stream, FREE_DAYS, Infinity));
  return [
    line('put, 25 MB/s at least', Math.max(put, least), KINESIS.advantageIn),
    line('read, 25 MB/s at least', Math.max(read, least), KINESIS.advantageOut),
    ...(kept > 0 ? [line('kept beyond a day', kept, KINESIS.advantageRetained)] : []),
  ];
}

const longTerm = (stream: Stream, days: number): BillItem[] => {
  const beyond = daysBetween(stream, EXTENDED_DAYS, Infinity);
  if (beyond === 0) return [];
  return [itemsOf(stream.resource)('kept beyond a week', (stream.traffic.bytes / GB / days) * beyond, KINESIS.longTerm)];
};

/** Days of a stream's retention that lie between two ages. */
const daysBetween = ({ retentionDays }: Stream, from: number, to: number): number =>
  Math.max(0, Math.min(retentionDays, to) - from);

const itemsOf =
  (resource: Stream['resource']) =>
  (what: string, quantity: number, price: Parameters<typeof billItem>[4]): BillItem =>
    billItem('ingest', resource, what, quantity, price);
