import { isRecord, Members } from '../../input.ts';
import { listPage, MOST_KEYS } from '../../s3/list-page.ts';
import { RESTORE_TIERS, restoreStatusOf, type ObjectVersion, type S3 } from '../../s3/index.ts';
import { ServiceError, type Caller } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { sdkCauseOf } from './sdk.ts';
import { instant } from './sdk-shape.ts';
import type { Task } from './task.ts';

const LIST = ['Bucket', 'Prefix', 'Delimiter', 'StartAfter', 'ContinuationToken', 'MaxKeys', 'OptionalObjectAttributes'];

/** Errors that S3's model names, as Java's SDK does; every other one is an S3Exception. @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const MODELED: Readonly<Record<string, string>> = {
  NoSuchBucket: 'S3.NoSuchBucketException',
  NoSuchKey: 'S3.NoSuchKeyException',
  InvalidObjectState: 'S3.InvalidObjectStateException',
};

function s3Task(run: (input: Members, caller: Caller) => unknown): Task {
  return async (raw, caller) => {
    const refuse = (message: string) => new StatesError('States.Runtime', message);
    try {
      return run(new Members(isRecord(raw) ? raw : {}, refuse), caller);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new StatesError(MODELED[error.code] ?? 'S3.S3Exception', sdkCauseOf('S3', error));
    }
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = (s3: S3): Task =>
  s3Task((input, caller) => {
    input.only(LIST);
    const [prefix = '', delimiter] = [input.optionalText('Prefix'), input.optionalText('Delimiter')];
    const maxKeys = input.optionalNumber('MaxKeys') ?? MOST_KEYS;
    const asked = input.has('MaxKeys') ? { maxKeys: String(maxKeys) } : {};
    const bucket = s3.bucketToList(caller, input.text('Bucket'), {
      ...(input.has('Prefix') && { prefix }),
      ...(delimiter !== undefined && { delimiter }),
      ...asked,
    });
    const page = listPage(bucket, {
      prefix,
      delimiter,
      maxKeys,
      continuationToken: input.optionalText('ContinuationToken'),
      startAfter: input.optionalText('StartAfter'),
    });
    const withRestore = input.texts('OptionalObjectAttributes').includes('RestoreStatus');
    return {
      Name: input.text('Bucket'),
      Prefix: prefix,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      MaxKeys: page.maxKeys,
      IsTruncated: page.nextToken !== undefined,
      ...(page.nextToken !== undefined && { NextContinuationToken: page.nextToken }),
      ...(page.objects.length > 0 && {
        Contents: page.objects.map((object) => contentOf(object, withRestore ? s3.now() : undefined)),
      }),
      ...(page.commonPrefixes.length > 0 && { CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: common })) }),
    };
  });

function contentOf(object: ObjectVersion, now: number | undefined): object {
  const status = now === undefined ? undefined : restoreStatusOf(object, now);
  return {
    Key: object.key,
    LastModified: instant(object.lastModified),
    ETag: `"${object.etag}"`,
    Size: object.size,
    StorageClass: object.storageClass,
    ...(status && {
      RestoreStatus: {
        IsRestoreInProgress: status.expires === undefined,
        ...(status.expires !== undefined && { RestoreExpiryDate: instant(status.expires) }),
      },
    }),
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
export const restoreObject = (s3: S3): Task =>
  s3Task((input, caller) => {
    input.only(['Bucket', 'Key', 'VersionId', 'RestoreRequest']);
    const request = input.object('RestoreRequest').only(['Days', 'GlacierJobParameters', 'Tier']);
    const given = request.optionalObject('GlacierJobParameters')?.only(['Tier']).text('Tier') ?? request.optionalText('Tier');
    const tier = RESTORE_TIERS.find((name) => name === given);
    if (given !== undefined && tier === undefined) throw request.invalid('Tier', `must be ${RESTORE_TIERS.join(', ')}`);
    const versionId = input.optionalText('VersionId');
    s3.settings.restore(
      caller,
      { bucket: input.text('Bucket'), key: input.text('Key'), ...(versionId !== undefined && { versionId }) },
      { days: request.number('Days'), tier },
    );
    return {};
  });
