import { ServiceError } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { compareKeys } from './key-index.ts';
import type { ObjectVersion } from './object-version.ts';

/** The most that one page holds. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const MOST_KEYS = 1000;

export interface ListQuery {
  readonly prefix: string;
  /** @default - no common prefixes */
  readonly delimiter?: string | undefined;
  /** At most 1,000 count. */
  readonly maxKeys: number;
  readonly continuationToken?: string | undefined;
  readonly startAfter?: string | undefined;
}

/** A page of ListObjectsV2. */
export interface ListPage {
  readonly objects: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  readonly maxKeys: number;
  readonly nextToken: string | undefined;
}

/** A token holds the last thing listed: after a key comes the next key, after a common prefix the first key without it. */
const tokenOf = (last: string, isPrefix: boolean): string => Buffer.from(`${isPrefix ? 'p' : 'k'}${last}`).toString('base64url');

function resume(bucket: Bucket, { continuationToken, startAfter = '' }: ListQuery): number {
  const { index } = bucket.list('');
  const token = continuationToken === undefined ? `k${startAfter}` : Buffer.from(continuationToken, 'base64url').toString();
  const last = token.slice(1);
  if (token.startsWith('p')) return index.range(last).end;
  if (!token.startsWith('k')) throw new ServiceError('InvalidArgument', 'The continuation token provided is incorrect');
  return last === '' ? 0 : index.first((key) => compareKeys(key, last) > 0);
}

/** One page of a bucket's current objects and, with a delimiter, of what their keys share up to it. @throws ServiceError InvalidArgument */
export function listPage(bucket: Bucket, query: ListQuery): ListPage {
  const { prefix, delimiter = '' } = query;
  if (!Number.isInteger(query.maxKeys) || query.maxKeys < 0)
    throw new ServiceError('InvalidArgument', "'max-keys' must be a number from 0");
  const maxKeys = Math.min(query.maxKeys, MOST_KEYS);
  const { keys, start, end, index } = bucket.list(prefix);
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let token: string | undefined;
  for (let at = Math.max(start, resume(bucket, query)); at < end;) {
    const key = keys[at] ?? '';
    const version = bucket.get(key);
    if (version === undefined) {
      at++;
      continue;
    }
    if (objects.length + commonPrefixes.length >= maxKeys) {
      return { objects, commonPrefixes, maxKeys, nextToken: token };
    }
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      objects.push(version);
      token = tokenOf(key, false);
      at++;
    } else {
      const common = key.slice(0, cut + delimiter.length);
      commonPrefixes.push(common);
      token = tokenOf(common, true);
      at = index.first((other) => !other.startsWith(common), at);
    }
  }
  return { objects, commonPrefixes, maxKeys, nextToken: undefined };
}
