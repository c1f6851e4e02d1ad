import type { Bucket } from './bucket.ts';
import { compareKeys } from './key-index.ts';
import type { ObjectVersion } from './object-version.ts';
import { invalidArgument } from './s3-error.ts';

/** The most that one page holds. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const MOST_KEYS = 1000;

export interface ListQuery {
  readonly prefix: string;
  /** @default - no common prefixes */
  readonly delimiter?: string | undefined;
  /** At most 1,000 count. */
  readonly maxKeys: number;
  readonly continuationToken?: string | undefined;
  readonly startAfter?: string | undefined;
  /** As ListObjects resumes: what a common prefix stands for is passed over with any key of it. */
  readonly marker?: string | undefined;
}

/** A page of ListObjectsV2 or ListObjects. */
export interface ListPage {
  readonly objects: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  readonly maxKeys: number;
  readonly nextToken: string | undefined;
  /** The last key or common prefix of a page that others follow. */
  readonly nextMarker: string | undefined;
}

/** What a listing folds a key into; undefined where the key stands for itself. */
export function commonPrefixOf(
  key: string,
  { prefix, delimiter = '' }: Pick<ListQuery, 'prefix' | 'delimiter'>,
): string | undefined {
  const cut = delimiter === '' || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length);
  return cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
}

/** A token holds the last thing listed: after a key comes the next key, after a common prefix the first key without it. */
const tokenOf = ({ text, isPrefix }: { readonly text: string; readonly isPrefix: boolean }): string =>
  Buffer.from(`${isPrefix ? 'p' : 'k'}${text}`).toString('base64url');

function resume(bucket: Bucket, query: ListQuery): number {
  const { continuationToken, startAfter = '', marker = '' } = query;
  const { index } = bucket.list('');
  if (marker !== '') {
    const folded = commonPrefixOf(marker, query);
    return folded === undefined ? index.first((key) => compareKeys(key, marker) > 0) : index.range(folded).end;
  }
  const token = continuationToken === undefined ? `k${startAfter}` : Buffer.from(continuationToken, 'base64url').toString();
  const last = token.slice(1);
  if (token.startsWith('p')) return index.range(last).end;
  if (!token.startsWith('k')) throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  return last === '' ? 0 : index.first((key) => compareKeys(key, last) > 0);
}

/** One page of a bucket's current objects and, with a delimiter, of what their keys share up to it. @throws ServiceError InvalidArgument */
export function listPage(bucket: Bucket, query: ListQuery): ListPage {
  const maxKeys = Math.min(query.maxKeys, MOST_KEYS);
  const { keys, start, end, index } = bucket.list(query.prefix);
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let last = { text: '', isPrefix: false };
  for (let at = Math.max(start, resume(bucket, query)); at < end;) {
    const key = keys[at] ?? '';
    const version = bucket.get(key);
    if (version === undefined) {
      at++;
      continue;
    }
    if (objects.length + commonPrefixes.length >= maxKeys) {
      if (maxKeys === 0) break;
      return { objects, commonPrefixes, maxKeys, nextToken: tokenOf(last), nextMarker: last.text };
    }
    const common = commonPrefixOf(key, query);
    if (common === undefined) {
      objects.push(version);
      last = { text: key, isPrefix: false };
      at++;
    } else {
      commonPrefixes.push(common);
      last = { text: common, isPrefix: true };
      at = index.first((other) => !other.startsWith(common), at);
    }
  }
  return { objects, commonPrefixes, maxKeys, nextToken: undefined, nextMarker: undefined };
}
