import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { setTimeout as sleep } from 'node:timers/promises';
import { packReplayed, type PackedRecord } from '../../core/replay/pack.ts';
import type { Source } from '../../core/replay/request.ts';

/** Bytes a second that one invocation puts: with four at once half of what a shard takes, the other half is the producers'. */
const PACE = 128 * 1024;
const FIRST_WAIT_MS = 100;
/** Waits for a stream that takes no more: some three seconds in all. */
const MOST_TRIES = 6;

/**
 * Puts events into a stream, many in a record, no faster than it should. Only records that were refused are put again.
 *
 * @returns of each event whether the stream has taken it
 */
export async function putEvents(
  client: KinesisClient,
  stream: string,
  source: Source,
  events: readonly Uint8Array[],
): Promise<boolean[]> {
  const began = Date.now();
  const taken = events.map(() => false);
  let left: readonly PackedRecord[] = packReplayed(events, source);
  for (let tries = 1, wait = FIRST_WAIT_MS; left.length > 0 && tries <= MOST_TRIES; tries += 1, wait *= 2) {
    if (tries > 1) await sleep(wait * (0.5 + Math.random() / 2));
    const { Records = [] } = await client.send(
      new PutRecordsCommand({
        StreamName: stream,
        Records: left.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
      }),
    );
    const refused: PackedRecord[] = [];
    for (const [index, record] of left.entries()) {
      if (Records[index]?.SequenceNumber === undefined) refused.push(record);
      else for (const event of record.events) taken[event] = true;
    }
    left = refused;
  }
  const bytes = events.reduce((sum, event) => sum + event.length, 0);
  await sleep(Math.max(0, (bytes * 1000) / PACE - (Date.now() - began)));
  return taken;
}
