import { createHash } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { BucketFiles, SavedBucket } from './bucket-files.ts';
import { KeyIndex } from './key-index.ts';
import { nextChange, type Change } from './lifecycle.ts';
import { parseLifecycle, type LifecycleRule } from './lifecycle-rules.ts';
import type { NewBucket, PutOptions } from './new-bucket.ts';
import type { ObjectVersion } from './object-version.ts';

interface Entry {
  /** Newest first, never empty. */
  versions: ObjectVersion[];
  readonly rules: readonly LifecycleRule[];
  next: Change | undefined;
}

/** The objects of one bucket, as its lifecycle rules leave them at the time of the clock. Asks nobody for permission. */
export class Bucket {
  readonly settings: NewBucket;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
  private readonly clock: SimulatedClock;
  private readonly files: BucketFiles;
  private readonly rules: readonly LifecycleRule[];
  private readonly entries = new Map<string, Entry>();
  private readonly index = new KeyIndex();
  private serial: number;
  /** When the next rule acts: until then no entry need be looked at. */
  private nextDue = Infinity;
  private changed: boolean;

  constructor({
    settings,
    clock,
    files,
    saved,
  }: {
    settings: NewBucket;
    clock: SimulatedClock;
    files: BucketFiles;
    saved: SavedBucket | undefined;
  }) {
    this.settings = settings;
    this.clock = clock;
    this.files = files;
    this.rules = parseLifecycle(settings.lifecycle);
    this.created = saved?.created ?? clock.now();
    this.serial = saved?.serial ?? 0;
    this.changed = saved === undefined || JSON.stringify(saved.settings) !== JSON.stringify(settings);
    for (const [key, versions] of saved?.objects ?? []) {
      this.set(
        key,
        versions.map((version) => ({ ...version, key, file: files.absolute(version.file) })),
      );
    }
  }

  /** The current version; undefined where there is none, or a delete marker. */
  get(key: string): ObjectVersion | undefined {
    this.settle();
    return visible(this.entries.get(key));
  }

  put(key: string, body: Buffer, { contentType, metadata, storageClass }: PutOptions = {}): ObjectVersion {
    this.settle();
    const serial = this.serial++;
    const digest = createHash('md5').update(body);
    // Under a KMS key an ETag is no digest of the bytes, and a client that takes it for one must fail here too.
    if (this.settings.kmsKeyArn !== undefined) digest.update(`${this.settings.kmsKeyArn}/${serial}`);
    const version: ObjectVersion = {
      key,
      size: body.length,
      etag: digest.digest('hex'),
      versionId: this.versionId(serial),
      lastModified: this.clock.now(),
      storageClass: storageClass ?? 'STANDARD',
      file: this.files.store(serial, key, body),
      contentType: contentType ?? 'binary/octet-stream',
      metadata: metadata ?? {},
      deleteMarker: false,
    };
    this.push(version);
    return version;
  }

  /** Answers the delete marker that a versioned bucket puts on top; undefined in others, where the object is gone. */
  delete(key: string): ObjectVersion | undefined {
    this.settle();
    if (this.keepsVersions(key)) return this.mark(key, this.clock.now());
    this.replace(key, []);
    return undefined;
  }

  /** The positions of a prefix in `keys()`, and the keys: noncurrent ones too, which `get` does not find. */
  list(prefix: string): {
    readonly keys: readonly string[];
    readonly start: number;
    readonly end: number;
    readonly index: KeyIndex;
  } {
    this.settle();
    const range = this.index.range(prefix);
    return { ...range, keys: this.index.keys(), index: this.index };
  }

  /** Every version of a key, newest first, delete markers included. */
  versions(key: string): readonly ObjectVersion[] {
    this.settle();
    return this.entries.get(key)?.versions ?? [];
  }

