import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type ChecksumAlgorithm,
  type ChecksumType,
  type S3Client,
} from '@aws-sdk/client-s3';
import { checksumOf } from '../../../../local/s3/index.ts';
import { Bucket, MIB, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from './sources.ts';

const Key = 'k';
const source = recorded('test_s3');
const BODIES = [Buffer.alloc(5 * MIB, 'a'), Buffer.from('b')];
const WHOLE = Buffer.concat(BODIES);
const crc32 = (bytes: Buffer) => checksumOf('CRC32', bytes);

interface Choice {
  readonly ChecksumAlgorithm?: ChecksumAlgorithm;
  readonly ChecksumType?: ChecksumType;
}

/** An upload of two parts, and what completes it. */
async function upload(client: S3Client, { ChecksumAlgorithm, ChecksumType }: Choice) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm, ChecksumType }));
  const parts: { PartNumber: number; ETag: string | undefined; ChecksumCRC32: string | undefined }[] = [];
  for (const [at, Body] of BODIES.entries()) {
    const part = { Bucket, Key, UploadId, PartNumber: at + 1, Body, ChecksumAlgorithm };
    const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(part));
    parts.push({ PartNumber: at + 1, ETag, ChecksumCRC32 });
  }
  return {
    parts,
    complete: (rest: object = {}, Parts: readonly object[] = parts) =>
      client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [...Parts] }, ...rest })),
  };
}

const composite: Choice = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'COMPOSITE' };
const whole: Choice = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' };
const attributes = (client: S3Client) =>
  client.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['Checksum', 'ObjectParts'] }));
const get = (client: S3Client, rest: object) =>
  client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED', ...rest }));

/** Which checksum is told where, and which one is believed. */
export const s3Checksums: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'GetObjectAttributes lists the parts of an object whose checksum is COMPOSITE, and counts those of others; the checksum is told without the number of parts',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          await (await upload(client, composite)).complete();
          const listed = await attributes(client);
          expect(listed.ObjectParts?.Parts?.map(({ ChecksumCRC32 }) => ChecksumCRC32)).toEqual(BODIES.map(crc32));
          const digests = BODIES.map((body) => Buffer.from(crc32(body), 'base64'));
          expect(listed.Checksum).toEqual({ ChecksumCRC32: crc32(Buffer.concat(digests)), ChecksumType: 'COMPOSITE' });
          await (await upload(client, whole)).complete();
          const counted = await attributes(client);
          expect(counted).toMatchObject({
            Checksum: { ChecksumCRC32: crc32(WHOLE), ChecksumType: 'FULL_OBJECT' },
            ObjectParts: { TotalPartsCount: 2 },
          });
          expect(counted.ObjectParts).not.toHaveProperty('Parts');
        }),
    },
    {
      says: 'a part is read with its own checksum where the object’s is COMPOSITE, and without one where it is FULL_OBJECT',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          await (await upload(client, composite)).complete();
          expect((await get(client, { PartNumber: 2 })).ChecksumCRC32).toBe(crc32(Buffer.from('b')));
          await (await upload(client, whole)).complete();
          expect(await get(client, { PartNumber: 2 })).not.toHaveProperty('ChecksumCRC32');
        }),
    },
    {
      says: 'a range that turns out to be the whole object is read with its checksum, any other range without',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
          const sum = crc32(Buffer.from('0123456789'));
          for (const Range of ['bytes=0-100', 'bytes=-15', 'bytes=0-']) {
            expect(await get(client, { Range })).toMatchObject({ ChecksumCRC32: sum, ContentRange: 'bytes 0-9/10' });
          }
          expect((await get(client, { PartNumber: 1 })).ChecksumCRC32).toBe(sum);
          expect(await get(client, { Range: 'bytes=0-8' })).not.toHaveProperty('ChecksumCRC32');
        }),
    },
    {
      says: 'a copy of an object whose checksum is COMPOSITE has one of the whole, by the same algorithm, and tells it',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          await (await upload(client, composite)).complete();
          const copy = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` });
          expect((await client.send(copy)).CopyObjectResult).toMatchObject({
            ChecksumCRC32: crc32(WHOLE),
            ChecksumType: 'FULL_OBJECT',
          });
        }),
    },
    {
      says: 'a completion that states the checksum of a FULL_OBJECT upload without its type is a BadDigest, even where the checksum is right',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete } = await upload(client, whole);
          const ChecksumCRC32 = crc32(WHOLE);
          expect(await refusal(complete({ ChecksumCRC32 }))).toMatchObject({
            code: 'BadDigest',
            message: 'The crc32 you specified did not match the calculated checksum.',
          });
          expect((await complete({ ChecksumCRC32, ChecksumType: 'FULL_OBJECT' })).ChecksumCRC32).toBe(ChecksumCRC32);
        }),
    },
    {
      says: 'an upload that named no algorithm passes over a checksum of the whole by another algorithm than S3’s own',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, parts } = await upload(client, {});
          const bare = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
          expect((await complete({ ChecksumCRC32: 'AAAAAA==-2' }, bare)).ChecksumType).toBe('FULL_OBJECT');
        }),
    },
    {
      says: 'a part that a completion names with a checksum by another algorithm than the upload’s is a BadDigest',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, parts } = await upload(client, composite);
          const [{ PartNumber, ETag } = {}] = parts;
          const other = [{ PartNumber, ETag, ChecksumSHA256: Buffer.alloc(32).toString('base64') }];
          expect(await refusal(complete({}, other))).toMatchObject({
            code: 'BadDigest',
            message: 'The sha256 you specified for part 1 did not match what we received.',
          });
        }),
    },
    {
      says: 'an upload by an algorithm that there is not is an InvalidRequest that names those there are',
      basis: 'observed',
      source,
      holds: () =>
        withS3({}, async ({ client }) => {
          expect(await refusal(upload(client, { ChecksumAlgorithm: 'ADLER' as ChecksumAlgorithm }))).toMatchObject({
            code: 'InvalidRequest',
            message:
              'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
          });
        }),
    },
  ],
};
