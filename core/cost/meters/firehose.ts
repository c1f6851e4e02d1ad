import { GB } from '../prices.ts';

const STEP_BYTES = 5 * 1024;

/** GB that Firehose bills: each record up to the next 5 KB. @see https://aws.amazon.com/firehose/pricing/ */
export const firehoseGb = (records: number, recordBytes: number): number =>
  (records * Math.ceil(recordBytes / STEP_BYTES) * STEP_BYTES) / GB;

/** What ends a delivery's buffer, whichever comes first. */
export interface Buffer {
  readonly bytes: number;
  readonly seconds: number;
}

/** Objects that a buffer makes in some seconds: by size, or one for each interval in which something came. */
export const objectsOf = (bytes: number, puts: number, buffer: Buffer, seconds: number): number =>
  Math.max(bytes / buffer.bytes, Math.min(puts, seconds / buffer.seconds));
