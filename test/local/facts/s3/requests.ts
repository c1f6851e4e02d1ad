import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3ServiceException,
  type ObjectCannedACL,
  type S3Client,
} from '@aws-sdk/client-s3';
import { sendRaw } from '../../endpoint/raw.ts';
import { Bucket, DAY, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from './sources.ts';

const Key = 'k';
const put = (client: S3Client, rest: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ...rest }));

/** What a refusal's document says besides code and message. */
const elements = async (promise: Promise<unknown>): Promise<object> => {
  const error: unknown = await promise.then(undefined, (reason: unknown) => reason);
  if (!(error instanceof S3ServiceException)) throw new Error('nothing was refused');
  return Object.fromEntries(Object.entries(error));
};

/** What S3 reads out of a request, and how it says that it cannot. */
export const s3Requests: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'metadata of which most characters are printable is told in an encoded word by Q, any other by B',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
          await put(client, { Metadata: { name: encoded('Bericht_März 100%?.csv'), half: encoded('äöüabc') } });
          expect((await client.send(new HeadObjectCommand({ Bucket, Key }))).Metadata).toEqual({
            name: '=?UTF-8?Q?Bericht=5FM=C3=A4rz_100%=3F.csv?=',
            half: encoded('äöüabc'),
          });
        }),
    },
    {
      says: 'a put says nothing of the version where versioning is suspended; a copy names its own version there, and no source that is named null',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({ suspended: true }, async ({ client }) => {
          expect(await put(client)).not.toHaveProperty('VersionId');
          const copied = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` }));
          expect(copied.VersionId).toBe('null');
          expect(copied).not.toHaveProperty('CopySourceVersionId');
        }),
    },
    {
      says: 'ids of versions are 32 letters, digits, dots and underscores',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({ versioned: true }, async ({ client }) => {
          const ids = await Promise.all(Array.from({ length: 50 }, async () => (await put(client)).VersionId));
          expect(ids.filter((id) => !/^[A-Za-z0-9._]{32}$/.test(id ?? ''))).toEqual([]);
        }),
    },
    {
      says: 'If-Modified-Since says nothing with a time that is still to come',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client, clock }) => {
          await put(client);
          await clock.advance(DAY);
          const get = (IfModifiedSince: Date) => client.send(new GetObjectCommand({ Bucket, Key, IfModifiedSince }));
          expect((await get(new Date(clock.now() + DAY))).ContentLength).toBe(5);
          expect(await elements(get(new Date(clock.now())))).toMatchObject({ $metadata: { httpStatusCode: 304 } });
        }),
    },
    {
      says: 'a plus in the source of a copy is a space',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client, { Key: 'two words' });
          await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/two+words` }));
          expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).ContentLength).toBe(5);
        }),
    },
    {
      says: 'an id of a version that never was is a NoSuchVersion for DeleteObjects, and an InvalidArgument for DeleteObject',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({ versioned: true }, async ({ client }) => {
          await put(client);
          const VersionId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';
          const many = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, VersionId }] } }));
          expect(many.Errors).toEqual([
            { Key, VersionId, Code: 'NoSuchVersion', Message: 'The specified version does not exist.' },
          ]);
          const one = client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
          expect(await refusal(one)).toMatchObject({ code: 'InvalidArgument', message: 'Invalid version id specified' });
        }),
    },
    {
      says: 'x-amz-bypass-governance-retention is refused by a bucket without Object Lock, whatever it says',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client);
          for (const BypassGovernanceRetention of [true, false]) {
            const remove = new DeleteObjectCommand({ Bucket, Key, BypassGovernanceRetention });
            expect(await refusal(client.send(remove))).toMatchObject({ code: 'InvalidArgument' });
          }
        }),
    },
    {
      says: 'a tag that is refused is named, and a document without a set of tags takes all of them away',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client, operatorKeys, url }) => {
          await put(client, { Tagging: 'a=b' });
          const tag = (TagSet: { Key: string; Value: string }[]) =>
            client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
          expect(await elements(tag([{ Key: 'a,b', Value: 'x' }]))).toMatchObject({ name: 'InvalidTag', TagKey: 'a,b' });
          expect(await elements(tag([{ Key: 'a', Value: 'x,y' }]))).toMatchObject({ TagKey: 'a', TagValue: 'x,y' });
          expect(await elements(put(client, { Tagging: 'a=b&a=c' }))).toMatchObject({
            name: 'InvalidArgument',
            ArgumentName: 'x-amz-tagging',
            ArgumentValue: 'a=b&a=c',
          });
          const raw = { method: 'PUT', path: `/${Bucket}/${Key}`, query: { tagging: '' }, body: '<Tagging/>' };
          expect((await sendRaw(url, operatorKeys, raw, { service: 's3' })).status).toBe(200);
          expect((await client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toEqual([]);
        }),
    },
    {
      says: 'an ACL that is none of the canned ones is an InvalidArgument, where ACLs are off too',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          expect(await elements(put(client, { ACL: 'nobodys' as ObjectCannedACL }))).toMatchObject({
            name: 'InvalidArgument',
            ArgumentName: 'x-amz-acl',
            ArgumentValue: 'nobodys',
          });
        }),
    },
    {
      says: 'a conditional write of a form that S3 does not take is a NotImplemented that says which header and why',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { ETag } = await put(client);
          const refused = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
          expect(await elements(put(client, { IfNoneMatch: ETag }))).toMatchObject({
            ...refused,
            Header: 'If-None-Match',
            additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
          });
          expect(await elements(put(client, { IfNoneMatch: '*', IfMatch: ETag }))).toMatchObject({
            ...refused,
            Header: 'If-Match,If-None-Match',
            additionalMessage: 'Multiple conditional request headers present in the request',
          });
        }),
    },
    {
      says: 'a completion without a body names no parts: that is an InvalidRequest, and NoSuchUpload where there is no such upload',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const complete = (UploadId: string | undefined) =>
            client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId }));
          const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
          expect(await refusal(complete(UploadId))).toMatchObject({ message: 'You must specify at least one part' });
          expect(await refusal(complete('nothing'))).toMatchObject({ code: 'NoSuchUpload', status: 404 });
        }),
    },
    {
      says: 'an expected owner that is no account is InvalidBucketOwnerAWSAccountID, another account AccessDenied',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client, operatorKeys, url }) => {
          const head = (owner: string) =>
            sendRaw(
              url,
              operatorKeys,
              { method: 'GET', path: `/${Bucket}`, headers: { 'x-amz-expected-bucket-owner': owner } },
              { service: 's3' },
            );
          expect(await head('0000')).toMatchObject({
            status: 400,
            text: expect.stringContaining(
              'The value of the expected bucket owner parameter must be an AWS Account ID... [0000]',
            ) as string,
          });
          const other = new HeadBucketCommand({ Bucket, ExpectedBucketOwner: '000000000000' });
          expect((await refusal(client.send(other))).status).toBe(403);
        }),
    },
    {
      says: "a header that names the API's version, as the SDK for C++ sends it, changes nothing",
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonRequestHeaders.html',
      holds: () =>
        withS3({}, async ({ operatorKeys, url }) => {
          const headers = { 'x-amz-api-version': '2006-03-01' };
          const answer = await sendRaw(url, operatorKeys, { method: 'HEAD', path: `/${Bucket}`, headers }, { service: 's3' });
          expect(answer.status).toBe(200);
        }),
    },
    {
      says: 'an answer has a second id, which an error’s document names as HostId',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ operatorKeys, url }) => {
          const raw = { method: 'GET', path: `/${Bucket}/none` };
          const { headers, text } = await sendRaw(url, operatorKeys, raw, { service: 's3' });
          expect(headers['x-amz-id-2']).toMatch(/^[A-Za-z0-9+/]{64}$/);
          expect(text).toContain(`<HostId>${String(headers['x-amz-id-2'])}</HostId>`);
        }),
    },
  ],
};
