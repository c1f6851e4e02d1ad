import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { setTimeout as sleep } from 'node:timers/promises';
import { isThrottledDelivery } from '../../core/aws/throttled-delivery.ts';
import { packReplayed, type PackedRecord } from '../../core/replay/pack.ts';
import type { Source } from '../../core/replay/request.ts';

/** Bytes a second that one invocation puts: with four at once half of what a shard or a delivery takes, the other half is the producers'. */
const PACE = 128 * 1024;
const FIRST_WAIT_MS = 100;
/** Waits for what takes no more: some three seconds in all. */
const MOST_TRIES = 6;

/** Puts records once. @returns of each record whether it was taken */
export type PutOnce = (records: readonly PackedRecord[]) => Promise<readonly boolean[]>;

export const intoStream =
  (client: KinesisClient, stream: string): PutOnce =>
  async (records) => {
    const { Records = [] } = await client.send(
      new PutRecordsCommand({
        StreamName: stream,
        Records: records.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
      }),
    );
    return records.map((_, index) => Records[index]?.SequenceNumber !== undefined);
  };

export const intoDelivery =
  (client: FirehoseClient, delivery: string): PutOnce =>
  async (records) => {
    try {
      const { RequestResponses = [] } = await client.send(
        new PutRecordBatchCommand({ DeliveryStreamName: delivery, Records: records.map(({ data }) => ({ Data: data })) }),
      );
      return records.map((_, index) => RequestResponses[index]?.RecordId !== undefined);
    } catch (error) {
      if (isThrottledDelivery(error)) return records.map(() => false);
      throw error;
    }
  };

/**
 * Puts events, many in a record, no faster than it should. Only records that were refused are put again.
 *
 * @returns of each event whether it was taken
 */
export async function putEvents(put: PutOnce, source: Source, events: readonly Uint8Array[]): Promise<boolean[]> {
  const began = Date.now();
  const taken = events.map(() => false);
  let left: readonly PackedRecord[] = packReplayed(events, source);
  for (let tries = 1, wait = FIRST_WAIT_MS; left.length > 0 && tries <= MOST_TRIES; tries += 1, wait *= 2) {
    if (tries > 1) await sleep(wait * (0.5 + Math.random() / 2));
    const wasTaken = await put(left);
    for (const record of left.filter((_, index) => wasTaken[index])) for (const event of record.events) taken[event] = true;
    left = left.filter((_, index) => !wasTaken[index]);
  }
  const bytes = events.reduce((sum, event) => sum + event.length, 0);
  await sleep(Math.max(0, (bytes * 1000) / PACE - (Date.now() - began)));
  return taken;
}