  /** Keeps the index between processes, if it has changed. */
  save(): void {
    this.settle();
    if (!this.changed) return;
    const objects = [...this.entries].map(([key, { versions }]): SavedBucket['objects'][number] => [
      key,
      versions.map(({ key: _key, ...version }) => ({
        ...version,
        metadata: { ...version.metadata },
        file: this.files.relative(version.file),
      })),
    ]);
    this.files.write({ format: 1, settings: this.settings, created: this.created, serial: this.serial, objects });
    this.changed = false;
  }

  close(): void {
    this.files.close();
  }

  /** A bucket that no longer keeps versions still has those it kept, and hides them under a marker named null. */
  private keepsVersions(key: string): boolean {
    return this.settings.versioned || (this.entries.get(key)?.versions ?? []).some(({ versionId }) => versionId !== 'null');
  }

  private versionId(serial: number): string {
    if (!this.settings.versioned) return 'null';
    return createHash('sha256').update(`${this.settings.arn}/${serial}`).digest('base64url').slice(0, 32);
  }

  private mark(key: string, time: number): ObjectVersion {
    const versionId = this.versionId(this.serial++);
    const empty = { size: 0, etag: '', file: '', contentType: '', metadata: {}, storageClass: 'STANDARD' } as const;
    const marker: ObjectVersion = { ...empty, key, versionId, lastModified: time, deleteMarker: true };
    this.push(marker);
    return marker;
  }

  /** Puts a version on top of its key; a version named null takes the place of the one before. */
  private push(version: ObjectVersion): void {
    const older = this.entries.get(version.key)?.versions ?? [];
    const kept = version.versionId === 'null' ? older.filter(({ versionId }) => versionId !== 'null') : older;
    this.replace(version.key, [version, ...kept]);
  }

  private replace(key: string, versions: ObjectVersion[]): void {
    this.changed = true;
    for (const old of this.entries.get(key)?.versions ?? []) {
      if (!versions.some(({ file }) => file === old.file)) this.files.discard(old);
    }
    this.set(key, versions);
  }

  private set(key: string, versions: ObjectVersion[]): void {
    const known = this.entries.get(key);
    if (versions.length === 0) {
      if (known !== undefined && this.entries.delete(key)) this.index.remove(key);
      return;
    }
    const entry = known ?? { versions, rules: this.rules.filter((rule) => key.startsWith(rule.prefix)), next: undefined };
    if (known === undefined) {
      this.entries.set(key, entry);
      this.index.add(key);
    }
    entry.versions = versions;
    entry.next = nextChange(versions, entry.rules);
    this.nextDue = Math.min(this.nextDue, entry.next?.time ?? Infinity);
  }

  /** Does what lifecycle rules have due by now; what falls due on the way is done in order, at its own time. */
  private settle(): void {
    const now = this.clock.now();
    if (now < this.nextDue) return;
    for (const [key, entry] of this.entries) {
      while (entry.versions.length > 0 && entry.next !== undefined && entry.next.time <= now) this.apply(key, entry, entry.next);
    }
    this.nextDue = Infinity;
    for (const { next } of this.entries.values()) this.nextDue = Math.min(this.nextDue, next?.time ?? Infinity);
  }

  private apply(key: string, entry: Entry, change: Change): void {
    if (change.kind === 'expire' && this.keepsVersions(key)) {
      this.mark(key, change.time);
    } else if (change.kind === 'transition') {
      const { index, storageClass } = change;
      this.replace(
        key,
        entry.versions.map((version, at) => (at === index ? { ...version, storageClass } : version)),
      );
    } else {
      const gone = change.kind === 'remove' ? change.index : 0;
      const versions = entry.versions.filter((_version, at) => at !== gone);
      this.replace(key, versions);
      if (versions.length === 0) entry.versions = versions;
    }
  }
}

const visible = (entry: Entry | undefined): ObjectVersion | undefined => {
  const current = entry?.versions[0];
  return current?.deleteMarker === false ? current : undefined;
};
