import { createHash } from 'node:crypto';
import type { Caller } from '../service.ts';
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

/** Who asked for it; S3 itself for what rules do. */
export type Requester = Caller | typeof BY_S3;

/** What happened to a version. */
export interface Happening {
  readonly type: S3EventType;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly version: ObjectVersion;
  readonly requester: Requester;
  /** Further members of the event's detail: `reason`, `deletion-type`. */
  readonly detail?: Readonly<Record<string, string>>;
}

export const BY_S3 = 's3.amazonaws.com';
/** Requests come over the loopback. */
export const SOURCE_ADDRESS = '127.0.0.1';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A text in the form of a UUID, the same for the same text. */
export const uuidOf = (text: string): string => digest(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** One happening among the others of its bucket. */
export interface Told extends Happening {
  readonly bucket: NewBucket;
  /** Distinct for each of a bucket, and growing. */
  readonly serial: number;
}

/** What tells it from all others. */
export const identityOf = ({ bucket, time, serial }: Told): string => `${bucket.arn}/${time}/${serial}`;
/** The later of two happenings has the greater one, as text. */
export const sequencerOf = ({ time, serial }: Told): string =>
  `${time.toString(16)}${serial.toString(16).padStart(5, '0')}`.toUpperCase().padStart(16, '0');
export const requestIdOf = (told: Told): string =>
  digest(`request/${identityOf(told)}`)
    .slice(0, 16)
    .toUpperCase();
