import type { NewBucket } from '../new-bucket.ts';
import type { Notification } from './configuration.ts';

/** Functions, topics and queues, as S3 meets them. */
export interface Destinations {
  /**
   * Why S3 may not tell a destination of a bucket; undefined where it may. A topic or a queue is told so.
   *
   * @throws S3Error NotImplemented for a function that does not run here
   */
  readonly refusal: (bucket: NewBucket, notification: Notification) => Refusal | undefined;
  /** Tells a destination. Where it refuses, the log says so; until {@link open}, it waits. */
  readonly tell: (bucket: NewBucket, notification: Notification, message: object) => void;
  /** Says that all of the templates is there: what was refused until then is told again. */
  readonly open: () => void;
}

/** A destination that S3 may not tell, in its words. */
export interface Refusal {
  readonly destination: string;
  readonly reason: string;
}
