import { readFileSync } from 'node:fs';
import type { S3 } from '../../s3/index.ts';
import { ServiceError, type Caller } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { sdkCauseOf } from './sdk.ts';

/** Where items of distributed Maps lie, read with the rights of a state machine's role. @throws StatesError States.ItemReaderFailed */
export interface MapSource {
  readonly read: (caller: Caller, bucket: string, key: string) => Buffer;
  readonly list: (caller: Caller, bucket: string, prefix: string) => readonly unknown[];
}

/** Objects of S3, and what they hold. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const mapSource = (s3: Pick<S3, 'getObject' | 'listObjects'>): MapSource => ({
  read: (caller, bucket, key) => orFailed(() => readFileSync(s3.getObject(caller, bucket, key).file)),
  list: (caller, bucket, prefix) =>
    orFailed(() =>
      s3.listObjects(caller, bucket, prefix).map(({ key, etag, lastModified, size, storageClass }) => ({
        Etag: `"${etag}"`,
        Key: key,
        LastModified: lastModified / 1000,
        Size: size,
        StorageClass: storageClass,
      })),
    ),
});

function orFailed<Result>(ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new StatesError('States.ItemReaderFailed', sdkCauseOf('S3', error));
  }
}
