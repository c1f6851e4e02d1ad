import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Bucket, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const Key = 'k';
const put = (client: S3Client, Body: string, rest: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...rest }));
const get = (client: S3Client, rest: object = {}) => client.send(new GetObjectCommand({ Bucket, Key, ...rest }));
const versioned = { versioned: true };

/** An upload of one part, and what completes it. */
async function uploaded(client: S3Client) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }));
  return (rest: object) =>
    client.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        ...rest,
      }),
    );
}

/** Versions, delete markers, and conditions on reads and writes. */
export const s3Versions: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a simple delete in a versioned bucket puts a delete marker on top, and a read then answers 404 NoSuchKey with x-amz-delete-marker',
      basis: 'documented',
      source: guide('DeleteMarker'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          const { VersionId } = await put(client, 'x');
          const marker = await client.send(new DeleteObjectCommand({ Bucket, Key }));
          expect(marker.DeleteMarker).toBe(true);
          expect(await refusal(get(client))).toMatchObject({ code: 'NoSuchKey', status: 404 });
          const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
          expect(listed.DeleteMarkers).toMatchObject([{ Key, IsLatest: true, VersionId: marker.VersionId }]);
          expect(listed.Versions).toMatchObject([{ Key, IsLatest: false, VersionId }]);
        }),
    },
    {
      says: 'a read of a delete marker by its version id is refused with 405 MethodNotAllowed',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          const { VersionId } = await client.send(new DeleteObjectCommand({ Bucket, Key }));
          expect(await refusal(get(client, { VersionId }))).toMatchObject({ code: 'MethodNotAllowed', status: 405 });
          expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key, VersionId })))).toMatchObject({ status: 405 });
        }),
    },
    {
      says: 'tags of a key whose current version is a delete marker are refused with 405 MethodNotAllowed, not with NoSuchKey',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          await client.send(new DeleteObjectCommand({ Bucket, Key }));
          expect(await refusal(client.send(new DeleteObjectTaggingCommand({ Bucket, Key })))).toMatchObject({
            code: 'MethodNotAllowed',
            status: 405,
          });
        }),
    },
    {
      says: 'deleting the delete marker brings the object back',
      basis: 'documented',
      source: guide('ManagingDelMarkers'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          await put(client, 'x');
          const { VersionId } = await client.send(new DeleteObjectCommand({ Bucket, Key }));
          expect(await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).toMatchObject({
            DeleteMarker: true,
            VersionId,
          });
          expect(await (await get(client)).Body?.transformToString()).toBe('x');
        }),
    },
    {
      says: 'a version that was deleted is NoSuchVersion; an id that the bucket never gave is InvalidArgument',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          const { VersionId } = await put(client, 'x');
          await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
          expect(await refusal(get(client, { VersionId }))).toMatchObject({ code: 'NoSuchVersion', status: 404 });
          const strange = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';
          expect(await refusal(get(client, { VersionId: strange }))).toMatchObject({ code: 'InvalidArgument', status: 400 });
        }),
    },
    {
      says: 'while versioning is suspended, a put replaces the version named null and leaves the others, and a delete leaves a marker named null',
      basis: 'documented',
      source: guide('AddingObjectstoVersionSuspendedBuckets'),
      holds: () =>
        withS3({ suspended: true }, async ({ client }) => {
          await put(client, '1');
          await put(client, '2');
          const all = async () => (await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? [];
          expect(await all()).toHaveLength(1);
          expect(await client.send(new DeleteObjectCommand({ Bucket, Key }))).toMatchObject({
            DeleteMarker: true,
            VersionId: 'null',
          });
          expect(await all()).toHaveLength(0);
        }),
    },
    {
      says: 'a put with If-None-Match: * is refused with 412 PreconditionFailed where the object is there, and not where a delete marker hides it',
      basis: 'documented',
      source: guide('conditional-writes'),
      holds: () =>
        withS3(versioned, async ({ client }) => {
          await put(client, 'x', { IfNoneMatch: '*' });
          expect(await refusal(put(client, 'y', { IfNoneMatch: '*' }))).toMatchObject({
            code: 'PreconditionFailed',
            status: 412,
          });
          await client.send(new DeleteObjectCommand({ Bucket, Key }));
          await put(client, 'y', { IfNoneMatch: '*' });
        }),
    },
    {
      says: 'a put with If-Match of another ETag is refused with 412, and with 404 NoSuchKey where there is no object',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          expect(await refusal(put(client, 'x', { IfMatch: 'abcdef' }))).toMatchObject({ code: 'NoSuchKey', status: 404 });
          const { ETag } = await put(client, 'x');
          expect(await refusal(put(client, 'y', { IfMatch: 'abcdef' }))).toMatchObject({
            code: 'PreconditionFailed',
            status: 412,
          });
          await put(client, 'y', { IfMatch: ETag });
        }),
    },
    {
      says: 'a put takes no If-None-Match but *, and no If-Match: * either: both are refused with 501 NotImplemented',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          for (const condition of [{ IfNoneMatch: 'abcdef' }, { IfMatch: '*' }]) {
            expect(await refusal(put(client, 'x', condition))).toMatchObject({ code: 'NotImplemented', status: 501 });
          }
        }),
    },
    {
      says: 'a conditional completion is refused with 409 ConditionalRequestConflict where the key was deleted since the upload began',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client, 'x');
          const complete = await uploaded(client);
          expect(await refusal(complete({ IfNoneMatch: '*' }))).toMatchObject({ code: 'PreconditionFailed', status: 412 });
          await client.send(new DeleteObjectCommand({ Bucket, Key }));
          expect(await refusal(complete({ IfNoneMatch: '*' }))).toMatchObject({
            code: 'ConditionalRequestConflict',
            status: 409,
          });
          await (
            await uploaded(client)
          )({ IfNoneMatch: '*' });
        }),
    },
    {
      says: 'GetObject with If-None-Match of the ETag answers 304, with If-Match of another 412; of If-Match and If-Unmodified-Since the ETag decides',
      basis: 'documented',
      source: api('GetObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { ETag } = await put(client, 'x');
          const past = new Date('2000-01-01T00:00:00Z');
          expect(await refusal(get(client, { IfNoneMatch: ETag }))).toMatchObject({ status: 304 });
          expect(await refusal(get(client, { IfMatch: '"other"' }))).toMatchObject({ code: 'PreconditionFailed', status: 412 });
          expect(await refusal(get(client, { IfUnmodifiedSince: past }))).toMatchObject({
            code: 'PreconditionFailed',
            status: 412,
          });
          expect((await get(client, { IfMatch: ETag, IfUnmodifiedSince: past })).ETag).toBe(ETag);
        }),
    },
  ],
};
