import { hash } from 'node:crypto';
import { putOnce, type Entry, type Intake, type PutClients } from '../../../cli/platform/intake.ts';
import { pack } from '../../../cli/platform/put-records.ts';

/** Records of a call: few enough for a shard's second. */
const CALL = 400;
/** One event in so many stands in a record of its own, under a key that names somebody. */
const KEYED_EVERY = 4;
const MOST_TRIES = 20;

/** Events as records: many packed together, some alone under one of `keys`. */
export function recordsOf(events: readonly Uint8Array[], keys: readonly string[]): readonly Entry[] {
  const own = events.filter((_, place) => place % KEYED_EVERY === 0);
  const others = events.filter((_, place) => place % KEYED_EVERY !== 0).map((bytes, serial) => ({ serial, bytes }));
  return [
    ...own.map((bytes, place) => ({
      Data: Buffer.concat([bytes, Buffer.from('\n')]),
      PartitionKey: keys[place % keys.length] ?? 'nobody',
    })),
    ...pack(others, true).map((Data) => ({ Data, PartitionKey: hash('md5', Data) })),
  ];
}

/** Puts records; those that were refused again, a second of the platform's clock later. @throws Error for those that are refused for ever */
export async function putKnown(
  clients: PutClients,
  intake: Intake,
  records: readonly Entry[],
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < records.length; first += CALL) {
    let left: readonly Entry[] = records.slice(first, first + CALL);
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === MOST_TRIES) throw new Error(`${left.length} records of '${intake.name}' were refused ${MOST_TRIES} times`);
      left = await putOnce(clients, intake, left).catch((error: unknown) => {
        if (error instanceof Error && error.name.startsWith('KMS')) return left; // the SDK tries these no second time
        throw error;
      });
      await wait(1000);
    }
  }
}
