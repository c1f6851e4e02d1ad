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
  /** As ListObjects resumes: a common prefix passes over all that it stands for. */
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

/** A token holds the last thing listed: after a key comes the next key, after a common prefix the first key without it. */
const tokenOf = ({ text, isPrefix }: { readonly text: string; readonly isPrefix: boolean }): string =>
  Buffer.from(`${isPrefix ? 'p' : 'k'}${text}`).toString('base64url');

function resume(bucket: Bucket, { continuationToken, startAfter = '', marker = '', delimiter = '', prefix }: ListQuery): number {
  const { index } = bucket.list('');
  if (marker !== '') {
    const folded = delimiter !== '' && marker.startsWith(prefix) && marker.endsWith(delimiter);
    return folded ? index.range(marker).end : index.first((key) => compareKeys(key, marker) > 0);
  }
  const token = continuationToken === undefined ? `k${startAfter}` : Buffer.from(continuationToken, 'base64url').toString();
  const last = token.slice(1);
  if (token.startsWith('p')) return index.range(last).end;
  if (!token.startsWith('k')) throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  return last === '' ? 0 : index.first((key) => compareKeys(key, last) > 0);
}

/** One page of a bucket's current objects and, with a delimiter, of what their keys share up to it. @throws ServiceError InvalidArgument */
export function listPage(bucket: Bucket, query: ListQuery): ListPage {
  const { prefix, delimiter = '' } = query;
  const maxKeys = Math.min(query.maxKeys, MOST_KEYS);
  const { keys, start, end, index } = bucket.list(prefix);
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
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      objects.push(version);
      last = { text: key, isPrefix: false };
      at++;
    } else {
      const common = key.slice(0, cut + delimiter.length);
      commonPrefixes.push(common);
      last = { text: common, isPrefix: true };
      at = index.first((other) => !other.startsWith(common), at);
    }
  }
  return { objects, commonPrefixes, maxKeys, nextToken: undefined, nextMarker: undefined };
}
