import { invalidArgument, listPage, listVersions, restoreStatusOf, type Bucket, type ObjectVersion } from '../s3/index.ts';
import { isoTime, ownerOf, xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { encodeUri, type WireResponse } from './wire.ts';

type Parameters = S3Call['parameters'];

/** What one page of any listing holds at most. */
const MOST_LISTED = 1000;
/** Buckets of one answer. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
const MOST_BUCKETS = 10_000;
/** What tokens of ListBuckets begin with, decoded. */
const TOKEN = 'after ';

/** How many things a page may hold. @throws S3Error InvalidArgument */
export function pageSize(parameters: Parameters, name: string): number {
  const text = parameters.get(name);
  if (text === undefined || text === '') return MOST_LISTED;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) {
    throw invalidArgument(
      text.startsWith('-')
        ? `Argument ${name} must be an integer between 0 and 2147483647`
        : `Provided ${name} not an integer or within integer range`,
      name,
      text,
    );
  }
  return Math.min(Number(text), MOST_LISTED);
}

/** How keys are written in a listing: as they are, or percent-encoded where the client asks for it. @throws S3Error InvalidArgument */
export function shownKey(parameters: Parameters): (text: string | undefined) => string | undefined {
  const encoding = parameters.get('encoding-type');
  if (encoding !== undefined && encoding !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  }
  return (text) => (encoding === undefined || text === undefined ? text : encodeUri(text).replaceAll('%2F', '/'));
}

/** A parameter that says nothing is not repeated. */
export const told = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function restoreStatus(version: ObjectVersion, now: number): object | undefined {
  const status = restoreStatusOf(version, now);
  if (status === undefined) return undefined;
  if (status.expires === undefined) return { IsRestoreInProgress: true };
  return { IsRestoreInProgress: false, RestoreExpiryDate: isoTime(status.expires) };
}

/** An object as listings tell of it. */
function contentOf({ s3, header }: S3Call, version: ObjectVersion, shown: (text: string) => string | undefined): object {
  const { checksum } = version;
  const wantsRestore = header('x-amz-optional-object-attributes')?.split(',').includes('RestoreStatus') === true;
  return {
    Key: shown(version.key),
    LastModified: isoTime(version.lastModified),
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: checksum?.algorithm,
    ChecksumType: checksum?.type,
    Size: version.size,
    StorageClass: version.storageClass,
    RestoreStatus: wantsRestore ? restoreStatus(version, s3.now()) : undefined,
  };
}

export const prefixesOf = (prefixes: readonly string[], shown: (text: string) => string | undefined): object[] =>
  prefixes.map((prefix) => ({ Prefix: shown(prefix) }));

/** The bucket of a listing, which the caller may list so. */
function bucketOf({ s3, caller, bucket, parameters }: S3Call, action?: 's3:ListBucketVersions'): Bucket {
  const [prefix, delimiter, maxKeys] = ['prefix', 'delimiter', 'max-keys'].map((name) => parameters.get(name));
  return s3.bucketToList(caller, bucket, { prefix, delimiter, maxKeys }, action);
}

function listObjectsV2(call: S3Call): WireResponse {
  const { parameters } = call;
  const bucket = bucketOf(call);
  const type = parameters.get('list-type') ?? '';
  if (type !== '2') throw invalidArgument('Invalid List Type specified in Request', 'list-type', type);
  const shown = shownKey(parameters);
  const [prefix = '', delimiter, continuationToken, startAfter] = [
    'prefix',
    'delimiter',
    'continuation-token',
    'start-after',
  ].map((name) => parameters.get(name));
  const maxKeys = pageSize(parameters, 'max-keys');
  const page = listPage(bucket, { prefix, delimiter, maxKeys, continuationToken, startAfter });
  const owned = parameters.get('fetch-owner') === 'true' ? { Owner: ownerOf(bucket.settings, call.caller) } : {};
  return xmlAnswer('ListBucketResult', {
    Name: call.bucket,
    Prefix: shown(prefix),
    Delimiter: shown(told(delimiter)),
    StartAfter: continuationToken === undefined ? shown(told(startAfter)) : undefined,
    EncodingType: parameters.get('encoding-type'),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    MaxKeys: page.maxKeys,
    IsTruncated: page.nextToken !== undefined,
    ContinuationToken: continuationToken,
    NextContinuationToken: page.nextToken,
    Contents: page.objects.map((object) => ({ ...contentOf(call, object, shown), ...owned })),
    CommonPrefixes: prefixesOf(page.commonPrefixes, shown),
  });
}

function listObjects(call: S3Call): WireResponse {
  const { parameters } = call;
  const bucket = bucketOf(call);
  const shown = shownKey(parameters);
  const [prefix = '', delimiter, marker = ''] = ['prefix', 'delimiter', 'marker'].map((name) => parameters.get(name));
  const page = listPage(bucket, { prefix, delimiter, maxKeys: pageSize(parameters, 'max-keys'), marker });
  const Owner = ownerOf(bucket.settings, call.caller);
  return xmlAnswer('ListBucketResult', {
    Name: call.bucket,
    Prefix: shown(prefix),
    Marker: shown(marker),
    NextMarker: told(delimiter) === undefined ? undefined : shown(page.nextMarker), // without a delimiter the last key is the marker
    Delimiter: shown(told(delimiter)),
    EncodingType: parameters.get('encoding-type'),
    MaxKeys: page.maxKeys,
    IsTruncated: page.nextToken !== undefined,
    Contents: page.objects.map((object) => ({ ...contentOf(call, object, shown), Owner })),
    CommonPrefixes: prefixesOf(page.commonPrefixes, shown),
  });
}

