import { readFileSync } from 'node:fs';
import type { ObjectPlace, S3 } from '../../s3/index.ts';
import { ServiceError, type Caller } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { sdkCauseOf } from './sdk.ts';

/** Where items and results of distributed Maps lie, with the rights of a state machine's role. @throws StatesError States.ItemReaderFailed, States.ResultWriterFailed */
export interface MapStorage {
  readonly read: (caller: Caller, place: ObjectPlace) => Buffer;
  readonly list: (caller: Caller, bucket: string, prefix: string) => readonly unknown[];
  readonly write: (caller: Caller, bucket: string, key: string, body: Buffer) => void;
}

/** Objects of S3, and what they hold. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const mapStorage = (s3: Pick<S3, 'reads' | 'listObjects' | 'put'>): MapStorage => ({
  read: (caller, place) => orFailed('States.ItemReaderFailed', () => readFileSync(s3.reads.get(caller, place).version.file)),
  list: (caller, bucket, prefix) =>
    orFailed('States.ItemReaderFailed', () =>
      s3.listObjects(caller, bucket, prefix).map(({ key, etag, lastModified, size, storageClass }) => ({
        Etag: `"${etag}"`,
        Key: key,
        LastModified: lastModified / 1000,
        Size: size,
        StorageClass: storageClass,
      })),
    ),
  write: (caller, bucket, key, body) => {
    orFailed('States.ResultWriterFailed', () => s3.put(caller, bucket, key, body));
  },
});

function orFailed<Result>(code: string, ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new StatesError(code, sdkCauseOf('S3', error));
  }
}
