import type { SimulatedClock } from '../clock.ts';
import type { BucketFiles } from './bucket-files.ts';
import { digestBy, DEFAULT_ALGORITHM, type ChecksumAlgorithm, type ChecksumType } from './checksum.ts';
import type { Content } from './content.ts';
import { compareKeys } from './key-index.ts';
import { dueTime } from './lifecycle.ts';
import type { LifecycleRule } from './lifecycle-rules.ts';
import type { Attributes } from './object-version.ts';
import { noSuchUpload } from './s3-error.ts';
import type { SavedBucket } from './saved-bucket.ts';
import { serialOf, versionIdOf } from './version-ids.ts';

/** A part that was uploaded. */
export interface UploadedPart {
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** Milliseconds since the epoch, simulated. */
  readonly lastModified: number;
  readonly file: string;
  /** Base64, by the upload's algorithm. */
  readonly checksum: string;
}

/** What an upload is begun with. */
export interface NewUpload {
  readonly key: string;
  /** ARN of who begins it. */
  readonly initiator: string;
  readonly attributes: Attributes;
  /** @default - S3's own, of which the parts' answers say nothing */
  readonly algorithm?: ChecksumAlgorithm | undefined;
  readonly checksumType: ChecksumType;
}

/** A multipart upload under way. */
export interface Upload extends NewUpload {
  readonly uploadId: string;
  /** Milliseconds since the epoch, simulated. */
  readonly initiated: number;
  readonly parts: ReadonlyMap<number, UploadedPart>;
  /** Whether the key was written or deleted since the upload began: a conditional completion then loses the race. */
  readonly conflicted: boolean;
}

interface OpenUpload extends Upload {
  readonly parts: Map<number, UploadedPart>;
  conflicted: boolean;
}

const seedOf = (key: string): string => `upload/${key}`;
const uploadIdOf = (key: string, serial: number): string => versionIdOf(seedOf(key), serial);

/** Uploads behind one that may have ended: of later keys, and of its own those begun later. Undefined where it never was. */
export function uploadsAfter(uploads: readonly Upload[], key: string, uploadId: string): readonly Upload[] | undefined {
  const at = uploads.findIndex((upload) => upload.key === key && upload.uploadId === uploadId);
  if (at >= 0) return uploads.slice(at + 1);
  const serial = serialOf(seedOf(key), uploadId);
  if (serial === undefined) return undefined;
  return uploads.filter((upload) => {
    const order = compareKeys(upload.key, key);
    return order > 0 || (order === 0 && (serialOf(seedOf(key), upload.uploadId) ?? -1) > serial);
  });
}

/** The multipart uploads of one bucket that are neither completed nor aborted. */
export class Uploads {
  private readonly uploads = new Map<string, OpenUpload>();
  private readonly files: BucketFiles;
  private readonly clock: SimulatedClock;
  private readonly rules: readonly LifecycleRule[];
  private soonest = Infinity;

  constructor(files: BucketFiles, clock: SimulatedClock, rules: readonly LifecycleRule[], saved: SavedBucket['uploads'] = []) {
    this.files = files;
    this.clock = clock;
    this.rules = rules.filter(({ abortDays }) => abortDays !== undefined);
    for (const { parts, ...upload } of saved) {
      const entries = parts.map((part) => [part.number, { ...part, file: files.absolute(part.file) }] as const);
      this.uploads.set(upload.uploadId, { ...upload, parts: new Map(entries) });
    }
    this.foresee();
  }

  begin(upload: NewUpload, serial: number): Upload {
    const uploadId = uploadIdOf(upload.key, serial);
    const begun = { ...upload, uploadId, initiated: this.clock.now(), parts: new Map<number, UploadedPart>(), conflicted: false };
    this.uploads.set(uploadId, begun);
    this.foresee();
    return begun;
  }

  /** @throws S3Error NoSuchUpload */
  get(key: string, uploadId: string): Upload {
    return this.open(key, uploadId);
  }

  /** Under way, by key and then by age. */
  all(): readonly Upload[] {
    return [...this.uploads.values()].sort((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated);
  }

  /** Keeps a part; one of the same number is replaced. @throws S3Error NoSuchUpload */
  addPart(key: string, uploadId: string, number: number, content: Content, serial: number): UploadedPart {
    const upload = this.open(key, uploadId);
    const digest = digestBy(upload.algorithm ?? DEFAULT_ALGORITHM);
    const { file, size, md5 } = this.files.store(serial, '', content, [digest]);
    this.forget(upload.parts.get(number));
    const checksum = digest.digest().toString('base64');
    const part = { number, size, etag: md5.toString('hex'), lastModified: this.clock.now(), file, checksum };
    upload.parts.set(number, part);
    return part;
  }

  /** Ends an upload and its parts. @throws S3Error NoSuchUpload */
  end(key: string, uploadId: string): void {
    for (const part of this.open(key, uploadId).parts.values()) this.forget(part);
    this.uploads.delete(uploadId);
    this.foresee();
  }

  /** Says that a key has been written or deleted. */
  touch(key: string): void {
    for (const upload of this.uploads.values()) if (upload.key === key) upload.conflicted = true;
  }

  /** When the next upload is to be aborted by a rule. */
  get nextDue(): number {
    return this.soonest;
  }

  /** Aborts what is due. */
  settle(now: number): void {
    for (const upload of [...this.uploads.values()]) {
      if ((this.abortTime(upload) ?? Infinity) <= now) this.end(upload.key, upload.uploadId);
    }
  }

  saved(): SavedBucket['uploads'] {
    return [...this.uploads.values()].map(({ parts, attributes, ...upload }) => ({
      ...upload,
      attributes: {
        ...attributes,
        metadata: { ...attributes.metadata },
        headers: { ...attributes.headers },
        tags: { ...attributes.tags },
      },
      parts: [...parts.values()].map((part) => ({ ...part, file: this.files.relative(part.file) })),
    }));
  }

  /** When a rule aborts an upload; undefined where none does. */
  private abortTime({ key, initiated }: Upload): number | undefined {
    const times = this.rules
      .filter(({ prefix }) => key.startsWith(prefix))
      .flatMap(({ abortDays }) => (abortDays === undefined ? [] : [dueTime(initiated, abortDays)]));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private foresee(): void {
    this.soonest = Math.min(Infinity, ...Array.from(this.uploads.values(), (upload) => this.abortTime(upload) ?? Infinity));
  }

  private open(key: string, uploadId: string): OpenUpload {
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) throw noSuchUpload(uploadId);
    return upload;
  }

  private forget(part: UploadedPart | undefined): void {
    if (part !== undefined) this.files.discardUnread(part.file);
  }
}
