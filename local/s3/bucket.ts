import { createHash } from 'node:crypto';
import type { ScheduledTask, SimulatedClock } from '../clock.ts';
import { BucketEvents, type Outlets } from './bucket-events.ts';
import type { BucketFiles } from './bucket-files.ts';
import { parseConfiguration, type BucketConfiguration } from './configuration.ts';
import type { Content } from './content.ts';
import { BY_S3, type Happening, type Requester } from './happening.ts';
import { expirationOf, type Change } from './lifecycle.ts';
import { parseLifecycle } from './lifecycle-rules.ts';
import type { Creation, NewBucket, NewVersion } from './new-bucket.ts';
import type { NotificationConfiguration } from './notifications/configuration.ts';
import type { ObjectVersion } from './object-version.ts';
import type { SavedBucket } from './saved-bucket.ts';
import { Uploads, type NewUpload, type Upload, type UploadedPart } from './uploads.ts';
import { isVersionId, serialOf, versionIdOf } from './version-ids.ts';
import { VersionStore } from './version-store.ts';

/** A version as it is saved: the same, but that nobody says it will not be changed. */
type SavedVersion = SavedBucket['objects'][number][1][number];

/** Before every serial. */
const OLDEST = -1;

const isNull = ({ versionId }: Pick<ObjectVersion, 'versionId'>): boolean => versionId === 'null';

export interface BucketProps {
  readonly settings: NewBucket;
  readonly clock: SimulatedClock;
  readonly files: BucketFiles;
  readonly saved: SavedBucket | undefined;
  /** Whom it tells of what happens to objects, and of what: checked already. */
  readonly notifications: NotificationConfiguration;
  readonly outlets: Outlets;
}

/** The objects of one bucket, as its lifecycle rules leave them at the time of the clock. Asks nobody for permission. */
export class Bucket {
  readonly settings: NewBucket;
  readonly configuration: BucketConfiguration;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
  private readonly clock: SimulatedClock;
  private readonly files: BucketFiles;
  private readonly store: VersionStore;
  private readonly multipart: Uploads;
  private readonly events: BucketEvents;
  /** Serials of deleted versions named null, by their key. */
  private readonly goneNulls = new Map<string, number>();
  private serial: number;
  private alarm: { readonly time: number; readonly task: ScheduledTask } | undefined;
  private changed: boolean;

  constructor({ settings, clock, files, saved, notifications, outlets }: BucketProps) {
    this.settings = settings;
    this.configuration = parseConfiguration(settings.configuration);
    this.clock = clock;
    this.files = files;
    const rules = parseLifecycle(settings.lifecycle);
    this.store = new VersionStore(clock, rules);
    this.events = new BucketEvents(settings, outlets, notifications, saved?.told ?? 0);
    this.created = saved?.created ?? clock.now();
    this.serial = saved?.serial ?? 0;
    this.changed =
      saved === undefined || saved.notifications === undefined || JSON.stringify(saved.settings) !== JSON.stringify(settings);
    this.multipart = new Uploads(files, clock, rules, saved?.uploads);
    for (const [key, versions] of saved?.objects ?? []) {
      this.store.set(
        key,
        versions.map((version) => ({ ...version, key, file: files.absolute(version.file) })),
      );
    }
    this.watch();
  }

  /** Whether ids of versions are told: not in a bucket that never kept any. */
  get tellsVersions(): boolean {
    return this.settings.versioned || this.settings.suspended === true;
  }

  /** Whom it tells of what happens to objects, and of what. */
  get notifications(): NotificationConfiguration {
    return this.events.configuration;
  }

  /** Tells others from now on; what has happened by now was for those before. */
  notify(configuration: NotificationConfiguration): void {
    this.settle();
    this.changed = true;
    this.events.configuration = configuration;
    this.watch();
  }

  /** The current version; undefined where there is none, or a delete marker. */
  get(key: string): ObjectVersion | undefined {
    const current = this.current(key);
    return current?.deleteMarker === false ? current : undefined;
  }

  /** The current version, a delete marker too. */
  current(key: string): ObjectVersion | undefined {
    return this.versions(key)[0];
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.versions(key).find((version) => version.versionId === versionId);
  }

  /** Versions of a key that are older than one of it, which may be gone. */
  olderVersions(key: string, versionId: string): readonly ObjectVersion[] {
    const versions = this.versions(key);
    const at = versions.findIndex((version) => version.versionId === versionId);
    if (at >= 0) return versions.slice(at + 1);
    const serial = this.serialOf({ versionId, serial: isNull({ versionId }) ? this.goneNulls.get(key) : undefined });
    return versions.filter((version) => this.serialOf(version) < serial);
  }

  /** Whether this bucket could have given an id to a version. */
  isVersionId(text: string): boolean {
    return isVersionId(this.settings.arn, text) && (this.tellsVersions || text === 'null');
  }

