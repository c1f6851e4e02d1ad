import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { callerWith, operator } from '../s3/lake.ts';
import { rejection, running } from './running.ts';

const Bucket = 'lake';
const kmsKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/k';
let local: Awaited<ReturnType<typeof running>>;
beforeEach(async () => {
  local = await running({ kmsKeyArn, bucketKeyEnabled: true, versioned: true });
});
afterEach(async () => {
  await local.stop();
});
const putAll = async (...keys: string[]) => {
  for (const Key of keys) await local.s3Client().send(new PutObjectCommand({ Bucket, Key, Body: Key }));
};

test('what is put can be read, with its type, metadata and encryption', async () => {
  const s3 = local.s3Client();
  const Key = 'hot/a b+c=é&<1>/😀.txt';
  const put = await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', Metadata: { by: 'me' } }),
  );
  expect(put).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe('hello');
  expect(got).toMatchObject({
    ContentType: 'text/plain',
    Metadata: { by: 'me' },
    ETag: put.ETag,
    VersionId: put.VersionId,
    ContentLength: 5,
  });
  expect(got.LastModified?.toISOString()).toBe('2026-01-15T10:30:00.000Z');
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'hot/' }));
  expect(listed.Contents).toMatchObject([{ Key, Size: 5, StorageClass: 'STANDARD', ETag: put.ETag }]);
});

test('a stream is uploaded in chunks, and large bodies come back whole', async () => {
  const s3 = local.s3Client();
  const body = Buffer.alloc(3_000_000, 'headwaters');
  const pieces = Array.from({ length: 30 }, (_, index) => body.subarray(index * 100_000, (index + 1) * 100_000));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body: Readable.from(pieces), ContentLength: body.length }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
});

test.each([
  ['bytes=0-2', 'hel', 'bytes 0-2/5'],
  ['bytes=3-', 'lo', 'bytes 3-4/5'],
  ['bytes=-2', 'lo', 'bytes 3-4/5'],
  ['bytes=1-99', 'ello', 'bytes 1-4/5'],
])('a range %s gives %s', async (Range, text, ContentRange) => {
  const s3 = local.s3Client();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
  expect([await got.Body?.transformToString(), got.ContentRange, got.$metadata.httpStatusCode]).toEqual([
    text,
    ContentRange,
    206,
  ]);
  expect(await rejection(s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=5-' })))).toMatchObject({
    name: 'InvalidRange',
    status: 416,
  });
});

test('an empty object is an object', async () => {
  const s3 = local.s3Client();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: Buffer.alloc(0) }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
  expect([await got.Body?.transformToString(), got.ContentLength]).toEqual(['', 0]);
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'empty', PartNumber: 1 }));
  expect([part.$metadata.httpStatusCode, part.ContentRange, part.ContentLength]).toEqual([200, undefined, 0]);
});

test.each(['attachment; filename="日本.csv"', 'a\r\nx: y'])('a read refuses to answer with the header %j', async (value) => {
  await putAll('k');
  const read = new GetObjectCommand({ Bucket, Key: 'k', ResponseContentDisposition: value });
  expect(await rejection(local.s3Client().send(read))).toEqual({
    name: 'InvalidArgument',
    status: 400,
    message: 'Header value cannot be represented using ISO-8859-1.',
  });
});

test('an answer whose headers cannot be sent is a fault, and says so', async () => {
  local.s3.put(operator, Bucket, 'k', Buffer.from('x'), { contentType: '日本' });
  expect(await rejection(local.s3Client().send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({ status: 500 });
  expect(local.faults).toHaveLength(1);
});

test('listings fold by delimiter and come in pages', async () => {
  await putAll('a', 'b/1', 'b/2', 'c/1', 'd', 'é/1');
  const s3 = local.s3Client();
  const folded = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', StartAfter: 'a', EncodingType: 'url' }));
  expect(folded).toMatchObject({ KeyCount: 4, IsTruncated: false, Contents: [{ Key: 'd' }] });
  expect(folded.CommonPrefixes).toEqual([{ Prefix: 'b/' }, { Prefix: 'c/' }, { Prefix: '%C3%A9/' }]);
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Delimiter: '/' })) {
    pages.push([...(page.Contents ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix)]);
  }
  expect(pages).toEqual([['a', 'b/'], ['d', 'c/'], ['é/']]);
});

test('buckets are listed, found and placed', async () => {
  const s3 = local.s3Client();
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: 'lake' }]);
  expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1');
  expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  expect(await rejection(s3.send(new HeadBucketCommand({ Bucket: 'sea' })))).toMatchObject({ status: 404 });
});

test('a deleted object leaves a marker, and cannot be found', async () => {
  await putAll('k');
  const s3 = local.s3Client();
  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ DeleteMarker: true });
  expect(await rejection(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  expect(await rejection(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({ name: 'NotFound', status: 404 });
});

test('an archived object is seen with its class and not read', async () => {
  const s3 = local.s3Client();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', StorageClass: 'GLACIER' }));
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).StorageClass).toBe('GLACIER');
  expect(await rejection(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({
    name: 'InvalidObjectState',
    status: 403,
  });
});

test('a put may require that nothing is there', async () => {
  await putAll('k');
  const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', IfNoneMatch: '*' });
  expect(await rejection(local.s3Client().send(put))).toMatchObject({ name: 'PreconditionFailed', status: 412 });
});

test('a role may do what its policies allow, and is told what they do not', async () => {
  await putAll('hot/a', 'cold/a');
  const kms = {
    Action: 'kms:Decrypt',
    Resource: kmsKeyArn,
    Condition: { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::lake' } },
  };
  const caller = callerWith(local.iam, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/hot/*' }, kms);
  const s3 = local.s3Client(local.sessions.credentialsFor(caller).credentials);
  expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: 'hot/a' }))).Body?.transformToString()).toBe('hot/a');
  expect(await rejection(s3.send(new GetObjectCommand({ Bucket, Key: 'cold/a' })))).toEqual({
    name: 'AccessDenied',
    status: 403,
    message: `User: ${caller.arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::lake/cold/a" because no identity-based policy allows the s3:GetObject action`,
  });
  const put = await rejection(s3.send(new PutObjectCommand({ Bucket, Key: 'hot/a', Body: 'x', IfNoneMatch: '*' })));
  expect(put).toMatchObject({ name: 'AccessDenied' }); // not PreconditionFailed, which would tell what is there
});

test('what is lacking says so, and a header that would be passed over too', async () => {
  await putAll('k');
  const s3 = local.s3Client();
  const lacking = (what: string) => ({ name: 'NotImplemented', status: 501, message: `NotImplemented: s3:${what}` });
  const put = (rest: object) => rejection(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...rest })));
  expect(await rejection(s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' })))).toEqual(lacking('GetObjectAcl'));
  expect(await put({ SSEKMSEncryptionContext: 'e30=' })).toEqual(
    lacking("PutObject with 'x-amz-server-side-encryption-context'"),
  );
  expect(await put({ WriteOffsetBytes: 1 })).toEqual(lacking("PutObject with 'x-amz-write-offset-bytes'"));
  expect(await put({ GrantRead: 'id=x' })).toEqual(lacking("PutObject with 'x-amz-grant-read'"));
});
