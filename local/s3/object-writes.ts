import type { SimulatedClock } from '../clock.ts';
import type { Caller } from '../service.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { checksumOf, type Checksum, type ChecksumAlgorithm } from './checksum.ts';
import { wholeFile, type Content } from './content.ts';
import { versionContext, type Guard } from './guard.ts';
import { checkVersionId, locate, type Located, type ObjectPlace } from './locate.ts';
import type { PutOptions } from './new-bucket.ts';
import { lockOf, protectedByLock } from './object-lock.ts';
import { isReadable, type ObjectVersion } from './object-version.ts';
import { invalidArgument, invalidObjectState, invalidRequest, markerRefuses, noSuchKey, preconditionFailed } from './s3-error.ts';
import { admitWrite, bareEtag, checkCondition } from './write-rules.ts';

/** Bytes that one copy moves; more go in parts. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const MOST_COPIED = 5 * 1024 ** 3;

/** What a copy takes from its source and what the request says itself. */
export interface CopyOptions extends PutOptions {
  /** Whether the request's metadata stands, and not the source's. */
  readonly replaceMetadata: boolean;
  /** Whether the request's tags stand, and not the source's. */
  readonly replaceTags: boolean;
  /** By what the copy's checksum is made. @default - the source's algorithm */
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  /** Looks at the source, once the caller may read it; what it throws refuses the copy. */
  readonly checkSource?: (source: ObjectVersion) => void;
}

export interface DeleteOptions {
  /** The ETag of what is deleted, or `*`. @default - whatever is there */
  readonly ifMatch?: string | undefined;
  /** Whether the caller asks to pass over governance mode; a bucket without locks refuses both answers. @default - nothing is said of it, and the lock holds */
  readonly bypassGovernance?: boolean | undefined;
}

/** What a deletion did. */
export interface Deleted {
  /** The delete marker that was put on top, or the version that is gone; undefined where there was nothing to tell of. */
  readonly version: ObjectVersion | undefined;
  readonly marked: boolean;
}

/** Writes and deletions of objects. */
export class ObjectWrites {
  constructor(
    private readonly buckets: Buckets,
    private readonly guard: Guard,
    private readonly clock: SimulatedClock,
  ) {}

  /** @throws ServiceError AccessDenied, NoSuchBucket, PreconditionFailed, and what S3 refuses in the form of a write */
  put(caller: Caller, place: ObjectPlace, content: Content, options: PutOptions = {}): ObjectVersion {
    const { key } = place;
    const bucket = this.buckets.get(place.bucket);
    const context = { 's3:ObjectCreationOperation': 'true' };
    const attributes = admitWrite(this.guard, { caller, bucket, key, options, now: this.clock.now(), context });
    this.admitMatch(caller, bucket, key, options);
    checkCondition(bucket, key, options);
    const by = { creation: 'PutObject', requester: caller } as const;
    return bucket.put(key, content, { ...attributes, checksum: options.checksum }, by);
  }

  /** @throws ServiceError AccessDenied, NoSuchKey, NoSuchVersion, PreconditionFailed, InvalidRequest, InvalidObjectState */
  copy(caller: Caller, from: ObjectPlace, to: ObjectPlace, options: CopyOptions): { source: Located; version: ObjectVersion } {
    const source = this.source(caller, from);
    const { version: original } = source;
    options.checkSource?.(original);
    const bucket = this.buckets.get(to.bucket);
    const merged = this.merge(caller, source, options, from.versionId);
    const attributes = admitWrite(this.guard, {
      caller,
      bucket,
      key: to.key,
      options: merged,
      now: this.clock.now(),
      context: {
        's3:ObjectCreationOperation': 'true',
        's3:x-amz-copy-source': `${from.bucket}/${from.key}`,
        's3:x-amz-metadata-directive': options.replaceMetadata ? 'REPLACE' : 'COPY',
      },
    });
    this.admitMatch(caller, bucket, to.key, options);
    checkCondition(bucket, to.key, options);
    if (original.size > MOST_COPIED)
      throw invalidRequest(
        `The specified copy source is larger than the maximum allowable size for a copy source: ${MOST_COPIED}`,
      );
    const same = from.bucket === to.bucket && from.key === to.key && from.versionId === undefined;
    if (same && changesNothing(original, options, bucket)) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    const checksum = checksumOfCopy(original, options.checksumAlgorithm);
    const by = { creation: 'CopyObject', requester: caller } as const;
    return { source, version: bucket.put(to.key, [wholeFile(original)], { ...attributes, checksum }, by) };
  }

