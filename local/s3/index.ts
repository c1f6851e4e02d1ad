export type { Bucket } from './bucket.ts';
export type { NewBucket, PutOptions } from './new-bucket.ts';
export type { ObjectStore, StoredObject } from './object-store.ts';
export { listPage, type ListPage, type ListQuery } from './list-page.ts';
export { STORAGE_CLASSES, type ObjectVersion, type StorageClass } from './object-version.ts';
export { S3, type S3Props } from './s3.ts';