  /** @param by How the version comes to be, and who asks for it. */
  put(
    key: string,
    content: Content,
    { etag, ...given }: Partial<NewVersion> = {},
    by: { readonly creation: Creation; readonly requester: Requester } = { creation: 'PutObject', requester: this.owner },
  ): ObjectVersion {
    this.settle();
    const serial = this.serial++;
    const { file, size, md5 } = this.files.store(serial, key, content);
    const version: ObjectVersion = {
      storageClass: 'STANDARD',
      contentType: 'binary/octet-stream',
      metadata: {},
      ...given,
      key,
      size,
      etag: etag ?? this.etagOf(md5, given, serial),
      ...this.identity(key, serial),
      lastModified: this.clock.now(),
      file,
      deleteMarker: false,
    };
    this.push(version);
    this.events.tell({
      type: 'Object Created',
      time: this.clock.now(),
      version,
      requester: by.requester,
      detail: { reason: by.creation },
    });
    return version;
  }

  /** Answers the delete marker that a bucket of versions puts on top; undefined in others, where the object is gone. */
  delete(key: string, requester: Requester = this.owner): ObjectVersion | undefined {
    this.settle();
    const gone = this.current(key);
    const marker = this.keepsVersions(key) ? this.mark(key, this.clock.now()) : undefined;
    if (marker === undefined) this.replace(key, []);
    const version = marker ?? gone;
    if (version !== undefined)
      this.events.deleted(version, marker !== undefined, { reason: 'DeleteObject', time: this.clock.now(), requester });
    return marker;
  }

  /** Deletes one version for good and answers it; undefined where it is not there. */
  deleteVersion(key: string, versionId: string, requester: Requester = this.owner): ObjectVersion | undefined {
    const version = this.version(key, versionId);
    if (version === undefined) return undefined;
    this.replace(
      key,
      this.versions(key).filter((other) => other !== version),
    );
    this.events.deleted(version, false, { reason: 'DeleteObject', time: this.clock.now(), requester });
    return version;
  }

  /** Puts a version with other attributes in a version's place. */
  change(
    version: ObjectVersion,
    attributes: Partial<ObjectVersion>,
    happening?: Omit<Happening, 'version' | 'time'>,
  ): ObjectVersion {
    const next = { ...version, ...attributes };
    this.replace(
      version.key,
      this.versions(version.key).map((other) => (other === version ? next : other)),
    );
    if (happening !== undefined) this.events.tell({ ...happening, version: next, time: this.clock.now() });
    return next;
  }

  /** The positions of a prefix in `keys`, and the keys: noncurrent ones too, which `get` does not find. */
  list(prefix: string): ReturnType<VersionStore['list']> {
    this.settle();
    return this.store.list(prefix);
  }

  /** Every version of a key, newest first, delete markers included. */
  versions(key: string): readonly ObjectVersion[] {
    this.settle();
    return this.store.versions(key);
  }

  /** The multipart uploads under way. */
  uploads(): Pick<Uploads, 'all' | 'get'> {
    this.settle();
    return this.multipart;
  }

  beginUpload(upload: NewUpload): Upload {
    this.settle();
    this.changed = true;
    const begun = this.multipart.begin(upload, this.serial++);
    this.watch();
    return begun;
  }

  /** @throws S3Error NoSuchUpload */
  addPart(key: string, uploadId: string, number: number, content: Content): UploadedPart {
    this.settle();
    this.changed = true;
    return this.multipart.addPart(key, uploadId, number, content, this.serial++);
  }

  /** Forgets an upload and its parts. @throws S3Error NoSuchUpload */
  endUpload(key: string, uploadId: string): void {
    this.settle();
    this.changed = true;
    this.multipart.end(key, uploadId);
  }

  /** When a current version is to expire, and by which rule. */
  expiration(version: ObjectVersion): ReturnType<typeof expirationOf> {
    return expirationOf(version, this.store.rulesOf(version.key));
  }

  /** Keeps the index between processes, if it has changed. */
  save(): void {
    this.settle();
    if (!this.changed) return;
    const objects = Array.from(this.store.all(), ([key, versions]): SavedBucket['objects'][number] => [
      key,
      versions.map(({ key: _key, ...version }) => ({ ...version, file: this.files.relative(version.file) })) as SavedVersion[],
    ]);
    const { settings, created, serial, notifications } = this;
    const { told } = this.events;
    this.files.write({ format: 2, settings, notifications, created, serial, told, objects, uploads: this.multipart.saved() });
    this.changed = false;
  }

  close(): void {
    this.alarm?.task.cancel();
    this.files.close();
  }

  /** Who puts and deletes where nobody else is named. */
  private get owner(): Requester {
    const { accountId = '' } = this.settings;
    return { arn: `arn:aws:iam::${accountId}:root`, accountId };
  }

  /** Under a KMS key an ETag is no digest of the bytes, and a client that takes it for one must fail here too. */
  private etagOf(md5: Buffer, { encryption }: Partial<NewVersion>, serial: number): string {
    if (encryption === undefined) return md5.toString('hex');
    return createHash('md5')
      .update(md5)
      .update(`${encryption.kmsKeyArn ?? ''}/${serial}`)
      .digest('hex');
  }

