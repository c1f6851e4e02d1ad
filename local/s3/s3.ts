import type { SimulatedClock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import { ServiceError, type Access, type Caller, type Keys } from '../service.ts';
import type { Outlets } from './bucket-events.ts';
import type { Bucket } from './bucket.ts';
import { Buckets } from './buckets.ts';
import { Guard, type Context } from './guard.ts';
import { MultipartUploads } from './multipart.ts';
import type { NewBucket, PutOptions } from './new-bucket.ts';
import { checkConfiguration } from './notifications/check-configuration.ts';
import { checkDestinations } from './notifications/check-destinations.ts';
import type { AskedConfiguration } from './notifications/configuration.ts';
import { ObjectReads } from './object-reads.ts';
import { ObjectSettings } from './object-settings.ts';
import type { ObjectStore } from './object-store.ts';
import type { ObjectVersion } from './object-version.ts';
import { ObjectWrites } from './object-writes.ts';
import { S3Error } from './s3-error.ts';

/** Where a lake lies and who decides about it. */
export interface S3Props extends Outlets {
  /** The folder that holds a folder for each bucket. */
  readonly root: string;
  readonly access: Access;
  /** Tells what a key is called in full. @default - a key by its alias is refused as lacking */
  readonly keys?: Keys | undefined;
  readonly clock: SimulatedClock;
  /** Reads what is under `root` and changes nothing there; what is put lives until `close`. @default false */
  readonly ephemeral?: boolean;
  /** @default - nothing goes wrong */
  readonly faults?: Faults | undefined;
}

/** A question about the contents of a bucket, as policies see it. */
export interface ListContext {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly maxKeys?: string | undefined;
}

/** S3: buckets of objects that age by their lifecycle rules. What their templates configure can be read, and not changed, but for whom they notify. */
export class S3 implements ObjectStore {
  readonly reads: ObjectReads;
  readonly writes: ObjectWrites;
  readonly settings: ObjectSettings;
  readonly multipart: MultipartUploads;
  private readonly props: S3Props;
  private readonly buckets: Buckets;
  private readonly guard: Guard;
  private readonly policies = new Map<string, unknown>();

  constructor(props: S3Props) {
    this.props = props;
    this.buckets = new Buckets(props);
    this.guard = new Guard(props.access, props.keys);
    const { buckets, guard } = this;
    this.reads = new ObjectReads(buckets, guard, props.clock);
    this.writes = new ObjectWrites(buckets, guard, props.clock);
    this.settings = new ObjectSettings(buckets, guard, props.clock);
    this.multipart = new MultipartUploads(buckets, guard, props.clock);
  }

  /**
   * Makes a bucket, or takes over the objects of one that an earlier process saved; the settings given here win. In an ephemeral run, what
   * was put into a bucket before it is created again is gone.
   *
   * @throws ServiceError InvalidBucketName, InvalidArgument and MalformedXML for its lifecycle and configuration
   */
  createBucket(settings: NewBucket): void {
    this.buckets.create(settings);
  }

  /** Keeps a bucket's policy for those who read it. It decides nothing here: that is for whoever gives access. @throws ServiceError NoSuchBucket */
  attachPolicy(bucketName: string, document: unknown): void {
    this.policies.set(this.bucket(bucketName).settings.name, document);
  }

  /** A bucket's policy, as its template has it. @throws ServiceError AccessDenied, NoSuchBucket, NoSuchBucketPolicy */
  bucketPolicy(caller: Caller, bucketName: string): unknown {
    this.bucketFor(caller, 's3:GetBucketPolicy', bucketName);
    const document = this.policies.get(bucketName);
    if (document !== undefined) return document;
    const elements = { BucketName: bucketName };
    throw new S3Error('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { elements });
  }

  /**
   * Tells others of what happens in a bucket, in the place of all that it has told. A destination is asked whether it would be told, and a topic or a
   * queue gets a test of it.
   *
   * @param skipsDestinations Whether nobody is asked
   * @throws ServiceError AccessDenied, NoSuchBucket, InvalidArgument, MalformedXML, NotImplemented
   */
  putNotifications(
    caller: Caller,
    bucketName: string,
    asked: AskedConfiguration,
    { skipsDestinations }: { readonly skipsDestinations: boolean },
  ): void {
    const bucket = this.bucketFor(caller, 's3:PutBucketNotification', bucketName);
    const configuration = checkConfiguration(asked);
    if (!skipsDestinations) checkDestinations(bucket.settings, configuration, this.props.destinations);
    bucket.notify(configuration);
  }

  /** Says that all of the templates is there, whom buckets notify too. */
  opened(): void {
    this.props.destinations?.open();
  }

  /** Takes over every bucket that an earlier process saved, as it was set then. */
  load(): void {
    this.buckets.load();
  }

  /** Keeps the indexes for a later process. What was put or expired since the last save is lost with this one. */
  save(): void {
    for (const bucket of this.buckets.all()) bucket.save();
  }

  /** Removes what an ephemeral run wrote; saves nothing. */
  close(): void {
    for (const bucket of this.buckets.all()) bucket.close();
  }

  async putObject(caller: Caller, bucket: string, key: string, body: Buffer, options?: PutOptions): Promise<void> {
    this.put(caller, bucket, key, body, options);
  }

  /** @throws as {@link ObjectWrites.put} does */
  put(caller: Caller, bucket: string, key: string, body: Buffer, options: PutOptions = {}): ObjectVersion {
    return this.writes.put(caller, { bucket, key }, body, options);
  }

  deleteObject(caller: Caller, bucket: string, key: string): void {
    this.writes.delete(caller, { bucket, key });
  }

  getObject(caller: Caller, bucket: string, key: string): ObjectVersion {
    return this.reads.get(caller, { bucket, key }).version;
  }

  listObjects(caller: Caller, bucketName: string, prefix: string): readonly ObjectVersion[] {
    const bucket = this.bucketToList(caller, bucketName, prefix === '' ? {} : { prefix });
    const { keys, start, end } = bucket.list(prefix);
    const objects: ObjectVersion[] = [];
    for (let at = start; at < end; at++) {
      const version = bucket.get(keys[at] ?? '');
      if (version !== undefined) objects.push(version);
    }
    return objects;
  }

  /** A bucket that the caller may list, with its noncurrent versions or without. @throws ServiceError AccessDenied, NoSuchBucket */
  bucketToList(
    caller: Caller,
    bucketName: string,
    { prefix, delimiter, maxKeys }: ListContext,
    action: 's3:ListBucket' | 's3:ListBucketVersions' = 's3:ListBucket',
  ): Bucket {
    const asked: Context = {
      ...(prefix === undefined ? {} : { 's3:prefix': prefix }),
      ...(delimiter === undefined ? {} : { 's3:delimiter': delimiter }),
      ...(maxKeys === undefined ? {} : { 's3:max-keys': maxKeys }),
    };
    return this.bucketFor(caller, action, bucketName, asked);
  }

  /** A bucket whose configuration the caller may read. @throws ServiceError AccessDenied, NoSuchBucket */
  bucketFor(caller: Caller, action: string, bucketName: string, context: Context = {}): Bucket {
    const bucket = this.bucket(bucketName);
    this.guard.bucket(caller, action, bucket, context);
    return bucket;
  }

  /** All buckets, by name. @throws ServiceError AccessDenied */
  listBuckets(caller: Caller): readonly Bucket[] {
    this.guard.account(caller, 's3:ListAllMyBuckets');
    return this.buckets.all();
  }

  /** How a bucket is set, and its versions; nobody is asked. @throws ServiceError NoSuchBucket */
  bucket(name: string): Bucket {
    return this.buckets.get(name);
  }

  /** Milliseconds since the epoch, simulated. */
  now(): number {
    return this.props.clock.now();
  }

  /** Lets a request fail that a fault is meant for. @throws ServiceError SlowDown, InternalError */
  interrupt(operation: string, bucket: string): void {
    const { faults, clock } = this.props;
    const about = { operation: `s3:${operation}`, resource: `arn:aws:s3:::${bucket}`, time: clock.now() };
    const fault = faults?.take('s3:request', about);
    if (fault === 'unavailable') throw new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
    if (fault === 'internalError')
      throw new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
  }
}
