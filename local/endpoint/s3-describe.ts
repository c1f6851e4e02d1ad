import { checksumOf, DEFAULT_ALGORITHM, type Checksum, type Located, type ObjectVersion } from '../s3/index.ts';
import { encodeWord } from './encoded-word.ts';
import { httpTime, present, type S3Call } from './s3-call.ts';

/** The checksum of a version; one that came without has S3's own. */
export function checksumFor({ checksum, file, size, etag }: ObjectVersion): Checksum | undefined {
  if (checksum !== undefined) return checksum;
  if (etag.includes('-')) return undefined;
  return {
    algorithm: DEFAULT_ALGORITHM,
    type: 'FULL_OBJECT',
    value: checksumOf(DEFAULT_ALGORITHM, [{ file, start: 0, end: size }]),
  };
}

export const checksumHeaders = (checksum: Checksum | undefined): Record<string, string> =>
  checksum === undefined
    ? {}
    : { [`x-amz-checksum-${checksum.algorithm.toLowerCase()}`]: checksum.value, 'x-amz-checksum-type': checksum.type };

/** A checksum as members of an answer's document. */
export const checksumElements = (checksum: Checksum | undefined): object =>
  checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };

export function encryptionHeaders({ encryption }: Pick<ObjectVersion, 'encryption'>): Record<string, string> {
  if (encryption === undefined) return { 'x-amz-server-side-encryption': 'AES256' };
  return present({
    'x-amz-server-side-encryption': encryption.algorithm,
    'x-amz-server-side-encryption-aws-kms-key-id': encryption.kmsKeyArn,
    'x-amz-server-side-encryption-bucket-key-enabled': encryption.bucketKey ? 'true' : undefined,
  });
}

export const versionHeader = ({ bucket, version }: Located): Record<string, string> =>
  bucket.tellsVersions ? { 'x-amz-version-id': version.versionId } : {};

/** The version that a copy was made of; one named null is not told. */
export const copySourceHeader = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': versionId };

function restoreHeader({ restore }: ObjectVersion, now: number): string | undefined {
  if (restore === undefined) return undefined;
  return restore.ready > now ? 'ongoing-request="true"' : `ongoing-request="false", expiry-date="${httpTime(restore.expires)}"`;
}

export function expirationHeader({ bucket, version }: Located): Record<string, string> {
  const expiration = bucket.current(version.key) === version ? bucket.expiration(version) : undefined;
  if (expiration === undefined) return {};
  return { 'x-amz-expiration': `expiry-date="${httpTime(expiration.time)}", rule-id="${encodeURIComponent(expiration.ruleId)}"` };
}

/** What is told of a lock and of tags to those alone who may see them. */
function guardedHeaders({ s3, caller }: S3Call, located: Located): Record<string, string> {
  const { retention, legalHold, tags } = located.version;
  const may = (action: string): boolean => s3.reads.may(caller, action, located);
  const count = Object.keys(tags ?? {}).length;
  const retained = retention !== undefined && may('s3:GetObjectRetention') ? retention : undefined;
  return present({
    'x-amz-object-lock-mode': retained?.mode,
    'x-amz-object-lock-retain-until-date': retained === undefined ? undefined : new Date(retained.until).toISOString(),
    'x-amz-object-lock-legal-hold':
      legalHold !== undefined && may('s3:GetObjectLegalHold') ? (legalHold ? 'ON' : 'OFF') : undefined,
    'x-amz-tagging-count': count > 0 && may('s3:GetObjectTagging') ? String(count) : undefined,
  });
}

/** The headers of a read, but for those that depend on the range. */
export function described(call: S3Call, located: Located): Record<string, string> {
  const { version } = located;
  return {
    etag: `"${version.etag}"`,
    'content-type': version.contentType,
    'last-modified': httpTime(version.lastModified),
    'accept-ranges': 'bytes',
    ...version.headers,
    ...present({
      'x-amz-storage-class': version.storageClass === 'STANDARD' ? undefined : version.storageClass,
      'x-amz-restore': restoreHeader(version, call.s3.now()),
    }),
    ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [`x-amz-meta-${name}`, encodeWord(value)])),
    ...versionHeader(located),
    ...encryptionHeaders(version),
    ...expirationHeader(located),
    ...guardedHeaders(call, located),
  };
}
