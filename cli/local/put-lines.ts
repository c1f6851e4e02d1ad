import type { Intake, PutClients } from '../platform/intake.ts';
import { calls, pack, putCall } from '../platform/put-records.ts';

/** Lines that are packed at once. */
const BATCH = 5_000;

export interface PutLinesOptions {
  /** Lets a time pass that the intake needs before it takes more, by its own clock. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told how many events were put so far. */
  readonly progress: (events: number) => void;
}

/** Puts lines, many in a record. Only what was refused is put again. @throws CommandError `EventTooLarge`, `PutRecordsFailed` */
export async function putLines(
  clients: PutClients,
  intake: Intake,
  lines: AsyncIterable<Buffer>,
  { wait, progress }: PutLinesOptions,
): Promise<{ readonly events: number; readonly records: number }> {
  let events = 0;
  let records = 0;
  for await (const batch of batches(lines)) {
    const packed = pack(batch, true);
    for (const call of calls(packed)) await putCall(clients, intake, call, wait);
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
