import { hash } from 'node:crypto';
import type { PlantedEvent } from '../../core/demo/plant-faults.ts';
import { asLines, packEvents } from '../../core/pack-events.ts';
import { CommandError } from '../command-error.ts';
import { putOnce, type Entry, type Intake, type PutClients } from './intake.ts';

/** A record must stay under this; a larger event cannot be quarantined. */
export const LARGEST_EVENT = 700 * 1024;
/**
 * One call a second keeps a shard's 1 MB and 1,000 records, and what a delivery takes in the smallest regions.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html
 */
const CALL = { records: 500, bytes: 1_000_000, everyMs: 1000 } as const;
const MOST_TRIES = 20;

/** Joins events to records, each event ended by a newline. @throws {@link CommandError} `EventTooLarge` */
export function pack(events: readonly PlantedEvent[], packed: boolean): Buffer[] {
  const large = events.find(({ bytes }) => bytes.length >= LARGEST_EVENT);
  if (large !== undefined)
    throw new CommandError(
      'EventTooLarge',
      `an event must stay under ${LARGEST_EVENT} bytes, got ${large.bytes.length} for serial ${large.serial}; split it`,
    );
  const records = packed ? packEvents(events, ({ bytes }) => bytes) : events.map((event) => [event]);
  return records.map((record) => Buffer.concat(asLines(record.map(({ bytes }) => bytes))));
}

/** Puts records; only failed entries are sent again. `pace` is waited for after each call, in milliseconds of the platform's clock. */
export async function putRecords(
  clients: PutClients,
  intake: Intake,
  records: readonly Buffer[],
  pace: (milliseconds: number) => Promise<void>,
): Promise<void> {
  for (const call of calls(records)) {
    await putCall(clients, intake, call, pace);
    await pace(CALL.everyMs);
  }
}

/** Makes one call, and more for what it refuses, a second of `wait` apart. @throws {@link CommandError} `PutRecordsFailed` */
export async function putCall(
  clients: PutClients,
  intake: Intake,
  call: readonly Entry[],
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  let left = call;
  for (let tries = 1; ; tries += 1) {
    left = await putOnce(clients, intake, left);
    if (left.length === 0) return;
    if (tries === MOST_TRIES)
      throw new CommandError(
        'PutRecordsFailed',
        `${left.length} records of '${intake.name}' were refused ${MOST_TRIES} times; ${intake.kind === 'stream' ? 'give the stream more shards' : 'put fewer at a time'}`,
      );
    await wait(CALL.everyMs);
  }
}

/** Calls of as many records as are taken at once. */
export function calls(records: readonly Buffer[]): Entry[][] {
  const all: Entry[][] = [];
  let size = Infinity;
  for (const record of records) {
    const entry = { Data: record, PartitionKey: hash('md5', record) }; // salted by content: no key is hot
    const last = all.at(-1);
    if (last === undefined || last.length === CALL.records || size + record.length + entry.PartitionKey.length > CALL.bytes) {
      all.push([entry]);
      size = 0;
    } else last.push(entry);
    size += record.length + entry.PartitionKey.length;
  }
  return all;
}