  /** A bucket that no longer keeps versions still has those it kept, and hides them under a marker named null. */
  private keepsVersions(key: string): boolean {
    return this.tellsVersions || this.store.versions(key).some(({ versionId }) => versionId !== 'null');
  }

  private identity(key: string, serial: number): Pick<ObjectVersion, 'versionId' | 'serial'> {
    if (this.settings.versioned) return { versionId: versionIdOf(this.settings.arn, serial) };
    return this.keepsVersions(key) ? { versionId: 'null', serial } : { versionId: 'null' };
  }

  private serialOf({ versionId, serial }: Pick<ObjectVersion, 'versionId' | 'serial'>): number {
    return serial ?? serialOf(this.settings.arn, versionId) ?? OLDEST;
  }

  /** Remembers where a version named null was among the others of its key. */
  private noteNull(key: string, versions: readonly ObjectVersion[]): void {
    const gone = this.store.versions(key).find(isNull);
    if (versions.length === 0 || versions.some(isNull)) this.goneNulls.delete(key);
    else if (gone !== undefined) this.goneNulls.set(key, this.serialOf(gone));
  }

  private mark(key: string, time: number): ObjectVersion {
    const identity = this.identity(key, this.serial++);
    const empty = { size: 0, etag: '', file: '', contentType: '', metadata: {}, storageClass: 'STANDARD' } as const;
    const marker: ObjectVersion = { ...empty, key, ...identity, lastModified: time, deleteMarker: true };
    this.push(marker);
    return marker;
  }

  /** Puts a version on top of its key; a version named null takes the place of the one before. */
  private push(version: ObjectVersion): void {
    const older = this.store.versions(version.key);
    const kept = version.versionId === 'null' ? older.filter(({ versionId }) => versionId !== 'null') : older;
    this.replace(version.key, [version, ...kept]);
    this.multipart.touch(version.key);
  }

  private replace(key: string, versions: readonly ObjectVersion[]): void {
    this.changed = true;
    for (const { file } of this.store.versions(key)) {
      if (!versions.some((version) => version.file === file)) this.files.discard(file);
    }
    if (versions.length === 0) this.multipart.touch(key);
    this.noteNull(key, versions);
    this.store.set(key, versions);
    this.watch();
  }

  /** When time next changes something: until then nothing need be looked at. */
  private nextDue(): number {
    return Math.min(this.store.nextDue, this.multipart.nextDue);
  }

  /** Where events are awaited, the clock comes for what falls due; else it is done when somebody looks. */
  private watch(): void {
    if (!this.events.awaited) return;
    const time = this.nextDue();
    if (time === Infinity || time >= (this.alarm?.time ?? Infinity)) return;
    this.alarm?.task.cancel();
    const run = (): void => {
      this.alarm = undefined;
      this.settle();
      this.watch();
    };
    this.alarm = { time, task: this.clock.at(time, run) };
  }

  /** Does what has fallen due by now; what falls due on the way is done in order, at its own time. */
  private settle(): void {
    const now = this.clock.now();
    if (now < this.nextDue()) return;
    for (const { key, change } of this.store.due(now)) this.apply(key, change);
    this.multipart.settle(now);
  }

  private apply(key: string, change: Change): void {
    const { time } = change;
    const versions = this.store.versions(key);
    const version = versions['index' in change ? change.index : 0];
    if (version === undefined) return;
    const put = (attributes: Partial<ObjectVersion>): ObjectVersion => {
      const next = { ...version, ...attributes };
      this.replace(
        key,
        versions.map((other) => (other === version ? next : other)),
      );
      return next;
    };
    switch (change.kind) {
      case 'transition': {
        const detail = { 'destination-storage-class': change.storageClass };
        const moved = put({ storageClass: change.storageClass, restore: undefined });
        this.events.tell({ type: 'Object Storage Class Changed', time, version: moved, requester: BY_S3, detail });
        return;
      }
      case 'restored':
        this.events.restored('Object Restore Completed', version, time);
        this.store.pass(key, time);
        return;
      case 'copyExpired':
        this.events.restored('Object Restore Expired', put({ restore: undefined }), time);
        return;
      case 'expire':
        if (this.keepsVersions(key)) {
          const by = { reason: 'Lifecycle Expiration', time, requester: BY_S3 } as const;
          this.events.deleted(this.mark(key, time), true, by);
          return;
        }
        this.remove(key, version, time);
        return;
      case 'remove':
        this.remove(key, version, time);
    }
  }

  private remove(key: string, version: ObjectVersion, time: number): void {
    this.replace(
      key,
      this.store.versions(key).filter((other) => other !== version),
    );
    this.events.deleted(version, false, { reason: 'Lifecycle Expiration', time, requester: BY_S3 });
  }
}
