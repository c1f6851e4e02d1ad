import type { SimulatedClock } from '../clock.ts';
import type { Caller } from '../service.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import type { Context, Guard } from './guard.ts';
import { locate, type Actions, type Located, type ObjectPlace } from './locate.ts';
import { checkRetention, type Retention } from './object-lock.ts';
import { requestRestore, type RestoreRequest } from './restore.ts';
import { invalidRequest, S3Error } from './s3-error.ts';
import { checkTags, tagContext, type Tags } from './tags.ts';

const TAGGING: Readonly<Record<'Get' | 'Put' | 'Delete', Actions>> = {
  Get: { current: 's3:GetObjectTagging', version: 's3:GetObjectVersionTagging', method: 'GET' },
  Put: { current: 's3:PutObjectTagging', version: 's3:PutObjectVersionTagging', method: 'PUT' },
  Delete: { current: 's3:DeleteObjectTagging', version: 's3:DeleteObjectVersionTagging', method: 'DELETE' },
};
const same = (action: string, method: string): Actions => ({ current: action, version: action, method });

const missing = (): S3Error =>
  new S3Error('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration', 404);

/** What can change about a version that stands: its tags, its lock, a temporary copy of what is archived. */
export class ObjectSettings {
  constructor(
    private readonly buckets: Buckets,
    private readonly guard: Guard,
    private readonly clock: SimulatedClock,
  ) {}

  tags(caller: Caller, place: ObjectPlace): Located {
    return this.locate(caller, place, TAGGING.Get);
  }

  /** Replaces all tags. @throws as {@link locate} does, InvalidTag, BadRequest over ten */
  putTags(caller: Caller, place: ObjectPlace, pairs: readonly (readonly [string, string])[]): Located {
    const asked: Tags = Object.fromEntries(pairs);
    const context = { ...tagContext('RequestObjectTag', asked), 's3:RequestObjectTagKeys': Object.keys(asked) };
    const { bucket, version } = this.locate(caller, place, TAGGING.Put, context);
    const happening = { type: 'Object Tags Added', requester: caller } as const;
    return { bucket, version: bucket.change(version, { tags: checkTags(pairs) }, happening) };
  }

  deleteTags(caller: Caller, place: ObjectPlace): Located {
    const { bucket, version } = this.locate(caller, place, TAGGING.Delete);
    const happening = { type: 'Object Tags Deleted', requester: caller } as const;
    return { bucket, version: bucket.change(version, { tags: undefined }, happening) };
  }

  /** @throws as {@link locate} does, InvalidRequest, NoSuchObjectLockConfiguration */
  retention(caller: Caller, place: ObjectPlace): Retention {
    const { version } = this.locked(caller, place, same('s3:GetObjectRetention', 'GET'));
    if (version.retention === undefined) throw missing();
    return version.retention;
  }

  /** @throws as {@link locate} does, InvalidRequest, InvalidArgument, AccessDenied where the lock would weaken */
  putRetention(caller: Caller, place: ObjectPlace, retention: Retention | undefined, bypass: boolean): void {
    const now = this.clock.now();
    const context: Context =
      retention === undefined
        ? {}
        : {
            's3:object-lock-mode': retention.mode,
            's3:object-lock-retain-until-date': new Date(retention.until).toISOString(),
            's3:object-lock-remaining-retention-days': String(Math.ceil((retention.until - now) / 86_400_000)),
          };
    const { bucket, version } = this.locked(caller, place, same('s3:PutObjectRetention', 'PUT'), context);
    checkRetention(version.retention, retention, { now, bypass });
    if (bypass) this.guard.object(caller, 's3:BypassGovernanceRetention', bucket, place.key);
    bucket.change(version, { retention });
  }

  /** @throws as {@link locate} does, InvalidRequest, NoSuchObjectLockConfiguration */
  legalHold(caller: Caller, place: ObjectPlace): boolean {
    const { version } = this.locked(caller, place, same('s3:GetObjectLegalHold', 'GET'));
    if (version.legalHold === undefined) throw missing();
    return version.legalHold;
  }

  putLegalHold(caller: Caller, place: ObjectPlace, legalHold: boolean): void {
    const context = { 's3:object-lock-legal-hold': legalHold ? 'ON' : 'OFF' };
    const { bucket, version } = this.locked(caller, place, same('s3:PutObjectLegalHold', 'PUT'), context);
    bucket.change(version, { legalHold });
  }

  /** Answers whether a copy was there already. @throws as {@link locate} does, and as {@link requestRestore} does */
  restore(caller: Caller, place: ObjectPlace, request: RestoreRequest): { readonly extended: boolean } {
    const { bucket, version } = this.locate(caller, place, same('s3:RestoreObject', 'POST'));
    const { storageClass, restore: before } = version;
    const { restore, extended } = requestRestore({ storageClass, before, now: this.clock.now() }, request);
    const detail = { 'source-storage-class': storageClass };
    const begins = before === undefined;
    const happening = { type: 'Object Restore Initiated', requester: caller, detail } as const;
    bucket.change(version, { restore }, begins ? happening : undefined);
    return { extended };
  }

  private locate(caller: Caller, place: ObjectPlace, actions: Actions, context: Context = {}): Located {
    return locate(this.guard, caller, this.buckets.get(place.bucket), place, { ...actions, context });
  }

  private locked(caller: Caller, place: ObjectPlace, actions: Actions, context: Context = {}): Located {
    const located = this.locate(caller, place, actions, context);
    checkLockable(located.bucket);
    return located;
  }
}

function checkLockable({ configuration }: Bucket): void {
  if (configuration.objectLock === undefined) throw invalidRequest('Bucket is missing Object Lock Configuration');
}
