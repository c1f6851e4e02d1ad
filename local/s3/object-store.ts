import type { Caller } from '../service.ts';
import type { PutOptions } from './new-bucket.ts';

/** An object as S3 describes it, and where its bytes lie on this machine. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  readonly versionId: string;
  /** Milliseconds since the epoch, simulated. */
  readonly lastModified: number;
  /** `STANDARD`, `STANDARD_IA`, `GLACIER_IR`, `GLACIER`, `DEEP_ARCHIVE`… */
  readonly storageClass: string;
  /** The file that holds the bytes; read only. */
  readonly file: string;
}

/** S3 as other services use it for a caller: each call is authorized as that caller, its key's use included. */
export interface ObjectStore {
  /** @throws ServiceError AccessDenied, NoSuchBucket, and what S3 refuses in `options` */
  putObject(caller: Caller, bucket: string, key: string, body: Buffer, options?: PutOptions): Promise<void>;
  /** @throws ServiceError AccessDenied, NoSuchBucket, NoSuchKey, InvalidObjectState for an archived object */
  getObject(caller: Caller, bucket: string, key: string): StoredObject;
  /** Current objects under `prefix`, in order of their keys. @throws ServiceError AccessDenied, NoSuchBucket */
  listObjects(caller: Caller, bucket: string, prefix: string): readonly StoredObject[];
  /** Deletes the current version, or marks it so; what is not there is no error. @throws ServiceError AccessDenied, NoSuchBucket */
  deleteObject(caller: Caller, bucket: string, key: string): void;
}
