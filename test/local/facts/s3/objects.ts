import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  GetObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { sendRaw } from '../../endpoint/raw.ts';
import { Bucket, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const Key = 'k';
const hello = () => new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', Metadata: { by: 'me' } });
const tags = (count: number) => ({ TagSet: Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' })) });

/** Objects as they are put, read, copied, tagged and deleted. */
export const s3Objects: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a put whose checksum is not that of its bytes is refused with BadDigest, by each of CRC32, CRC32C, CRC64NVME, SHA1 and SHA256',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const wrong = {
            ChecksumCRC32: 'AAAAAA==',
            ChecksumCRC32C: 'AAAAAA==',
            ChecksumCRC64NVME: 'AAAAAAAAAAA=',
            ChecksumSHA1: Buffer.alloc(20).toString('base64'),
            ChecksumSHA256: Buffer.alloc(32).toString('base64'),
          };
          for (const [name, value] of Object.entries(wrong)) {
            const put = new PutObjectCommand({ Bucket, Key, Body: 'hello', [name]: value });
            const algorithm = name.replace('Checksum', '');
            expect(await refusal(client.send(put))).toEqual({
              code: 'BadDigest',
              status: 400,
              message: `The ${algorithm} you specified did not match the calculated checksum.`,
            });
          }
        }),
    },
    {
      says: 'the checksum of the nine digits is cbf43926 by CRC32, e3069283 by CRC32C and ae8b14860a799888 by CRC64NVME, which S3 adds where none comes',
      basis: 'documented',
      source: api('Checksum'),
      holds: () =>
        withS3({}, async ({ client, clientWith }) => {
          const Body = '123456789';
          const hex = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString('hex');
          const of = async (ChecksumAlgorithm: 'CRC32' | 'CRC32C' | 'CRC64NVME') =>
            client.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm }));
          expect(hex((await of('CRC32')).ChecksumCRC32)).toBe('cbf43926');
          const silent = clientWith({ requestChecksumCalculation: 'WHEN_REQUIRED' });
          const put = await silent.send(new PutObjectCommand({ Bucket, Key, Body }));
          expect([hex(put.ChecksumCRC64NVME), put.ChecksumType]).toEqual(['ae8b14860a799888', 'FULL_OBJECT']);
          const stated = new PutObjectCommand({
            Bucket,
            Key,
            Body,
            ChecksumCRC32C: Buffer.from('e3069283', 'hex').toString('base64'),
          });
          expect(hex((await client.send(stated)).ChecksumCRC32C)).toBe('e3069283');
        }),
    },
    {
      says: 'GetObject answers 206 with Content-Range for a range, and 416 InvalidRange for one that begins behind the last byte',
      basis: 'documented',
      source: api('GetObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const part = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=1-2' }));
          expect([await part.Body?.transformToString(), part.ContentRange, part.$metadata.httpStatusCode]).toEqual([
            'el',
            'bytes 1-2/5',
            206,
          ]);
          for (const Range of ['bytes=5-9', 'bytes=-0']) {
            expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key, Range })))).toMatchObject({
              code: 'InvalidRange',
              status: 416,
            });
          }
        }),
    },
    {
      says: 'a read by part number of an object that has not so many parts is refused with 416 InvalidPartNumber, and one with a range too with InvalidRequest',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const get = (rest: object) => client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 1, ...rest }));
          expect((await get({})).$metadata.httpStatusCode).toBe(206);
          expect(await refusal(get({ PartNumber: 2 }))).toMatchObject({ code: 'InvalidPartNumber', status: 416 });
          expect(await refusal(get({ Range: 'bytes=0-1' }))).toMatchObject({ code: 'InvalidRequest', status: 400 });
        }),
    },
    {
      says: 'response-content-type and its kin replace headers of the answer and leave the object as it is',
      basis: 'documented',
      source: api('GetObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const overridden = { ResponseContentType: 'text/csv', ResponseContentDisposition: 'attachment' };
          expect(await client.send(new GetObjectCommand({ Bucket, Key, ...overridden }))).toMatchObject({
            ContentType: 'text/csv',
            ContentDisposition: 'attachment',
          });
          const { ContentType, ContentDisposition } = await client.send(new HeadObjectCommand({ Bucket, Key }));
          expect([ContentType, ContentDisposition]).toEqual(['text/plain', undefined]);
        }),
    },
    {
      says: 'a copy keeps metadata and tags unless the directives say REPLACE, and is STANDARD unless it says otherwise',
      basis: 'documented',
      source: api('CopyObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const put = { Bucket, Key, Body: 'x', Metadata: { by: 'me' }, Tagging: 'a=1', StorageClass: 'STANDARD_IA' } as const;
          await client.send(new PutObjectCommand(put));
          const copy = async (to: string, rest: object) => {
            await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${Key}`, ...rest }));
            const { TagCount, Metadata, StorageClass } = await client.send(new GetObjectCommand({ Bucket, Key: to }));
            return { TagCount, Metadata, StorageClass };
          };
          expect(await copy('kept', {})).toEqual({ TagCount: 1, Metadata: { by: 'me' }, StorageClass: undefined });
          const replaced = { MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE', Metadata: { by: 'you' } };
          expect(await copy('replaced', replaced)).toEqual({
            TagCount: undefined,
            Metadata: { by: 'you' },
            StorageClass: undefined,
          });
        }),
    },
    {
      says: 'a copy onto itself that changes nothing is refused with InvalidRequest; one that names even the same storage class is not',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const copy = (rest: object) =>
            client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}`, ...rest }));
          expect(await refusal(copy({}))).toMatchObject({ code: 'InvalidRequest', status: 400 });
          expect((await copy({ StorageClass: 'STANDARD' })).CopyObjectResult?.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
        }),
    },
    {
      says: 'an object has at most 10 tags with keys of at most 128 characters; one more is BadRequest, a longer key InvalidTag',
      basis: 'documented',
      source: guide('object-tagging'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const put = (Tagging: { TagSet: { Key: string; Value: string }[] }) =>
            client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }));
          await put(tags(10));
          expect((await client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toHaveLength(10);
          expect(await refusal(put(tags(11)))).toMatchObject({ code: 'BadRequest', status: 400 });
          const long = { TagSet: [{ Key: 'x'.repeat(129), Value: '' }] };
          expect(await refusal(put(long))).toMatchObject({ code: 'InvalidTag', status: 400 });
        }),
    },
    {
      says: 'x-amz-tagging with a key twice is refused with InvalidArgument, PutObjectTagging with a key twice with InvalidTag',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const twice = { TagSet: [1, 2].map((value) => ({ Key: 'a', Value: String(value) })) };
          expect(await refusal(client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: twice })))).toMatchObject({
            code: 'InvalidTag',
          });
          expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key, Tagging: 'a=1&a=2' })))).toMatchObject({
            code: 'InvalidArgument',
          });
        }),
    },
    {
      says: 'DeleteObjects takes 1,000 keys and refuses 1,001 with MalformedXML; quiet answers tell of failures alone',
      basis: 'documented',
      source: api('DeleteObjects'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const many = (count: number, Quiet = false) =>
            client.send(
              new DeleteObjectsCommand({
                Bucket,
                Delete: {
                  Quiet,
                  Objects: Array.from({ length: count }, (_, index) => ({ Key: index === 0 ? Key : `${index}` })),
                },
              }),
            );
          expect(await refusal(many(1001))).toMatchObject({ code: 'MalformedXML', status: 400 });
          expect((await many(1000, true)).Deleted).toBeUndefined();
          expect((await many(1000)).Deleted).toHaveLength(1000); // what is not there is deleted all the same
          expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key })))).toMatchObject({ status: 404 });
        }),
    },
    {
      says: 'a key of 1,024 bytes in UTF-8 is lawful, a longer one is refused with KeyTooLongError',
      basis: 'documented',
      source: guide('object-keys'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(new PutObjectCommand({ Bucket, Key: 'é'.repeat(512), Body: 'x' }));
          const long = new PutObjectCommand({ Bucket, Key: 'é'.repeat(512) + 'x', Body: 'x' });
          expect(await refusal(client.send(long))).toMatchObject({ code: 'KeyTooLongError', status: 400 });
        }),
    },
    {
      says: 'user metadata of more than 2,048 bytes, names counted, is refused with MetadataTooLarge',
      basis: 'documented',
      source: guide('UsingMetadata'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const put = (length: number) =>
            client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Metadata: { ab: 'x'.repeat(length) } }));
          await put(2046);
          expect(await refusal(put(2047))).toMatchObject({ code: 'MetadataTooLarge', status: 400 });
        }),
    },
    {
      says: 'where ACLs are disabled, as in new buckets, a put may name bucket-owner-full-control and is refused with AccessControlListNotSupported for another ACL',
      basis: 'documented',
      source: guide('about-object-ownership'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const put = (ACL: 'bucket-owner-full-control' | 'public-read') =>
            client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ACL }));
          await put('bucket-owner-full-control');
          expect(await refusal(put('public-read'))).toMatchObject({ code: 'AccessControlListNotSupported', status: 400 });
        }),
    },
    {
      says: 'GetObjectAttributes gives the ETag without quotes, the size, and STANDARD by its name',
      basis: 'documented',
      source: api('GetObjectAttributes'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(hello());
          const ObjectAttributes = ['ETag', 'ObjectSize', 'StorageClass', 'Checksum'] as const;
          expect(
            await client.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: [...ObjectAttributes] })),
          ).toMatchObject({
            ETag: '5d41402abc4b2a76b9719d911017c592',
            ObjectSize: 5,
            StorageClass: 'STANDARD',
            Checksum: { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' },
          });
        }),
    },
    {
      says: 'metadata beyond US-ASCII is told in an encoded word of RFC 2047, and one that is sent is read: bytes of a header are taken for Latin-1',
      basis: 'documented',
      source: guide('UsingMetadata'),
      holds: () =>
        withS3({}, async ({ client, operatorKeys, url }) => {
          const put = async (value: string): Promise<unknown> => {
            const raw = {
              method: 'PUT',
              path: `/${Bucket}/${Key}`,
              body: Buffer.from('x'),
              headers: { 'x-amz-meta-nonascii': value },
            };
            const bytes = { 'x-amz-meta-nonascii': Buffer.from(value).toString('latin1') }; // as clients send what they signed
            const sent = await sendRaw(url, operatorKeys, raw, {
              service: 's3',
              tamper: (signed) => ({ ...signed, headers: { ...signed.headers, ...bytes } }),
            });
            expect(sent.status).toBe(200);
            return (await client.send(new HeadObjectCommand({ Bucket, Key }))).Metadata?.nonascii;
          };
          const word = '=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=';
          expect(await put('ÄMÄZÕÑ S3')).toBe(word);
          expect(await put(word)).toBe(word);
          expect(await put('AMAZONS3')).toBe('AMAZONS3');
        }),
    },
    {
      says: 'metadata in a presigned URL is UTF-8: it is told in an encoded word, and a name that no header can have is an InvalidArgument',
      basis: 'undecided',
      source: guide('UsingMetadata'),
      holds: () =>
        withS3({}, async ({ client, operatorKeys, url }) => {
          const put = (query: Record<string, string>) =>
            sendRaw(url, operatorKeys, { method: 'PUT', path: `/${Bucket}/${Key}`, query }, { service: 's3', expiresIn: 60 });
          expect((await put({ 'x-amz-meta-title': '日本' })).status).toBe(200);
          const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
          expect(Metadata).toEqual({ title: `=?UTF-8?B?${Buffer.from('日本').toString('base64')}?=` });
          const refused = await put({ 'x-amz-meta-a b': 'x' });
          expect([refused.status, /<Code>(.*?)</.exec(refused.text)?.[1]]).toEqual([400, 'InvalidArgument']);
        }),
    },
  ],
};
