import type { SimulatedClock } from '../clock.ts';
import type { Caller } from '../service.ts';
import type { Buckets } from './buckets.ts';
import type { Guard } from './guard.ts';
import { locate, type Located, type ObjectPlace } from './locate.ts';
import { isReadable } from './object-version.ts';
import { invalidObjectState } from './s3-error.ts';

/** Reads of objects and of what is known of them. */
export class ObjectReads {
  constructor(
    private readonly buckets: Buckets,
    private readonly guard: Guard,
    private readonly clock: SimulatedClock,
  ) {}

  /** What is known of an object without its bytes, archived or not. @throws as {@link locate} does, and NoSuchBucket */
  head(caller: Caller, place: ObjectPlace, method: 'GET' | 'HEAD' = 'HEAD'): Located {
    const actions = { current: 's3:GetObject', version: 's3:GetObjectVersion', method };
    return locate(this.guard, caller, this.buckets.get(place.bucket), place, actions);
  }

  /** An object whose bytes the caller may read. @throws as {@link head} does, and InvalidObjectState for an archived object */
  get(caller: Caller, place: ObjectPlace): Located {
    const located = this.head(caller, place, 'GET');
    this.open(caller, located);
    return located;
  }

  /** Whether the bytes of a version can be read, by its class and by its key. @throws S3Error InvalidObjectState, AccessDenied */
  open(caller: Caller, { bucket, version }: Located): void {
    if (!isReadable(version, this.clock.now())) throw invalidObjectState(version.storageClass);
    this.decrypt(caller, { bucket, version });
  }

  /** @throws ServiceError AccessDenied */
  decrypt(caller: Caller, { bucket, version }: Located): void {
    this.guard.key(caller, 'kms:Decrypt', { bucket, key: version.key, encryption: version.encryption });
  }

  /** What GetObjectAttributes tells. @throws as {@link head} does */
  attributes(caller: Caller, place: ObjectPlace): Located {
    const located = this.head(caller, place, 'GET');
    const action = place.versionId === undefined ? 's3:GetObjectAttributes' : 's3:GetObjectVersionAttributes';
    this.guard.object(caller, action, located.bucket, place.key);
    this.decrypt(caller, located);
    return located;
  }

  /** Whether the caller may see a part of the answer that has an action of its own; it is left out otherwise. */
  may(caller: Caller, action: string, { bucket, version }: Located): boolean {
    try {
      this.guard.object(caller, action, bucket, version.key);
      return true;
    } catch {
      return false;
    }
  }
}
