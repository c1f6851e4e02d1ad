import { randomInt } from 'node:crypto';
import type { Faults } from '../faults/faults.ts';
import type { Members } from '../input.ts';
import { ServiceError, type Keys } from '../service.ts';
import type { Delivery } from './delivery.ts';
import type { Incoming } from './records.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const CALL_RECORDS = 500;
const CALL_BYTES = 4 * 1024 * 1024;
const RECORD_BYTES = 1000 * 1024;

/** AWS's word for a quota that is used up. */
const SLOW_DOWN = 'Slow down.';

/** What became of one record: its id, or nothing where it was refused for the quota. */
export interface Put {
  readonly ids: readonly (string | undefined)[];
  readonly accepted: readonly Incoming[];
}

/** Ids of records that were put: digits. Each process counts from elsewhere, so that what it took over from another meets no namesake. */
export class RecordIds {
  private count = randomInt(2 ** 47);

  next(arrival: number): string {
    return `${arrival}${String(this.count++).padStart(40, '0')}`;
  }
}

/** The payloads of a request. @throws ServiceError InvalidArgumentException for one that is too large */
export function readPayloads(input: Members, records: readonly Members[]): Buffer[] {
  if (records.length === 0 || records.length > CALL_RECORDS) {
    throw input.invalid('Records', `must hold 1 to ${CALL_RECORDS} records, got ${records.length}`);
  }
  const payloads = records.map((record) => Buffer.from(record.only(['Data']).text('Data'), 'base64'));
  const large = payloads.find(({ length }) => length > RECORD_BYTES);
  if (large !== undefined) throw input.invalid('Data', `must have at most ${RECORD_BYTES} bytes, got ${large.length}`);
  const size = payloads.reduce((sum, { length }) => sum + length, 0);
  if (size > CALL_BYTES) throw input.invalid('Records', `must have at most ${CALL_BYTES} bytes in all, got ${size}`);
  return payloads;
}

/** What decides about a put besides the delivery. */
interface Admission {
  readonly ids: RecordIds;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  readonly faults: Faults | undefined;
  readonly operation: string;
  readonly keys: Keys | undefined;
}

/**
 * Takes what the quota of the second leaves room for; the rest of the records fail one by one.
 *
 * @throws ServiceError ServiceUnavailableException where there is room for none, InvalidKMSResourceException
 */
export function admit(
  { quota, encryption, arn }: Delivery,
  payloads: readonly Buffer[],
  { ids, now, faults, operation, keys }: Admission,
): Put {
  const key = encryption.key?.arn;
  if (key !== undefined) {
    if (faults?.take('kms:use', { operation, resource: key, time: now }) !== undefined) throw unusable(`${key} cannot be used.`);
    checkKey(key, keys);
  }
  const fault = faults?.take('firehose:put', { operation, resource: arn, time: now });
  if (fault === 'unavailable' || !quota.takeRequest(now)) throw unavailable();
  const accepted: Incoming[] = [];
  const answers = payloads.map((data, index) => {
    const spoilt = fault === 'partial' && index === payloads.length - 1;
    if (spoilt || !quota.takeRecord(data.length)) return undefined;
    const recordId = ids.next(now);
    accepted.push({ recordId, data, arrival: now });
    return recordId;
  });
  if (accepted.length === 0) throw unavailable();
  return { ids: answers, accepted };
}

/** The answer to PutRecordBatch: one entry for each record of the request, in its order. */
export function batchAnswer({ ids }: Put): object {
  return {
    FailedPutCount: ids.filter((id) => id === undefined).length,
    RequestResponses: ids.map((RecordId) =>
      RecordId === undefined ? { ErrorCode: 'ServiceUnavailableException', ErrorMessage: SLOW_DOWN } : { RecordId },
    ),
  };
}

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors */
function checkKey(keyArn: string, keys: Keys | undefined): void {
  try {
    keys?.checkState(keyArn, 'kms:GenerateDataKey');
  } catch (error) {
    throw error instanceof ServiceError ? unusable(error.message) : error;
  }
}

const unusable = (message: string): ServiceError => new ServiceError('InvalidKMSResourceException', message);

function unavailable(): ServiceError {
  return new ServiceError('ServiceUnavailableException', SLOW_DOWN, 500);
}
