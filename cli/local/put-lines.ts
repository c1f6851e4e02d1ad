import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { createHash } from 'node:crypto';
import { CommandError } from '../command-error.ts';
import { pack } from '../demo/put-events.ts';

/** Lines that are packed at once. */
const BATCH = 5_000;
/** One call at most; a shard takes 1 MB a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const CALL = { records: 500, bytes: 1_000_000 } as const;
const SECOND = 1000;
const MOST_TRIES = 20;

export interface PutLinesOptions {
  /** Lets a time pass that a stream needs before it takes more, by its own clock. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told how many events were put so far. */
  readonly progress: (events: number) => void;
}

/** Puts lines into a stream, many in a record. Only what was refused is put again. @throws {@link CommandError} `EventTooLarge`, `PutRecordsFailed` */
export async function putLines(
  client: KinesisClient,
  stream: string,
  lines: AsyncIterable<Buffer>,
  { wait, progress }: PutLinesOptions,
): Promise<{ readonly events: number; readonly records: number }> {
  let events = 0;
  let records = 0;
  for await (const batch of batches(lines)) {
    const packed = pack(batch, true);
    for (const call of calls(packed)) await putAll(client, stream, call, wait);
    events += batch.length;
    records += packed.length;
    progress(events);
  }
  return { events, records };
}

interface Line {
  readonly serial: number;
  readonly bytes: Buffer;
}

async function* batches(lines: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let serial = 0;
  let batch: Line[] = [];
  for await (const bytes of lines) {
    serial += 1;
    batch.push({ serial, bytes });
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function putAll(
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
    await wait(SECOND);
  }
}

function calls(records: readonly Buffer[]): PutRecordsRequestEntry[][] {
  const all: PutRecordsRequestEntry[][] = [];
  let size = Infinity;
  for (const record of records) {
    const entry = { Data: record, PartitionKey: createHash('md5').update(record).digest('hex') }; // salted by content: no key is hot
    const bytes = record.length + entry.PartitionKey.length;
    const last = all.at(-1);
    if (last === undefined || last.length === CALL.records || size + bytes > CALL.bytes) {
      all.push([entry]);
      size = bytes;
    } else {
      last.push(entry);
      size += bytes;
    }
  }
  return all;
}
