import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { hash } from 'node:crypto';
import type { PlantedEvent } from '../../core/demo/plant-faults.ts';
import { CommandError } from '../command-error.ts';

/** A packed record: 25 KB is one payload unit of a provisioned stream, and five of Firehose's 5 KB steps. */
const PACKED_BYTES = 25 * 1024;
/** A record must stay under this; a larger event cannot be quarantined. */
export const LARGEST_EVENT = 700 * 1024;
/** One call a second keeps a shard's 1 MB and 1,000 records. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const CALL = { records: 500, bytes: 1_000_000, everyMs: 1000 } as const;
const MOST_TRIES = 20;

const NEWLINE = Buffer.from('\n');

/** Joins events to records, each event ended by a newline. @throws {@link CommandError} `EventTooLarge` */
export function pack(events: readonly PlantedEvent[], packed: boolean): Buffer[] {
  const records: Buffer[] = [];
  let parts: Uint8Array[] = [];
  let size = 0;
  const flush = () => {
    if (parts.length > 0) records.push(Buffer.concat(parts));
    parts = [];
    size = 0;
  };
  for (const { bytes, serial } of events) {
    if (bytes.length >= LARGEST_EVENT)
      throw new CommandError(
        'EventTooLarge',
        `an event must stay under ${LARGEST_EVENT} bytes, got ${bytes.length} for serial ${serial}; split it`,
      );
    if (!packed || size + bytes.length + 1 > PACKED_BYTES) flush();
    parts.push(bytes, NEWLINE);
    size += bytes.length + 1;
  }
  flush();
  return records;
}

/** Puts records; only failed entries are sent again. `pace` is waited for after each call, in milliseconds of the platform's clock. */
export async function putRecords(
  client: KinesisClient,
  stream: string,
  records: readonly Buffer[],
  pace: (milliseconds: number) => Promise<void>,
): Promise<void> {
  for (const call of calls(records)) {
    await putCall(client, stream, call, pace);
    await pace(CALL.everyMs);
  }
}

/** Makes one call, and more for what it refuses, a second of `wait` apart. @throws {@link CommandError} `PutRecordsFailed` */
export async function putCall(
  client: KinesisClient,
  stream: string,
  call: readonly PutRecordsRequestEntry[],
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  let left = [...call];
  for (let tries = 1; ; tries += 1) {
    const answer = await client.send(new PutRecordsCommand({ StreamName: stream, Records: left }));
    left = left.filter((_, index) => answer.Records?.[index]?.ErrorCode !== undefined);
    if (left.length === 0) return;
    if (tries === MOST_TRIES)
      throw new CommandError(
        'PutRecordsFailed',
        `${left.length} records of '${stream}' were refused ${MOST_TRIES} times; give the stream more shards`,
      );
    await wait(CALL.everyMs);
  }
}

/** Calls of as many records as Kinesis takes at once. */
export function calls(records: readonly Buffer[]): PutRecordsRequestEntry[][] {
  const all: PutRecordsRequestEntry[][] = [];
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