  /** The source of a copy, whose bytes the caller may read. */
  source(caller: Caller, from: ObjectPlace): Located {
    const found = this.buckets.get(from.bucket);
    if (from.versionId !== undefined && found.version(from.key, from.versionId)?.deleteMarker === true) {
      throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.');
    }
    const actions = { current: 's3:GetObject', version: 's3:GetObjectVersion', method: 'GET' };
    const source = locate(this.guard, caller, found, from, actions);
    if (!isReadable(source.version, this.clock.now())) throw invalidObjectState(source.version.storageClass);
    this.guard.key(caller, 'kms:Decrypt', { bucket: source.bucket, key: from.key, encryption: source.version.encryption });
    return source;
  }

  /**
   * Deletes the current version, or puts a marker on it; deletes a version for good where one is named.
   *
   * @throws ServiceError AccessDenied, by Object Lock too; NoSuchBucket, InvalidArgument, PreconditionFailed, NoSuchKey
   */
  delete(caller: Caller, { bucket: name, key, versionId }: ObjectPlace, options: DeleteOptions = {}): Deleted {
    const bucket = this.buckets.get(name);
    const target = versionId === undefined ? bucket.current(key) : bucket.version(key, versionId);
    const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    this.guard.object(caller, action, bucket, key, {
      ...versionContext(versionId, target),
      ...(options.ifMatch === undefined ? {} : { 's3:if-match': options.ifMatch }),
    });
    this.checkBypass(bucket, options);
    checkVersionId(bucket, versionId);
    checkDeleteMatch(key, target, options.ifMatch);
    if (versionId === undefined) {
      const marker = bucket.delete(key, caller);
      return { version: marker, marked: marker !== undefined };
    }
    if (target !== undefined) this.checkLock(caller, bucket, target, options);
    return { version: bucket.deleteVersion(key, versionId, caller), marked: false };
  }

  /** Who compares an ETag learns something of the object that is there. */
  private admitMatch(caller: Caller, bucket: Bucket, key: string, { ifMatch }: PutOptions): void {
    if (ifMatch !== undefined) this.guard.object(caller, 's3:GetObject', bucket, key);
  }

  private checkBypass({ configuration }: Bucket, { bypassGovernance }: DeleteOptions): void {
    if (bypassGovernance === undefined || configuration.objectLock !== undefined) return;
    const name = 'x-amz-bypass-governance-retention';
    throw invalidArgument(`${name} is only applicable to Object Lock enabled buckets.`, name);
  }

  private checkLock(caller: Caller, bucket: Bucket, version: ObjectVersion, { bypassGovernance = false }: DeleteOptions): void {
    const lock = lockOf(version, this.clock.now());
    if (lock === 'free') return;
    if (lock === 'held' || !bypassGovernance) throw protectedByLock();
    this.guard.object(caller, 's3:BypassGovernanceRetention', bucket, version.key);
  }

  /** A copy's own words, completed by what it takes from its source. */
  private merge(caller: Caller, { bucket, version }: Located, options: CopyOptions, versionId: string | undefined): PutOptions {
    const described = options.replaceMetadata
      ? {}
      : { contentType: version.contentType, metadata: version.metadata, headers: version.headers };
    if (options.replaceTags || version.tags === undefined || Object.keys(version.tags).length === 0) {
      return { ...options, ...described, tags: options.replaceTags ? options.tags : undefined };
    }
    const action = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
    this.guard.object(caller, action, bucket, version.key);
    return { ...options, ...described, tags: version.tags };
  }
}

function checksumOfCopy(original: ObjectVersion, algorithm: ChecksumAlgorithm | undefined): Checksum | undefined {
  const { checksum } = original;
  const wanted = algorithm ?? checksum?.algorithm;
  if (wanted === undefined || (wanted === checksum?.algorithm && checksum.type === 'FULL_OBJECT')) return checksum;
  return { algorithm: wanted, type: 'FULL_OBJECT', value: checksumOf(wanted, [wholeFile(original)]) };
}

/** Whether a copy onto itself says nothing that could differ: a storage class that is named counts, even the same one, and a key makes new bytes. */
const changesNothing = (
  original: ObjectVersion,
  { replaceMetadata, storageClass, sse, headers }: CopyOptions,
  { settings }: Bucket,
): boolean =>
  !replaceMetadata &&
  storageClass === undefined &&
  sse?.algorithm === undefined &&
  original.encryption === undefined &&
  settings.sseAlgorithm === undefined &&
  settings.kmsKeyArn === undefined &&
  headers?.['x-amz-website-redirect-location'] === undefined;

/** @throws S3Error PreconditionFailed, NoSuchKey */
function checkDeleteMatch(key: string, target: ObjectVersion | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  if (target === undefined) throw noSuchKey(key);
  if (target.deleteMarker) throw markerRefuses('DELETE');
  if (ifMatch !== '*' && bareEtag(ifMatch) !== target.etag) throw preconditionFailed('If-Match');
}
