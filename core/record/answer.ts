import type { JudgedRecord } from './judge-record.ts';

/** What Firehose is told of a record. @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html */
export interface Answer {
  readonly recordId: string;
  readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed';
  /** Base64; present where the result is Ok. */
  readonly data?: string;
}

/** Bytes of an answer, 6 MB less a margin. @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html */
const LARGEST_ANSWER = 6_000_000;
/** Bytes of what stands around a record's id and data: their keys, the result, quotes and commas. */
const FRAME = 64;

/**
 * Answers each record once. Accepted events go on only if every reject of their record is safe in quarantine; otherwise the whole
 * record is left to Firehose's error prefix, and replay removes the copies. `Dropped` is for a record of which nothing was accepted
 * and every reject was acknowledged: the one case in which nothing is left to deliver. What would not fit the answer fails too.
 *
 * @param acknowledged Whether the quarantine delivery has taken every reject of the record
 */
export function answerRecords(judged: readonly JudgedRecord[], acknowledged: (record: JudgedRecord) => boolean): Answer[] {
  let size = judged.reduce((sum, { recordId }) => sum + FRAME + recordId.length, 0);
  return judged.map((record) => {
    const { recordId, rows } = record;
    if (!acknowledged(record)) return { recordId, result: 'ProcessingFailed' };
    if (rows.length === 0) return { recordId, result: 'Dropped' };
    const data = Buffer.from(rows.join('')).toString('base64'); // documents side by side, as format conversion documents them
    if (size + data.length > LARGEST_ANSWER) return { recordId, result: 'ProcessingFailed' };
    size += data.length;
    return { recordId, result: 'Ok', data };
  });
}
