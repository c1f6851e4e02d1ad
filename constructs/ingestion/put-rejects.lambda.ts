import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { Envelope, JudgedRecord } from '../../core/record/judge-record.ts';

/** Limits of one PutRecordBatch and of a record in it. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const MOST_RECORDS = 500;
const LARGEST_CALL = 4 * 1024 * 1024;
const LARGEST_RECORD = 1000 * 1024;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** A reject on its way: which record it is of, and its bytes. */
interface Put {
  readonly recordId: string;
  readonly bytes: Uint8Array;
}

/**
 * Puts every reject into the domain's quarantine delivery, at least once. Only entries that failed are sent again, until the time is up.
 *
 * @param until Milliseconds since the epoch after which nothing is sent again, and no answer is waited for
 * @returns ids of the records of which a reject could not be put
 */
export async function putRejects(
  client: FirehoseClient,
  stream: string,
  judged: readonly JudgedRecord[],
  until: number,
): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  let refused = false;
  for (const batch of batches(putsOf(judged, failed))) {
    const outcome: Outcome =
      refused || Date.now() > until ? { left: batch, refused } : await putBatch(client, stream, batch, until);
    for (const { recordId } of outcome.left) failed.add(recordId);
    ({ refused } = outcome);
  }
  return failed;
}

/** Rejects as they are sent, encoded one batch at a time: a record may hold a third of a million. */
function* putsOf(judged: readonly JudgedRecord[], failed: Set<string>): Iterable<Put> {
  for (const { recordId, rejects } of judged) {
    for (const reject of rejects) {
      const bytes = encode(reject);
      if (bytes.length > LARGEST_RECORD) failed.add(recordId);
      else yield { recordId, bytes };
    }
  }
}

const encode = (reject: Envelope): Uint8Array => Buffer.from(`${JSON.stringify(reject)}\n`);

function* batches(puts: Iterable<Put>): Iterable<readonly Put[]> {
  let batch: Put[] = [];
  let size = 0;
  for (const put of puts) {
    if (batch.length === MOST_RECORDS || size + put.bytes.length > LARGEST_CALL) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(put);
    size += put.bytes.length;
  }
  if (batch.length > 0) yield batch;
}

interface Outcome {
  /** What could not be put. */
  readonly left: readonly Put[];
  /** Whether the role may not put at all: nothing more need be tried. */
  readonly refused: boolean;
}

async function putBatch(client: FirehoseClient, stream: string, batch: readonly Put[], until: number): Promise<Outcome> {
  let left = batch;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const answer = await client.send(
        new PutRecordBatchCommand({ DeliveryStreamName: stream, Records: left.map(({ bytes }) => ({ Data: bytes })) }),
        { abortSignal: AbortSignal.timeout(Math.max(0, until - Date.now())) },
      );
      if (answer.FailedPutCount === 0) return { left: [], refused: false };
      left = left.filter((_, index) => answer.RequestResponses?.[index]?.RecordId === undefined); // an id is the acknowledgement
      if (left.length === 0) return { left, refused: false };
    } catch (error) {
      console.error(
        JSON.stringify({
          level: 'ERROR',
          message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error',
          operation: 'PutRecordBatch',
        }),
      );
      if (error instanceof Error && error.name === 'AccessDeniedException') return { left, refused: true };
    }
    if (Date.now() + wait > until) return { left, refused: false };
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
  }
}