function listObjectVersions(call: S3Call): WireResponse {
  const { parameters } = call;
  const bucket = bucketOf(call, 's3:ListBucketVersions');
  const shown = shownKey(parameters);
  const [prefix = '', delimiter, keyMarker = '', versionIdMarker = ''] = [
    'prefix',
    'delimiter',
    'key-marker',
    'version-id-marker',
  ].map((name) => parameters.get(name));
  const maxKeys = pageSize(parameters, 'max-keys');
  const page = listVersions(bucket, { prefix, delimiter, maxKeys, keyMarker, versionIdMarker });
  const Owner = ownerOf(bucket.settings, call.caller);
  const common = ({ version, isLatest }: (typeof page.versions)[number]): object => ({
    VersionId: version.versionId,
    IsLatest: isLatest,
    Owner,
  });
  return xmlAnswer('ListVersionsResult', {
    Name: call.bucket,
    Prefix: shown(prefix),
    KeyMarker: shown(keyMarker),
    VersionIdMarker: versionIdMarker,
    NextKeyMarker: shown(page.next?.key),
    NextVersionIdMarker: page.next?.versionId,
    Delimiter: shown(told(delimiter)),
    EncodingType: parameters.get('encoding-type'),
    MaxKeys: page.maxKeys,
    IsTruncated: page.next !== undefined,
    Version: page.versions
      .filter(({ version }) => !version.deleteMarker)
      .map((listed) => ({ ...contentOf(call, listed.version, shown), ...common(listed) })),
    DeleteMarker: page.versions
      .filter(({ version }) => version.deleteMarker)
      .map((listed) => ({
        Key: shown(listed.version.key),
        LastModified: isoTime(listed.version.lastModified),
        ...common(listed),
      })),
    CommonPrefixes: prefixesOf(page.commonPrefixes, shown),
  });
}

/** @throws S3Error InvalidArgument */
function mostBuckets(parameters: Parameters): number {
  const text = parameters.get('max-buckets');
  if (text === undefined) return MOST_BUCKETS;
  const most = Number(text);
  if (!/^-?\d{1,10}$/.test(text) || Math.abs(most) > 2_147_483_647)
    throw invalidArgument('Provided max-buckets not an integer or within integer range', 'max-buckets', text);
  if (most < 1 || most > MOST_BUCKETS)
    throw invalidArgument(`Argument max-buckets must be an integer between 1 and ${MOST_BUCKETS}`, 'max-buckets', text);
  return most;
}

/** The name after which a page of buckets begins. @throws S3Error InvalidArgument for a token that no answer gave */
function bucketsAfter(parameters: Parameters): string {
  const token = parameters.get('continuation-token');
  if (token === undefined || token === '') return '';
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(TOKEN)) throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  return text.slice(TOKEN.length);
}

function listBuckets(call: S3Call): WireResponse {
  const { s3, caller, parameters } = call;
  const prefix = parameters.get('prefix') ?? '';
  const region = parameters.get('bucket-region');
  const after = bucketsAfter(parameters);
  const most = mostBuckets(parameters);
  const all = s3
    .listBuckets(caller)
    .filter(
      ({ settings }) =>
        settings.name.startsWith(prefix) && settings.name > after && (region ?? settings.region) === settings.region,
    );
  const page = all.slice(0, most);
  const last = page.length < all.length ? page.at(-1) : undefined;
  return xmlAnswer('ListAllMyBucketsResult', {
    Owner: ownerOf({}, caller),
    Buckets: {
      Bucket: page.map(({ settings, created }) => ({
        Name: settings.name,
        CreationDate: isoTime(created),
        BucketRegion: settings.region,
        BucketArn: settings.arn,
      })),
    },
    Prefix: parameters.get('prefix'),
    ContinuationToken: last === undefined ? undefined : Buffer.from(`${TOKEN}${last.settings.name}`).toString('base64url'),
  });
}

const PAGED = ['delimiter', 'encoding-type', 'max-keys', 'prefix'] as const;
const headers = ['x-amz-optional-object-attributes'] as const;

/** Listings of buckets and of what is in them. */
export const LIST_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  ListBuckets: { parameters: ['bucket-region', 'continuation-token', 'max-buckets', 'prefix'], headers: [], answer: listBuckets },
  ListObjects: { parameters: [...PAGED, 'marker'], headers, answer: listObjects },
  ListObjectsV2: {
    parameters: [...PAGED, 'list-type', 'continuation-token', 'fetch-owner', 'start-after'],
    headers,
    answer: listObjectsV2,
  },
  ListObjectVersions: {
    parameters: [...PAGED, 'versions', 'key-marker', 'version-id-marker'],
    headers,
    answer: listObjectVersions,
  },
};
