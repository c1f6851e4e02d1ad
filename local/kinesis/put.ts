import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { Stream } from './stream.ts';

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const CALL_RECORDS = 500;
const CALL_BYTES = 10 * 1024 * 1024;
const KEY_CHARACTERS = 256;

interface Entry {
  readonly key: string;
  readonly hashKey: string | undefined;
  readonly data: Buffer;
}

/** @throws ServiceError ProvisionedThroughputExceededException, ValidationException */
export function putRecord(stream: Stream, input: Members): object {
  const { key, data, hashKey } = readEntry(stream, input);
  const put = stream.put(key, data, hashKey);
  if (put === undefined) throw new ServiceError('ProvisionedThroughputExceededException', exceeded(stream));
  return { ShardId: put.shard.id, SequenceNumber: put.record.sequenceNumber, ...encryption(stream) };
}

/** Records fail one by one, under an answer that says HTTP 200. @throws ServiceError InvalidArgumentException for the call as a whole */
export function putRecords(stream: Stream, input: Members): object {
  const records = input.objects('Records');
  if (records.length === 0 || records.length > CALL_RECORDS) {
    throw new ServiceError('InvalidArgumentException', `'Records' must hold 1 to ${CALL_RECORDS} records, got ${records.length}`);
  }
  const entries = records.map((record) => readEntry(stream, record));
  const size = entries.reduce((sum, { key, data }) => sum + data.length + Buffer.byteLength(key), 0);
  if (size > CALL_BYTES)
    throw new ServiceError('InvalidArgumentException', `a call takes at most ${CALL_BYTES} bytes, got ${size}`);
  const answers = entries.map(({ key, data, hashKey }) => {
    const put = stream.put(key, data, hashKey);
    return put === undefined
      ? { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: exceeded(stream) }
      : { ShardId: put.shard.id, SequenceNumber: put.record.sequenceNumber };
  });
  return { FailedRecordCount: answers.filter((answer) => 'ErrorCode' in answer).length, Records: answers, ...encryption(stream) };
}

function readEntry({ settings }: Stream, input: Members): Entry {
  const key = input.text('PartitionKey');
  const hashKey = input.optionalText('ExplicitHashKey');
  const data = Buffer.from(input.text('Data'), 'base64');
  if (key.length === 0 || key.length > KEY_CHARACTERS) {
    throw new ServiceError(
      'ValidationException',
      `'PartitionKey' must have 1 to ${KEY_CHARACTERS} characters, got ${key.length}`,
    );
  }
  if (hashKey !== undefined && (!/^(0|[1-9]\d{0,38})$/.test(hashKey) || BigInt(hashKey) >= 1n << 128n)) {
    throw new ServiceError('InvalidArgumentException', "'ExplicitHashKey' must be a decimal number below 2^128");
  }
  const limit = (settings.maxRecordKib ?? 1024) * 1024;
  if (data.length + Buffer.byteLength(key) > limit) {
    throw new ServiceError(
      'ValidationException',
      `a record takes at most ${limit} bytes with its partition key, got ${data.length}`,
    );
  }
  return { key, hashKey, data };
}

function encryption({ settings }: Stream): object {
  return settings.keyArn === undefined ? {} : { EncryptionType: 'KMS' };
}

function exceeded({ settings }: Stream): string {
  return `Rate exceeded for shard in stream ${settings.name} under account ${settings.arn.split(':')[4] ?? ''}.`;
}
