import { randomUUID } from 'node:crypto';
import { isRecord, type Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { parseSequenceNumber } from './sequence-number.ts';
import type { Shard } from './shard.ts';
import type { Stream } from './stream.ts';

/** Milliseconds an iterator lives. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const LIFETIME = 5 * 60_000;

/** Where a reader stands, as opaque text: no two are alike, even of one place. */
export function encodeIterator(stream: Stream, shard: Shard, position: number, now: number): string {
  const place = { arn: stream.settings.arn, shardId: shard.id, position, made: now, id: randomUUID() };
  return Buffer.from(JSON.stringify(place)).toString('base64');
}

/** @throws ServiceError InvalidArgumentException, ExpiredIteratorException */
export function decodeIterator(text: string, now: number): { arn: string; shardId: string; position: number } {
  const { arn, shardId, position, made } = parse(text);
  if (typeof arn !== 'string' || typeof shardId !== 'string' || typeof position !== 'number' || typeof made !== 'number') {
    throw invalid('Invalid ShardIterator.');
  }
  if (now - made > LIFETIME) {
    throw new ServiceError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(made).toUTCString()} while right now it is ` +
        `${new Date(now).toUTCString()} which is further in the future than the tolerated delay of ${LIFETIME} milliseconds.`,
    );
  }
  return { arn, shardId, position };
}

/**
 * The position that a GetShardIterator request asks for.
 *
 * @throws ServiceError InvalidArgumentException
 * @see https://github.com/mhart/kinesalite/blob/master/test/getShardIterator.js for AWS's words
 */
export function iteratorPosition(shard: Shard, input: Members, now: number): number {
  const type = input.text('ShardIteratorType');
  const sequenceNumber = input.optionalText('StartingSequenceNumber');
  const mismatch = `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and`;
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequenceNumber !== undefined) throw invalid(`${mismatch} also a StartingSequenceNumber.`);
      return type === 'LATEST' ? shard.end : shard.start;
    case 'AT_TIMESTAMP':
      return shard.positionAt(timestampOf(input, now));
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (sequenceNumber === undefined) throw invalid(`${mismatch} no StartingSequenceNumber.`);
      const position = positionOf(shard, sequenceNumber);
      return type === 'AT_SEQUENCE_NUMBER' ? position : position + 1;
    }
    default:
      throw new ServiceError(
        'ValidationException',
        "'ShardIteratorType' must be AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, AT_TIMESTAMP, TRIM_HORIZON or LATEST",
      );
  }
}

function positionOf(shard: Shard, sequenceNumber: string): number {
  const position = shard.positionOf(sequenceNumber);
  if (position !== undefined) return position;
  const other = parseSequenceNumber(sequenceNumber)?.shard;
  throw invalid(
    other === undefined || other === shard.index
      ? `StartingSequenceNumber ${sequenceNumber} used in GetShardIterator on shard ${shard.id} is invalid because it did not come from this stream.`
      : `Invalid StartingSequenceNumber. It encodes shardId-${String(other).padStart(12, '0')}, while it was used in a call to a shard with ${shard.id}`,
  );
}

function timestampOf(input: Members, now: number): number {
  const seconds = input.optionalNumber('Timestamp');
  if (seconds === undefined) {
    throw invalid(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    );
  }
  const time = Math.round(seconds * 1000);
  if (time > now) {
    throw invalid(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  }
  return time;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString());
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
