import { isRecord, type Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { Shard } from './shard.ts';
import type { Stream } from './stream.ts';

/** Milliseconds an iterator lives. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const LIFETIME = 5 * 60_000;

/** Where a reader stands, as opaque text. */
export function encodeIterator(stream: Stream, shard: Shard, position: number, now: number): string {
  return Buffer.from(JSON.stringify({ arn: stream.settings.arn, shardId: shard.id, position, made: now })).toString('base64');
}

/** @throws ServiceError InvalidArgumentException, ExpiredIteratorException */
export function decodeIterator(text: string, now: number): { arn: string; shardId: string; position: number } {
  const { arn, shardId, position, made } = parse(text);
  if (typeof arn !== 'string' || typeof shardId !== 'string' || typeof position !== 'number' || typeof made !== 'number') {
    throw new ServiceError('InvalidArgumentException', 'Invalid ShardIterator.');
  }
  if (now - made > LIFETIME)
    throw new ServiceError('ExpiredIteratorException', 'Iterator expired: it is older than 300 seconds.');
  return { arn, shardId, position };
}

/** The position that a GetShardIterator request asks for. @throws ServiceError InvalidArgumentException */
export function iteratorPosition(shard: Shard, input: Members): number {
  const type = input.text('ShardIteratorType');
  switch (type) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return shard.end;
    case 'AT_TIMESTAMP':
      return shard.positionAt(input.number('Timestamp') * 1000);
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      const position = shard.positionOf(input.text('StartingSequenceNumber'));
      if (position === undefined)
        throw new ServiceError('InvalidArgumentException', 'StartingSequenceNumber is not of this shard.');
      return type === 'AT_SEQUENCE_NUMBER' ? position : position + 1;
    }
    default:
      throw new ServiceError('InvalidArgumentException', `ShardIteratorType '${type}' is not known.`);
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString());
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
