import path from 'node:path';
import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { bucketFolders, BucketFiles } from './bucket-files.ts';
import { Bucket } from './bucket.ts';
import type { NewBucket, PutOptions } from './new-bucket.ts';
import type { ObjectStore } from './object-store.ts';
import { isArchived, type ObjectVersion } from './object-version.ts';

/** Bytes of a key in UTF-8. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES = 1024;

/** Where a lake lies and who decides about it. */
export interface S3Props {
  /** The folder that holds a folder for each bucket. */
  readonly root: string;
  readonly access: Access;
  readonly clock: SimulatedClock;
  /** Reads what is under `root` and changes nothing there; what is put lives until `close`. @default false */
  readonly ephemeral?: boolean;
}

/** A question about the contents of a bucket, as policies see it. */
export interface ListContext {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly maxKeys?: string | undefined;
}

/** S3: buckets of objects that age by their lifecycle rules. No bucket policies, ACLs or multipart uploads. */
export class S3 implements ObjectStore {
  private readonly props: S3Props;
  private readonly buckets = new Map<string, Bucket>();

  constructor(props: S3Props) {
    this.props = props;
  }

  /**
   * Makes a bucket, or takes over the objects of one that an earlier process saved; the settings given here win. In an ephemeral run, what
   * was put into a bucket before it is created again is gone.
   *
   * @throws ServiceError InvalidBucketName, InvalidArgument and MalformedXML for its lifecycle
   */
  createBucket(settings: NewBucket): void {
    const { name } = settings;
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) {
      throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    }
    const before = this.buckets.get(name);
    before?.save();
    before?.close();
    const { root, clock, ephemeral = false } = this.props;
    const files = new BucketFiles(path.join(root, name), { ephemeral });
    this.buckets.set(name, new Bucket({ settings, clock, files, saved: files.read() }));
  }

  /** Takes over every bucket that an earlier process saved, as it was set then. */
  load(): void {
    for (const name of bucketFolders(this.props.root)) {
      const saved = new BucketFiles(path.join(this.props.root, name), { ephemeral: true }).read();
      if (saved !== undefined && !this.buckets.has(name)) this.createBucket(saved.settings);
    }
  }

  /** Keeps the indexes for a later process. What was put or expired since the last save is lost with this one. */
  save(): void {
    for (const bucket of this.buckets.values()) bucket.save();
  }

  /** Removes what an ephemeral run wrote; saves nothing. */
  close(): void {
    for (const bucket of this.buckets.values()) bucket.close();
  }

  async putObject(caller: Caller, bucket: string, key: string, body: Buffer): Promise<void> {
    this.put(caller, bucket, key, body);
  }

  /** @throws ServiceError AccessDenied, NoSuchBucket, KeyTooLongError */
  put(caller: Caller, bucketName: string, key: string, body: Buffer, options: PutOptions = {}): ObjectVersion {
    const bucket = this.bucket(bucketName);
    if (Buffer.byteLength(key) > KEY_BYTES) throw new ServiceError('KeyTooLongError', 'Your key is too long');
    this.check(caller, 's3:PutObject', objectArn(bucket, key));
    this.checkKey(caller, bucket, 'kms:GenerateDataKey', key);
    options.check?.(bucket.get(key));
    return bucket.put(key, body, options);
  }

  getObject(caller: Caller, bucketName: string, key: string): ObjectVersion {
    const version = this.headObject(caller, bucketName, key);
    if (isArchived(version.storageClass)) {
      throw new ServiceError('InvalidObjectState', "The operation is not valid for the object's storage class", 403);
    }
    this.checkKey(caller, this.bucket(bucketName), 'kms:Decrypt', key);
    return version;
  }

  /** What is known of an object without reading it, archived or not. @throws ServiceError AccessDenied, NoSuchBucket, NoSuchKey */
  headObject(caller: Caller, bucketName: string, key: string): ObjectVersion {
    const bucket = this.bucket(bucketName);
    this.check(caller, 's3:GetObject', objectArn(bucket, key));
    const version = bucket.get(key);
    if (version !== undefined) return version;
    this.check(caller, 's3:ListBucket', bucket.settings.arn); // who may not list is not told that an object is missing
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
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

  /** A bucket that the caller may list. @throws ServiceError AccessDenied, NoSuchBucket */
  bucketToList(caller: Caller, bucketName: string, { prefix, delimiter, maxKeys }: ListContext): Bucket {
    const bucket = this.bucket(bucketName);
    this.check(caller, 's3:ListBucket', bucket.settings.arn, {
      ...(prefix === undefined ? {} : { 's3:prefix': prefix }),
      ...(delimiter === undefined ? {} : { 's3:delimiter': delimiter }),
      ...(maxKeys === undefined ? {} : { 's3:max-keys': maxKeys }),
    });
    return bucket;
  }

  /** Answers the delete marker, where the bucket keeps versions. @throws ServiceError AccessDenied, NoSuchBucket */
  deleteObject(caller: Caller, bucketName: string, key: string): ObjectVersion | undefined {
    const bucket = this.bucket(bucketName);
    this.check(caller, 's3:DeleteObject', objectArn(bucket, key));
    return bucket.delete(key);
  }

  /** @throws ServiceError AccessDenied, NoSuchBucket */
  bucketRegion(caller: Caller, bucketName: string): string {
    const { settings } = this.bucket(bucketName);
    this.check(caller, 's3:GetBucketLocation', settings.arn);
    return settings.region;
  }

  /** All buckets, by name. @throws ServiceError AccessDenied */
  listBuckets(caller: Caller): readonly Bucket[] {
    this.check(caller, 's3:ListAllMyBuckets', '*');
    return [...this.buckets.values()].sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  }

  /** How a bucket is set, and its versions; nobody is asked. @throws ServiceError NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  private check(caller: Caller, action: string, resource: string, context: Readonly<Record<string, string>> = {}): void {
    this.props.access.check(caller, action, resource, context);
  }

  /** S3 uses the bucket's key in the caller's name; what KMS refuses, S3 refuses with a code of its own. */
  private checkKey(caller: Caller, { settings }: Bucket, action: 'kms:GenerateDataKey' | 'kms:Decrypt', key: string): void {
    const { kmsKeyArn, arn, region, bucketKeyEnabled } = settings;
    if (kmsKeyArn === undefined) return;
    try {
      this.check(caller, action, kmsKeyArn, {
        'kms:ViaService': `s3.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:s3:arn': bucketKeyEnabled ? arn : `${arn}/${key}`,
        'kms:EncryptionContextKeys': 'aws:s3:arn',
        'kms:CallerAccount': caller.accountId,
        'aws:ViaAWSService': 'true',
      });
    } catch (error) {
      throw error instanceof ServiceError ? new ServiceError('AccessDenied', error.message, 403) : error;
    }
  }
}

const objectArn = ({ settings }: Bucket, key: string): string => `${settings.arn}/${key}`;
