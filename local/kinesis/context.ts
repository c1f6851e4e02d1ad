import type { Measure } from '../cloudwatch/metric.ts';
import type { Faults } from '../faults/faults.ts';
import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { Shard } from './shard.ts';
import type { Stream } from './stream.ts';

/** What an operation on a stream knows beside its input. */
export interface Context {
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  readonly faults: Faults | undefined;
  readonly measure: Measure;
}

/** An operation on one stream, after it was authorized. */
export type StreamOperation = (stream: Stream, input: Members, context: Context) => object;

/** Members by which every operation on a stream names it. */
export const STREAM_NAMES = ['StreamName', 'StreamARN'] as const;

/** The account of a stream: messages name it. */
export function accountOf({ settings }: Stream): string {
  return settings.arn.split(':')[4] ?? '';
}

/** A shard that a request names. @throws ServiceError ResourceNotFoundException */
export function shardNamed(stream: Stream, id: string): Shard {
  const shard = stream.shard(id);
  if (shard !== undefined) return shard;
  throw new ServiceError(
    'ResourceNotFoundException',
    `Shard ${id} in stream ${stream.settings.name} under account ${accountOf(stream)} does not exist`,
  );
}

/** @throws ServiceError ValidationException for a stream whose shards AWS manages */
export function refuseOnDemand(stream: Stream, operation: string): void {
  if (stream.mode === 'PROVISIONED') return;
  throw new ServiceError('ValidationException', `${operation} is only supported for streams with the provisioned capacity mode.`);
}

export function invalidArgument(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message);
}
