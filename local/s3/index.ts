export type { Bucket } from './bucket.ts';
export { BUCKET_READERS, type BucketReader } from './bucket-configuration.ts';
export {
  CHECKSUM_ALGORITHMS,
  checksumOf,
  DEFAULT_ALGORITHM,
  isChecksum,
  md5Of,
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
} from './checksum.ts';
export { CONFIGURATION_PROPERTIES } from './configuration.ts';
export type { Content, Slice } from './content.ts';
export { SSE_ALGORITHMS, type EncryptionRequest } from './encryption.ts';
export type { S3Event } from './events.ts';
export { listPage, type ListPage, type ListQuery } from './list-page.ts';
export { listUploads } from './list-uploads.ts';
export { listVersions, type VersionsPage } from './list-versions.ts';
export type { Located, ObjectPlace } from './locate.ts';
export type { Completion, NamedPart } from './completion.ts';
export type { ChecksumChoice } from './multipart.ts';
export type { NewBucket, PutOptions } from './new-bucket.ts';
export { RETENTION_MODES, type Retention } from './object-lock.ts';
export type { AskedConfiguration, AskedNotification, DestinationKind, Notification } from './notifications/configuration.ts';
export type { Destinations } from './notifications/destinations.ts';
export { notifyDestinations } from './notifications/notify-destinations.ts';
export type { ObjectStore, StoredObject } from './object-store.ts';
export { isArchived, STORAGE_CLASSES, type ObjectVersion, type StorageClass } from './object-version.ts';
export type { CopyOptions } from './object-writes.ts';
export { RESTORE_TIERS, restoreStatusOf, type RestoreRequest, type RestoreTier } from './restore.ts';
export { S3, type S3Props } from './s3.ts';
export {
  inFull,
  invalidArgument,
  invalidRequest,
  lacking,
  malformedXml,
  noSuchVersion,
  preconditionFailed,
  S3Error,
} from './s3-error.ts';
export { parseTagging } from './tags.ts';
export type { Upload } from './uploads.ts';
