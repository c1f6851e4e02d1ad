import { eventOf, isoSeconds, type S3Event } from './events.ts';
import { BY_S3, type Happening, type Requester } from './happening.ts';
import type { NewBucket } from './new-bucket.ts';
import type { NotificationConfiguration } from './notifications/configuration.ts';
import type { Destinations } from './notifications/destinations.ts';
import { eventNameOf, means } from './notifications/event-types.ts';
import { recordOf } from './notifications/record.ts';
import type { ObjectVersion } from './object-version.ts';

/** Who may hear of what happens to objects. */
export interface Outlets {
  /** Takes what buckets send to EventBridge. @default - nobody is told */
  readonly onEvent?: ((event: S3Event) => void) | undefined;
  /** Functions and topics. @default - nobody is told, and a bucket that names one is refused */
  readonly destinations?: Destinations | undefined;
}

/** Tells what happens to the objects of one bucket, to those whom its configuration names. */
export class BucketEvents {
  /** @param told Events told so far: each has a number of its own, also in the next process */
  constructor(
    private readonly bucket: NewBucket,
    private readonly outlets: Outlets,
    public configuration: NotificationConfiguration,
    public told: number,
  ) {}

  /** Whether anybody listens. */
  get awaited(): boolean {
    const { onEvent, destinations } = this.outlets;
    const { eventBridge, notifications } = this.configuration;
    return (eventBridge && onEvent !== undefined) || (notifications.length > 0 && destinations !== undefined);
  }

  tell(happening: Happening): void {
    const { onEvent, destinations } = this.outlets;
    const told = { ...happening, bucket: this.bucket, serial: this.told++ };
    if (this.configuration.eventBridge) onEvent?.(eventOf(told));
    const name = eventNameOf(told);
    for (const notification of this.configuration.notifications) {
      if (!means(notification, name, told.version.key)) continue;
      destinations?.tell(this.bucket, notification, { Records: [recordOf(told, name, notification.id)] });
    }
  }

  /** @param marked Whether a delete marker was put on top, and nothing is gone for good. */
  deleted(
    version: ObjectVersion,
    marked: boolean,
    {
      reason,
      time,
      requester,
    }: { readonly reason: 'DeleteObject' | 'Lifecycle Expiration'; readonly time: number; readonly requester: Requester },
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
