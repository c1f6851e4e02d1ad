import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ObjectStore, StoredObject } from '../../local/s3/object-store.ts';
import { ServiceError, type Access, type Caller } from '../../local/service.ts';

/** Allows all but what a test denies, and remembers what it was asked. */
export class FakeAccess implements Access {
  readonly asked: string[] = [];
  private readonly denied: ((action: string, resource: string, caller: Caller) => boolean)[] = [];

  deny(rule: (action: string, resource: string, caller: Caller) => boolean): void {
    this.denied.push(rule);
  }

  check(
    caller: Caller,
    action: string,
    resource: string,
    context: Readonly<Record<string, string | readonly string[]>> = {},
  ): void {
    const words = [action, resource, ...Object.entries(context).map(([key, value]) => `${key}=${String(value)}`)];
    this.asked.push([...words, ...(caller.calledVia ?? []).map((service) => `via ${service}`)].join(' '));
    if (this.denied.some((rule) => rule(action, resource, caller))) {
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`,
      );
    }
  }
}

/** Objects of any bucket, as files of one folder whose names say nothing of their keys. */
export class FakeObjectStore implements ObjectStore {
  private readonly objects = new Map<string, StoredObject>();
  private files = 0;

  constructor(
    private readonly folder: string,
    private readonly access: Access,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Puts an object past all authorization. */
  seed(bucket: string, key: string, body: Buffer, storageClass = 'STANDARD'): void {
    const file = path.join(this.folder, `object-${(this.files += 1)}`);
    writeFileSync(file, body);
    const etag = createHash('md5').update(body).digest('hex');
    this.objects.set(`${bucket}/${key}`, {
      key,
      size: body.length,
      etag,
      versionId: 'null',
      lastModified: 0,
      storageClass,
      file,
    });
  }

  async putObject(caller: Caller, bucket: string, key: string, body: Buffer): Promise<void> {
    this.put(caller, bucket, key, body);
  }

  put(caller: Caller, bucket: string, key: string, body: Buffer): void {
    this.access.check(caller, 's3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
    this.seed(bucket, key, body);
  }

  getObject(caller: Caller, bucket: string, key: string): StoredObject {
    this.access.check(caller, 's3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
    const object = this.objects.get(`${bucket}/${key}`);
    if (object === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    if (object.storageClass === 'GLACIER')
      throw new ServiceError('InvalidObjectState', "The operation is not valid for the object's storage class", 403);
    return object;
  }

  listObjects(caller: Caller, bucket: string, prefix: string): readonly StoredObject[] {
    this.access.check(caller, 's3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix });
    return [...this.objects]
      .filter(([name]) => name.startsWith(`${bucket}/${prefix}`))
      .map(([, object]) => object)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  deleteObject(caller: Caller, bucket: string, key: string): void {
    this.access.check(caller, 's3:DeleteObject', `arn:aws:s3:::${bucket}/${key}`);
    this.objects.delete(`${bucket}/${key}`);
  }
}
