import type { Bucket } from './bucket.ts';
import { compareKeys } from './key-index.ts';
import { commonPrefixOf, MOST_KEYS } from './list-page.ts';
import type { ObjectVersion } from './object-version.ts';
import { invalidArgument } from './s3-error.ts';

export interface VersionsQuery {
  readonly prefix: string;
  /** @default - no common prefixes */
  readonly delimiter?: string | undefined;
  /** At most 1,000 count. */
  readonly maxKeys: number;
  /** The key after which to begin; with a version, the key whose older versions come first. */
  readonly keyMarker?: string | undefined;
  readonly versionIdMarker?: string | undefined;
}

/** A version among its key's. */
export interface ListedVersion {
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

/** A page of ListObjectVersions. */
export interface VersionsPage {
  /** By key, and newest first; delete markers among them. */
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  readonly maxKeys: number;
  /** Where the next page begins; undefined on the last. */
  readonly next: { readonly key: string; readonly versionId: string | undefined } | undefined;
}

/** Versions of a key that a page may still hold: all, or those older than the marker. */
function after(bucket: Bucket, key: string, { keyMarker, versionIdMarker }: VersionsQuery): readonly ObjectVersion[] {
  if (key !== keyMarker || versionIdMarker === undefined || versionIdMarker === '') return bucket.versions(key);
  return bucket.olderVersions(key, versionIdMarker);
}

/** One page of a bucket's versions, current and not. @throws S3Error InvalidArgument */
export function listVersions(bucket: Bucket, query: VersionsQuery): VersionsPage {
  const { prefix, keyMarker = '', versionIdMarker = '' } = query;
  if (versionIdMarker !== '' && keyMarker === '') {
    throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', versionIdMarker);
  }
  const maxKeys = Math.min(query.maxKeys, MOST_KEYS);
  const { keys, start, end, index } = bucket.list(prefix);
  const folded = commonPrefixOf(keyMarker, query);
  const resumed =
    folded === undefined
      ? index.first((key) => compareKeys(key, keyMarker) > (versionIdMarker === '' ? 0 : -1))
      : index.range(folded).end;
  const versions: ListedVersion[] = [];
  const commonPrefixes: string[] = [];
  let last: VersionsPage['next'];
  const page = (next: VersionsPage['next']): VersionsPage => ({ versions, commonPrefixes, maxKeys, next });
  if (maxKeys === 0) return page(undefined);
  for (let at = Math.max(start, keyMarker === '' ? 0 : resumed); at < end;) {
    const key = keys[at] ?? '';
    const common = commonPrefixOf(key, query);
    if (common !== undefined) {
      if (versions.length + commonPrefixes.length >= maxKeys) return page(last);
      commonPrefixes.push(common);
      last = { key: common, versionId: undefined };
      at = index.first((other) => !other.startsWith(common), at);
      continue;
    }
    const current = bucket.current(key);
    for (const version of after(bucket, key, query)) {
      if (versions.length + commonPrefixes.length >= maxKeys) return page(last);
      versions.push({ version, isLatest: version === current });
      last = { key, versionId: version.versionId };
    }
    at++;
  }
  return page(undefined);
}
