import {
  CreateMultipartUploadCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Bucket, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from './sources.ts';

const source = recorded('test_s3_list_operations');
const KEYS = ['days/1/a', 'days/1/b', 'days/2', 'days/3'];
const folded = { Bucket, Prefix: 'days/', Delimiter: '/' };

const putAll = async (client: S3Client) => {
  for (const Key of KEYS) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
};
const begin = async (client: S3Client, ...keys: string[]) => {
  const ids: string[] = [];
  for (const Key of keys) ids.push((await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId ?? '');
  return ids;
};
const prefixes = (of: readonly { Prefix?: string | undefined }[] | undefined) => of?.map(({ Prefix }) => Prefix);

/** What listings tell, and where the next page begins. */
export const s3Listings: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a marker that lies within a common prefix passes over all of the prefix, in listings of objects, of versions and of uploads',
      basis: 'observed',
      source,
      holds: () =>
        withS3({ versioned: true }, async ({ client }) => {
          await putAll(client);
          await begin(client, ...KEYS);
          const objects = await client.send(new ListObjectsCommand({ ...folded, Marker: 'days/1/a' }));
          expect([objects.CommonPrefixes, objects.Contents?.map(({ Key }) => Key)]).toEqual([undefined, ['days/2', 'days/3']]);
          const versions = await client.send(new ListObjectVersionsCommand({ ...folded, KeyMarker: 'days/1/a', MaxKeys: 1 }));
          expect([versions.CommonPrefixes, versions.Versions?.[0]?.Key]).toEqual([undefined, 'days/2']);
          const uploads = await client.send(new ListMultipartUploadsCommand({ ...folded, KeyMarker: 'days/1/a' }));
          expect([uploads.CommonPrefixes, uploads.Uploads?.map(({ Key }) => Key)]).toEqual([undefined, ['days/2', 'days/3']]);
        }),
    },
    {
      says: 'uploads fold by a delimiter too, and a common prefix counts as one of a page',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          await begin(client, ...KEYS);
          const all = await client.send(new ListMultipartUploadsCommand(folded));
          expect([prefixes(all.CommonPrefixes), all.Uploads?.map(({ Key }) => Key), all.Delimiter]).toEqual([
            ['days/1/'],
            ['days/2', 'days/3'],
            '/',
          ]);
          const first = await client.send(new ListMultipartUploadsCommand({ ...folded, MaxUploads: 1 }));
          expect([prefixes(first.CommonPrefixes), first.Uploads, first.IsTruncated, first.NextKeyMarker]).toEqual([
            ['days/1/'],
            undefined,
            true,
            '',
          ]);
        }),
    },
    {
      says: 'a listing of uploads names its last upload as the next marker whether or not more follow, and nothing where it lists none; an upload-id-marker without a key-marker is passed over',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const list = (rest: object = {}) => client.send(new ListMultipartUploadsCommand({ Bucket, ...rest }));
          expect(await list()).toMatchObject({ IsTruncated: false, NextKeyMarker: '', NextUploadIdMarker: '' });
          const [first, second] = await begin(client, 'a', 'b');
          const all = await list();
          expect(all).toMatchObject({ IsTruncated: false, NextKeyMarker: 'b', NextUploadIdMarker: second });
          expect(all).not.toHaveProperty('Prefix');
          expect(await list({ UploadIdMarker: first, MaxUploads: 1 })).toMatchObject({
            IsTruncated: true,
            UploadIdMarker: '',
            NextKeyMarker: 'a',
          });
        }),
    },
    {
      says: 'who began an upload has a name beside the ARN',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const [UploadId] = await begin(client, 'a');
          const { Initiator } = await client.send(new ListPartsCommand({ Bucket, Key: 'a', UploadId }));
          expect(Initiator).toEqual({
            ID: 'arn:aws:iam::123456789012:user/headwaters-operator',
            DisplayName: 'headwaters-operator',
          });
        }),
    },
    {
      says: 'StartAfter is not repeated beside a continuation token, nor an empty Delimiter',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          await putAll(client);
          const page = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: 'days/1/a', MaxKeys: 1, Delimiter: '' }));
          expect(page.StartAfter).toBe('days/1/a');
          expect(page).not.toHaveProperty('Delimiter');
          const next = await client.send(
            new ListObjectsV2Command({ Bucket, StartAfter: 'days/1/a', ContinuationToken: page.NextContinuationToken }),
          );
          expect(next.Contents?.map(({ Key }) => Key)).toEqual(['days/2', 'days/3']);
          expect(next).not.toHaveProperty('StartAfter');
        }),
    },
    {
      says: 'a listing of buckets names their ARNs, and begins at the beginning for an empty token; HeadBucket names the ARN too',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const BucketArn = `arn:aws:s3:::${Bucket}`;
          const { Buckets } = await client.send(new ListBucketsCommand({ ContinuationToken: '' }));
          expect(Buckets).toMatchObject([{ Name: Bucket, BucketArn }]);
          expect(await client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketArn, AccessPointAlias: false });
        }),
    },
    {
      says: 'times in documents are of whole seconds',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client, clock }) => {
          await clock.advance(1234);
          await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
          const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
          expect(Contents?.[0]?.LastModified?.getMilliseconds()).toBe(0);
        }),
    },
  ],
};
