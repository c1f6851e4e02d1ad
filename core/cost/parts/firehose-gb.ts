import { GB } from '../prices.ts';

const STEP_BYTES = 5 * 1024;

/** GB that Firehose bills: each record up to the next 5 KB. @see https://aws.amazon.com/firehose/pricing/ */
export const firehoseGb = (records: number, recordBytes: number): number =>
  (records * Math.ceil(recordBytes / STEP_BYTES) * STEP_BYTES) / GB;
