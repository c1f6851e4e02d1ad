import type { FaultKinds } from '../faults/faults.ts';
import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { accountOf, invalidArgument, STREAM_NAMES, type Context, type StreamOperation } from './context.ts';
import { parseSequenceNumber } from './sequence-number.ts';
import type { Stream } from './stream.ts';

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const CALL_RECORDS = 500;
const CALL_BYTES = 10 * 1024 * 1024;
const KEY_CHARACTERS = 256;

const THROTTLED = 'ProvisionedThroughputExceededException';

const ENTRY = ['Data', 'PartitionKey', 'ExplicitHashKey'] as const;

interface Entry {
  readonly key: string;
  readonly hashKey: string | undefined;
  readonly data: Buffer;
}

type Stored = { readonly ShardId: string; readonly SequenceNumber: string };
type Failed = { readonly ErrorCode: string; readonly ErrorMessage: string };

/** @throws ServiceError ProvisionedThroughputExceededException, ValidationException, InternalFailure */
export const putRecord: StreamOperation = (stream, input, context) => {
  input.only([...STREAM_NAMES, ...ENTRY, 'SequenceNumberForOrdering']);
  checkOrdering(stream, input, context.now);
  const entry = readEntry(stream, input);
  const answer = store(stream, entry, 'kinesis:PutRecord', context);
  measurePut(stream, [entry], [answer], context);
  if ('ErrorCode' in answer) {
    throw new ServiceError(answer.ErrorCode, answer.ErrorMessage, answer.ErrorCode === 'InternalFailure' ? 500 : 400);
  }
  return { ...answer, ...encryption(stream) };
};

/** Records fail one by one, under an answer that says HTTP 200. @throws ServiceError InvalidArgumentException for the call as a whole */
export const putRecords: StreamOperation = (stream, input, context) => {
  input.only([...STREAM_NAMES, 'Records']);
  const records = input.objects('Records');
  if (records.length === 0 || records.length > CALL_RECORDS) {
    throw new ServiceError('ValidationException', `'Records' must hold 1 to ${CALL_RECORDS} records, got ${records.length}`);
  }
  const entries = records.map((record) => readEntry(stream, record.only(ENTRY)));
  const size = entries.reduce((sum, { key, data }) => sum + data.length + Buffer.byteLength(key), 0);
  if (size > CALL_BYTES) throw invalidArgument(`a call takes at most ${CALL_BYTES} bytes, got ${size}`);
  const answers = entries.map((entry) => store(stream, entry, 'kinesis:PutRecords', context));
  measurePut(stream, entries, answers, context);
  return { FailedRecordCount: answers.filter((answer) => 'ErrorCode' in answer).length, Records: answers, ...encryption(stream) };
};

/** What the stream measures of a call. @see https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
function measurePut(
  { settings }: Stream,
  entries: readonly Entry[],
  answers: readonly (Stored | Failed)[],
  { measure }: Context,
): void {
  let [records, bytes, throttled] = [0, 0, 0];
  for (const [index, answer] of answers.entries()) {
    if (!('ErrorCode' in answer)) {
      records += 1;
      bytes += entries[index]?.data.length ?? 0;
    } else if (answer.ErrorCode === THROTTLED) throttled += 1;
  }
  measure(
    'AWS/Kinesis',
    { StreamName: settings.name },
    { IncomingRecords: records, IncomingBytes: bytes, WriteProvisionedThroughputExceeded: throttled },
  );
}

function store(stream: Stream, entry: Entry, operation: string, { faults, now }: Context): Stored | Failed {
  const fault = faults?.take('kinesis:put', { operation, resource: stream.settings.arn, time: now });
  if (fault !== undefined) return spoilt(stream, entry, fault);
  return stored(stream, entry);
}

function stored(stream: Stream, { key, data, hashKey }: Entry): Stored | Failed {
  const put = stream.put(key, data, hashKey);
  return put === undefined
    ? throttled(stream, { key, hashKey })
    : { ShardId: put.shard.id, SequenceNumber: put.record.sequenceNumber };
}

function spoilt(stream: Stream, entry: Entry, fault: FaultKinds['kinesis:put']): Failed {
  if (fault === 'throttle') return throttled(stream, entry);
  if (fault === 'answerLost') stored(stream, entry);
  return { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal service failure.' };
}

function throttled(stream: Stream, { key, hashKey }: Pick<Entry, 'key' | 'hashKey'>): Failed {
  const { id } = stream.shardFor(key, hashKey);
  return {
    ErrorCode: THROTTLED,
    ErrorMessage: `Rate exceeded for shard ${id} in stream ${stream.settings.name} under account ${accountOf(stream)}.`,
  };
}

function readEntry({ maxRecordKib }: Stream, input: Members): Entry {
  const key = input.text('PartitionKey');
  const hashKey = input.optionalText('ExplicitHashKey');
  const data = Buffer.from(input.text('Data'), 'base64');
  if (key.length === 0 || (key.length > KEY_CHARACTERS && Array.from(key).length > KEY_CHARACTERS)) {
    throw new ServiceError(
      'ValidationException',
      `'PartitionKey' must have 1 to ${KEY_CHARACTERS} characters, got ${key.length}`,
    );
  }
  if (hashKey !== undefined) checkHashKey(hashKey);
  const limit = maxRecordKib * 1024;
  if (data.length + Buffer.byteLength(key) > limit) {
    throw new ServiceError(
      'ValidationException',
      `a record takes at most ${limit} bytes with its partition key, got ${data.length}`,
    );
  }
  return { key, hashKey, data };
}

function checkHashKey(hashKey: string): void {
  if (!/^(0|[1-9]\d{0,38})$/.test(hashKey)) {
    throw new ServiceError('ValidationException', "'ExplicitHashKey' must be a decimal number of at most 39 digits");
  }
  if (BigInt(hashKey) >= 1n << 128n) {
    throw invalidArgument('Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1].');
  }
}

/** Sequence numbers always grow here: a lawful one has nothing to add. */
function checkOrdering(stream: Stream, input: Members, now: number): void {
  const text = input.optionalText('SequenceNumberForOrdering');
  if (text === undefined) return;
  const sequence = parseSequenceNumber(text);
  if (sequence === undefined || sequence.began > now) {
    throw invalidArgument(
      `ExclusiveMinimumSequenceNumber ${text} used in PutRecord on stream ${stream.settings.name} under account ${accountOf(stream)} is invalid.`,
    );
  }
}

function encryption({ settings }: Stream): object {
  return settings.keyArn === undefined ? {} : { EncryptionType: 'KMS' };
}
