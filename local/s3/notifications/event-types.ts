import type { Happening } from '../happening.ts';
import type { Notification } from './configuration.ts';
import { encodeKey } from './encode-key.ts';

/** What S3 notifies of, by families: those of one have a common wildcard, but for such as stand alone. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  ObjectCreated: ['Put', 'Post', 'Copy', 'CompleteMultipartUpload'],
  ObjectRemoved: ['Delete', 'DeleteMarkerCreated'],
  ObjectRestore: ['Post', 'Completed', 'Delete'],
  ObjectTagging: ['Put', 'Delete'],
  LifecycleExpiration: ['Delete', 'DeleteMarkerCreated'],
};
const ALONE: readonly string[] = ['LifecycleTransition'];

/** What would come of operations and features that there are not here: taken as AWS takes it, it never comes. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  ObjectAnnotation: ['Put', 'Delete'],
  Replication: [
    'OperationFailedReplication',
    'OperationMissedThreshold',
    'OperationNotTracked',
    'OperationReplicatedAfterThreshold',
  ],
};
const NEVER_ALONE: readonly string[] = ['IntelligentTiering', 'ObjectAcl:Put', 'ReducedRedundancyLostObject'];

/** Of which no record is known: who asks for one is refused, as the runtime does what it tells of. */
export const NOT_SIMULATED: readonly string[] = ['s3:ObjectRetention:Put'];

/** The events that a configuration's name means, by the names that it may give. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const MEANT: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...ALONE, ...NEVER_ALONE].map((name) => [`s3:${name}`, [name]] as const),
  ...[...Object.entries(FAMILIES), ...Object.entries(NEVER)].flatMap(([family, members]) => {
    const names = members.map((member) => `${family}:${member}`);
    return [[`s3:${family}:*`, names] as const, ...names.map((name) => [`s3:${name}`, [name]] as const)];
  }),
]);

/** Whether S3 notifies of an event of this name. */
export const isEventName = (name: string): boolean => MEANT.has(name);

/** All that names of a configuration mean. */
export const meantBy = (names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap((name) => MEANT.get(name) ?? []));

/** What notifications call a happening, and EventBridge does not. */
export function eventNameOf({ type, detail = {} }: Pick<Happening, 'type' | 'detail'>): string {
  switch (type) {
    case 'Object Created':
      return `ObjectCreated:${(detail.reason ?? '').replace(/Object$/, '')}`;
    case 'Object Deleted': {
      const family = detail.reason === 'Lifecycle Expiration' ? 'LifecycleExpiration' : 'ObjectRemoved';
      return `${family}:${detail['deletion-type'] === 'Delete Marker Created' ? 'DeleteMarkerCreated' : 'Delete'}`;
    }
    case 'Object Restore Initiated':
      return 'ObjectRestore:Post';
    case 'Object Restore Completed':
      return 'ObjectRestore:Completed';
    case 'Object Restore Expired':
      return 'ObjectRestore:Delete';
    case 'Object Storage Class Changed':
      return 'LifecycleTransition';
    case 'Object Tags Added':
      return 'ObjectTagging:Put';
    case 'Object Tags Deleted':
      return 'ObjectTagging:Delete';
  }
}

/**
 * Whether a notification is to be sent of an event of an object. Filters mean the key as records spell it: `year=` fits none, and `year%3D` does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function means({ events, filter }: Notification, eventName: string, key: string): boolean {
  if (!meantBy(events).has(eventName)) return false;
  const encoded = encodeKey(key);
  return filter.every(({ name, value }) => (name === 'Prefix' ? encoded.startsWith(value) : encoded.endsWith(value)));
}
