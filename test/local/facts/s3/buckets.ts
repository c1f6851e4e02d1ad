import {
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3Event } from '../../../../local/s3/index.ts';
import { sendRaw } from '../../endpoint/raw.ts';
import { bucketNamed } from '../../s3/lake.ts';
import { Bucket, DAY, HOUR, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const EVENTS = guide('ev-events');
const putAll = async (client: S3Client, ...keys: string[]) => {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
};
const told = { configuration: { NotificationConfiguration: { EventBridgeConfiguration: {} } } };

/** A collector of events, and what is left of them to compare. */
function listener() {
  const events: S3Event[] = [];
  const seen = () => events.map((event) => [event['detail-type'], event.detail.reason ?? event.detail['source-storage-class']]);
  return { events, seen, onEvent: (event: S3Event) => events.push(event) };
}

/** Listings, configuration, and what buckets tell EventBridge. */
export const s3Buckets: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'listings are in the order of the keys’ bytes in UTF-8, so that a surrogate pair comes behind U+FFEE',
      basis: 'documented',
      source: api('ListObjectsV2'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await putAll(client, '😀', '\uffee', 'a', 'B');
          const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
          expect(Contents?.map(({ Key }) => Key)).toEqual(['B', 'a', '\uffee', '😀']);
        }),
    },
    {
      says: 'common prefixes count among the keys of a page, and 1,000 is the most whatever is asked for',
      basis: 'documented',
      source: api('ListObjectsV2'),
      holds: () =>
        withS3({}, async ({ client, s3 }) => {
          const body = Buffer.alloc(0);
          for (let index = 0; index < 1001; index++) s3.bucket(Bucket).put(`p${index}/x`, body);
          const { KeyCount, CommonPrefixes, MaxKeys, IsTruncated } = await client.send(
            new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 5000 }),
          );
          expect([KeyCount, CommonPrefixes?.length, MaxKeys, IsTruncated]).toEqual([1000, 1000, 1000, true]);
        }),
    },
    {
      says: 'ListObjects gives NextMarker only with a delimiter, and a common prefix as marker passes over all under it',
      basis: 'documented',
      source: api('ListObjects'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await putAll(client, 'a/1', 'a/2', 'b');
          const list = (rest: object) => client.send(new ListObjectsCommand({ Bucket, MaxKeys: 1, ...rest }));
          const first = await list({ Delimiter: '/' });
          expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] });
          expect((await list({ Delimiter: '/', Marker: 'a/' })).Contents).toMatchObject([{ Key: 'b' }]);
          expect((await list({})).NextMarker).toBeUndefined();
        }),
    },
    {
      says: 'ListObjectVersions goes on within a key by key-marker and version-id-marker, which is refused with InvalidArgument alone',
      basis: 'observed',
      source: recorded('test_s3_list_operations'),
      holds: () =>
        withS3({ versioned: true }, async ({ client }) => {
          await putAll(client, 'a', 'a', 'b');
          const list = (rest: object) => client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, ...rest }));
          const { NextKeyMarker, NextVersionIdMarker, Versions } = await list({});
          expect([NextKeyMarker, Versions?.[0]?.IsLatest]).toEqual(['a', true]);
          const next = await list({ KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker });
          expect(next.Versions).toMatchObject([{ Key: 'a', IsLatest: false }]);
          expect(await refusal(list({ VersionIdMarker: NextVersionIdMarker }))).toMatchObject({
            code: 'InvalidArgument',
            status: 400,
          });
        }),
    },
    {
      says: 'a continuation token that S3 did not give is refused with InvalidArgument',
      basis: 'observed',
      source: recorded('test_s3_list_operations'),
      holds: () =>
        withS3({}, async ({ client }) => {
          expect(await refusal(client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: '' })))).toMatchObject({
            code: 'InvalidArgument',
            status: 400,
          });
        }),
    },
    {
      says: 'configuration that a bucket lacks is 404 by a code of its own: NoSuchLifecycleConfiguration, NoSuchTagSet, NoSuchBucketPolicy, ObjectLockConfigurationNotFoundError',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const answers = [
            await refusal(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
            await refusal(client.send(new GetBucketTaggingCommand({ Bucket }))),
            await refusal(client.send(new GetBucketPolicyCommand({ Bucket }))),
            await refusal(client.send(new GetObjectLockConfigurationCommand({ Bucket }))),
          ];
          expect(answers.map(({ code }) => code)).toEqual([
            'NoSuchLifecycleConfiguration',
            'NoSuchTagSet',
            'NoSuchBucketPolicy',
            'ObjectLockConfigurationNotFoundError',
          ]);
          expect(answers.every(({ status }) => status === 404)).toBe(true);
        }),
    },
    {
      says: 'a bucket whose template says nothing of it is unversioned, without a Status, and blocks public access in all four ways',
      basis: 'documented',
      source: guide('create-bucket-faq'),
      holds: () =>
        withS3({}, async ({ client }) => {
          expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
          expect((await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          });
        }),
    },
    {
      says: 'a request for a bucket that another account is expected to own is refused with 403',
      basis: 'documented',
      source: guide('bucket-owner-condition'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const head = (ExpectedBucketOwner: string) => client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }));
          await head('123456789012');
          expect(await refusal(head('210987654321'))).toMatchObject({ status: 403 });
        }),
    },
    {
      says: 'a put, a marker and a deletion for good are Object Created and Object Deleted events, by reason and deletion type',
      basis: 'documented',
      source: EVENTS,
      holds: async () => {
        const { events, onEvent } = listener();
        await withS3(
          { versioned: true, ...told },
          async ({ client }) => {
            const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
            await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
            await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
            expect(events.map((event) => [event['detail-type'], event.detail.reason, event.detail['deletion-type']])).toEqual([
              ['Object Created', 'PutObject', undefined],
              ['Object Deleted', 'DeleteObject', 'Delete Marker Created'],
              ['Object Deleted', 'DeleteObject', 'Permanently Deleted'],
            ]);
            expect(events[0]).toMatchObject({
              version: '0',
              source: 'aws.s3',
              account: '123456789012',
              time: '2026-01-15T10:30:00Z',
              region: 'us-east-1',
              resources: ['arn:aws:s3:::lake'],
              detail: {
                version: '0',
                bucket: { name: 'lake' },
                object: { key: 'k', size: 1, etag: '9dd4e461268c8034f5c8564e155c67a6', 'version-id': VersionId },
                requester: '123456789012',
                'source-ip-address': '127.0.0.1',
              },
            });
          },
          { onEvent },
        );
      },
    },
    {
      says: 'a restore tells of its beginning, its end and its expiry, each at its own time; the expiry of an object tells its rule’s, asked for by s3.amazonaws.com',
      basis: 'documented',
      source: guide('EventBridge'),
      holds: async () => {
        const { events, seen, onEvent } = listener();
        const lifecycle = { Rules: [{ Status: 'Enabled', ExpirationInDays: 5 }] };
        await withS3(
          { ...told, lifecycle },
          async ({ client, clock }) => {
            await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', StorageClass: 'GLACIER' }));
            const RestoreRequest = { Days: 1, GlacierJobParameters: { Tier: 'Standard' } } as const;
            await client.send(new RestoreObjectCommand({ Bucket, Key: 'k', RestoreRequest }));
            await clock.advance(5 * HOUR);
            expect(events.at(-1)?.time).toBe('2026-01-15T15:30:00Z');
            await clock.advance(10 * DAY);
            expect(seen()).toEqual([
              ['Object Created', 'PutObject'],
              ['Object Restore Initiated', 'GLACIER'],
              ['Object Restore Completed', 'GLACIER'],
              ['Object Restore Expired', 'GLACIER'],
              ['Object Deleted', 'Lifecycle Expiration'],
            ]);
            expect(events.slice(2).map(({ detail }) => detail.requester)).toEqual(Array(3).fill('s3.amazonaws.com'));
            expect(events.at(-1)?.time).toBe('2026-01-21T00:00:00Z');
          },
          { onEvent },
        );
      },
    },
    {
      says: 'a bucket tells EventBridge nothing unless its notification configuration says so',
      basis: 'documented',
      source: guide('enable-event-notifications-eventbridge'),
      holds: async () => {
        const { events, onEvent } = listener();
        await withS3(
          {},
          async ({ client }) => {
            await putAll(client, 'k');
            expect(events).toEqual([]);
          },
          { onEvent },
        );
      },
    },
    {
      says: 'an owner is told by a canonical id of 64 hexadecimal digits, the same by ListBuckets, ListObjects, ListObjectsV2 with fetch-owner and ListObjectVersions',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html#FindCanonicalId',
      holds: () =>
        withS3({}, async ({ client }) => {
          await putAll(client, 'k');
          const { Owner } = await client.send(new ListBucketsCommand({}));
          expect(Owner?.ID).toMatch(/^[\da-f]{64}$/);
          const v2 = await client.send(new ListObjectsV2Command({ Bucket, FetchOwner: true }));
          const v1 = await client.send(new ListObjectsCommand({ Bucket }));
          const versions = await client.send(new ListObjectVersionsCommand({ Bucket }));
          expect([v2.Contents?.[0]?.Owner, v1.Contents?.[0]?.Owner, versions.Versions?.[0]?.Owner]).toEqual([
            Owner,
            Owner,
            Owner,
          ]);
        }),
    },
    {
      says: 'ListBuckets takes 1 to 10,000 as max-buckets, and no token but its own: anything else is an InvalidArgument',
      basis: 'observed',
      source: 'https://github.com/versity/versitygw/issues/1804',
      holds: () =>
        withS3({}, async ({ client, operatorKeys, s3, url }) => {
          s3.createBucket(bucketNamed('other'));
          const first = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
          const { Buckets } = await client.send(new ListBucketsCommand({ ContinuationToken: first.ContinuationToken }));
          expect([first.Buckets, Buckets].map((all) => all?.map(({ Name }) => Name))).toEqual([['lake'], ['other']]);
          const list = (query: Record<string, string>) => sendRaw(url, operatorKeys, { method: 'GET', query }, { service: 's3' });
          for (const most of ['abc', '', '1.5', '99999999999']) {
            const { status, text } = await list({ 'max-buckets': most });
            expect([status, text]).toEqual([
              400,
              expect.stringContaining('Provided max-buckets not an integer or within integer range'),
            ]);
          }
          for (const most of ['0', '-1', '10001']) {
            const { status, text } = await list({ 'max-buckets': most });
            expect([status, text]).toEqual([
              400,
              expect.stringContaining('Argument max-buckets must be an integer between 1 and 10000'),
            ]);
          }
          expect((await list({ 'continuation-token': 'YQ' })).status).toBe(400);
        }),
    },
    {
      says: 'a path that names a key and no bucket is an InvalidBucketName, and no list of buckets',
      basis: 'undecided',
      source: guide('VirtualHosting'),
      holds: () =>
        withS3({}, async ({ operatorKeys, url }) => {
          const { status, text } = await sendRaw(url, operatorKeys, { method: 'GET', path: '//x' }, { service: 's3' });
          expect([status, text]).toEqual([400, expect.stringContaining('<Code>InvalidBucketName</Code>')]);
        }),
    },
  ],
};
