import type { Members } from '../../input.ts';
import { constraint, invalid } from '../errors.ts';
import { checkLength } from '../request.ts';

/** Lengths of a shard's name and of a stream's ARN. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ShardFilter.html */
const SHARD_LENGTHS = [65, 28] as const;
const ARN_LENGTHS = [1024, 37] as const;

/** Whether children of a shard are asked for. @throws ServiceError ValidationException */
export function asksChildren(input: Members): boolean {
  const filter = input.optionalObject('ShardFilter')?.only(['ShardId', 'Type']);
  if (filter === undefined) return false;
  const [shard, type] = [filter.optionalText('ShardId'), filter.optionalText('Type')];
  if (shard === undefined) throw constraint(undefined, 'shardFilter.shardId', 'Member must not be null');
  if (type === undefined) throw constraint(undefined, 'shardFilter.type', 'Member must not be null');
  checkLength(shard, 'shardFilter.shardId', ...SHARD_LENGTHS);
  if (type !== 'CHILD_SHARDS') throw constraint(type, 'shardFilter.type', 'Member must satisfy enum value set: [CHILD_SHARDS]');
  return true;
}

/** @throws ServiceError ValidationException for what is no ARN of a stream's */
export function checkArn(arn: string, member: string): string {
  checkLength(arn, member, ...ARN_LENGTHS);
  if (!arn.startsWith('arn:')) throw invalid(`Invalid ${member.charAt(0).toUpperCase()}${member.slice(1)}: it is no ARN`);
  return arn;
}

/** @throws ServiceError ValidationException */
export function limitOf(input: Members, most: number): number {
  const limit = input.optionalNumber('Limit') ?? most;
  if (limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  if (limit > most) throw constraint(limit, 'limit', `Member must have value less than or equal to ${most}`);
  return limit;
}
