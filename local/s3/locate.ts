import type { Caller } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { versionContext, type Context, type Guard } from './guard.ts';
import type { ObjectVersion } from './object-version.ts';
import { invalidArgument, markerRefuses, noSuchKey, noSuchVersion } from './s3-error.ts';

/** An object, or one version of it. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  /** @default - the current version */
  readonly versionId?: string | undefined;
}

/** How an operation is called where it is for the current version, and where a version is named. */
export interface Actions {
  readonly current: string;
  readonly version: string;
  /** The HTTP method, for the words of a refusal. */
  readonly method: string;
  /** Condition keys of the operation's own. @default - none */
  readonly context?: Context | undefined;
}

export interface Located {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
}

const stamp = (time: number): string => new Date(time).toUTCString();

/** An id that this bucket cannot have given is refused before it is looked for. @throws S3Error InvalidArgument */
export function checkVersionId(bucket: Bucket, versionId: string | undefined): void {
  if (versionId === undefined) return;
  if (versionId === '') throw invalidArgument('Version id cannot be the empty string', 'versionId', '');
  if (!bucket.isVersionId(versionId)) throw invalidArgument('Invalid version id specified', 'versionId', versionId);
}

/**
 * Finds the version that a request is for, once the caller may. Who may not list is not told that an object is missing.
 *
 * @throws ServiceError AccessDenied
 * @throws S3Error NoSuchKey, NoSuchVersion, MethodNotAllowed on a delete marker, InvalidArgument for an id that never was
 */
export function locate(
  guard: Guard,
  caller: Caller,
  bucket: Bucket,
  place: Omit<ObjectPlace, 'bucket'>,
  actions: Actions,
): Located {
  const { key, versionId } = place;
  const version = versionId === undefined ? bucket.current(key) : bucket.version(key, versionId);
  const context = { ...versionContext(versionId, version), ...actions.context };
  guard.object(caller, versionId === undefined ? actions.current : actions.version, bucket, key, context);
  checkVersionId(bucket, versionId);
  if (version?.deleteMarker === false) return { bucket, version };
  guard.bucket(caller, 's3:ListBucket', bucket);
  if (version === undefined) {
    if (versionId === undefined) throw noSuchKey(key);
    throw noSuchVersion(key, versionId);
  }
  const headers = { 'x-amz-version-id': version.versionId };
  const reading = actions.current === 's3:GetObject';
  if (versionId === undefined && reading) throw noSuchKey(key, { 'x-amz-delete-marker': 'true', ...headers });
  throw markerRefuses(actions.method, { ...headers, ...(reading ? { 'last-modified': stamp(version.lastModified) } : {}) });
}
