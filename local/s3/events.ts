import { createHash } from 'node:crypto';
import type { NewBucket } from './new-bucket.ts';
import type { ObjectVersion } from './object-version.ts';

/** What S3 tells EventBridge of. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
export type S3EventType =
  | 'Object Created'
  | 'Object Deleted'
  | 'Object Restore Initiated'
  | 'Object Restore Completed'
  | 'Object Restore Expired'
  | 'Object Storage Class Changed'
  | 'Object Tags Added'
  | 'Object Tags Deleted';

/** An event in the shape in which S3 gives it to EventBridge. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export interface S3Event {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': S3EventType;
  readonly source: 'aws.s3';
  readonly account: string;
  /** ISO 8601, simulated. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly [string];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What happened to a version. */
export interface Happening {
  readonly type: S3EventType;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly version: ObjectVersion;
  /** The account of who asked for it; S3 itself for what rules do. */
  readonly requester: string;
  /** Further members of the event's detail: `reason`, `deletion-type`. */
  readonly detail?: Readonly<Record<string, string>>;
}

export const BY_S3 = 's3.amazonaws.com';
/** Requests come over the loopback. */
const SOURCE_ADDRESS = '127.0.0.1';

const isoSeconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const uuid = (text: string): string => digest(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** The object as events describe it: a restore says nothing of order, and a deletion for good nothing of bytes. */
function objectOf({ type, version, detail }: Happening, { versioned, suspended }: NewBucket, sequence: string): object {
  const { key, size, etag, versionId, deleteMarker } = version;
  const gone = detail?.['deletion-type'] === 'Permanently Deleted';
  return {
    key,
    ...(type === 'Object Deleted' ? {} : { size }),
    ...(gone ? {} : { etag: deleteMarker ? 'd41d8cd98f00b204e9800998ecf8427e' : etag }),
    ...(versioned || suspended === true ? { 'version-id': versionId } : {}),
    ...(type.startsWith('Object Restore') || type === 'Object Storage Class Changed' ? {} : { sequencer: sequence }),
  };
}

/** @param serial Distinct for each event of a bucket, and growing. */
function eventOf(happening: Happening, bucket: NewBucket, serial: number): S3Event {
  const { type, time, requester, detail } = happening;
  const sequence = `${time.toString(16)}${serial.toString(16).padStart(5, '0')}`.toUpperCase().padStart(16, '0');
  const identity = `${bucket.arn}/${time}/${serial}`;
  return {
    version: '0',
    id: uuid(identity),
    'detail-type': type,
    source: 'aws.s3',
    account: bucket.accountId ?? '',
    time: isoSeconds(time),
    region: bucket.region,
    resources: [bucket.arn],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: objectOf(happening, bucket, sequence),
      'request-id': digest(`request/${identity}`).slice(0, 16).toUpperCase(),
      requester,
      ...(requester === BY_S3 ? {} : { 'source-ip-address': SOURCE_ADDRESS }),
      ...detail,
    },
  };
}

/** Tells what happens to the objects of one bucket, where anybody listens. */
export class BucketEvents {
  private serial = 0;

  constructor(
    private readonly bucket: NewBucket,
    private readonly listener: ((event: S3Event) => void) | undefined,
  ) {}

  /** Whether anybody listens. */
  get awaited(): boolean {
    return this.listener !== undefined;
  }

  tell(happening: Happening): void {
    this.listener?.(eventOf(happening, this.bucket, this.serial++));
  }

  /** @param marked Whether a delete marker was put on top, and nothing is gone for good. */
  deleted(
    version: ObjectVersion,
    marked: boolean,
    {
      reason,
      time,
      requester,
    }: { readonly reason: 'DeleteObject' | 'Lifecycle Expiration'; readonly time: number; readonly requester: string },
  ): void {
    const detail = { reason, 'deletion-type': marked ? 'Delete Marker Created' : 'Permanently Deleted' };
    this.tell({ type: 'Object Deleted', time, version, requester, detail });
  }

  /** A temporary copy is there, or gone. */
  restored(type: 'Object Restore Completed' | 'Object Restore Expired', version: ObjectVersion, time: number): void {
    const { restore, storageClass } = version;
    const expires: Record<string, string> = restore === undefined ? {} : { 'restore-expiry-time': isoSeconds(restore.expires) };
    this.tell({ type, time, version, requester: BY_S3, detail: { ...expires, 'source-storage-class': storageClass } });
  }
}
