import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type ChecksumAlgorithm,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { Bucket, DAY, MIB, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const Key = 'k';
const part = (text: string, size = 5 * MIB) => Buffer.alloc(size, text);

/** An upload of these parts, and what acts on it. */
async function upload(client: S3Client, bodies: readonly Buffer[], rest: { ChecksumAlgorithm?: ChecksumAlgorithm } = {}) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...rest }));
  const Parts: CompletedPart[] = [];
  for (const [index, Body] of bodies.entries()) {
    const PartNumber = index + 1;
    const put = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...rest }));
    Parts.push({ PartNumber, ETag: put.ETag, ChecksumCRC32: rest.ChecksumAlgorithm === 'CRC32' ? put.ChecksumCRC32 : undefined });
  }
  const complete = (parts: readonly CompletedPart[] = Parts, more: object = {}) =>
    client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [...parts] }, ...more }));
  return { UploadId, Parts, complete };
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

/** Objects that come in parts. */
export const s3Multipart: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'the ETag of an object of two parts is the MD5 of its parts’ MD5s, with -2 behind it',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const bodies = [part('a'), part('b', 10)];
          const { ETag } = await (await upload(client, bodies)).complete();
          expect(ETag).toBe(`"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-2"`);
          const got = await client.send(new GetObjectCommand({ Bucket, Key }));
          expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat(bodies))).toBe(true);
        }),
    },
    {
      says: 'every part but the last is at least 5 MiB, or completion is refused with EntityTooSmall',
      basis: 'documented',
      source: guide('qfacts'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, Parts } = await upload(client, [part('a', 5 * MIB - 1), part('b', 1)]);
          expect(await refusal(complete())).toMatchObject({ code: 'EntityTooSmall', status: 400 });
          await complete(Parts.slice(0, 1)); // as the last part it may be of any size
        }),
    },
    {
      says: 'parts that are not in ascending order are refused with InvalidPartOrder, a part with another ETag or none at all with InvalidPart',
      basis: 'documented',
      source: api('CompleteMultipartUpload'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, Parts } = await upload(client, [part('a'), part('b', 1)]);
          expect(await refusal(complete([...Parts].reverse()))).toMatchObject({ code: 'InvalidPartOrder', status: 400 });
          expect(await refusal(complete([{ PartNumber: 1, ETag: '"x"' }]))).toMatchObject({ code: 'InvalidPart', status: 400 });
          expect(await refusal(complete([...Parts, { PartNumber: 3, ETag: '"x"' }]))).toMatchObject({ code: 'InvalidPart' });
        }),
    },
    {
      says: 'part numbers are 1 to 10,000: 0 and 10,001 are refused with InvalidArgument',
      basis: 'documented',
      source: guide('qfacts'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { UploadId } = await upload(client, []);
          const put = (PartNumber: number) =>
            client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: 'x' }));
          for (const number of [0, 10_001]) {
            expect(await refusal(put(number))).toMatchObject({ code: 'InvalidArgument', status: 400 });
          }
          await put(10_000);
        }),
    },
    {
      says: 'an upload that was completed or aborted is NoSuchUpload with 404',
      basis: 'documented',
      source: api('ListParts'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, UploadId } = await upload(client, [part('a', 1)]);
          await complete();
          expect(await refusal(client.send(new ListPartsCommand({ Bucket, Key, UploadId })))).toMatchObject({
            code: 'NoSuchUpload',
            status: 404,
          });
          const other = await upload(client, []);
          await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: other.UploadId }));
          expect(await refusal(other.complete([{ PartNumber: 1, ETag: 'x' }]))).toMatchObject({
            code: 'NoSuchUpload',
            status: 404,
          });
        }),
    },
    {
      says: 'a part sent again replaces the one of its number, and nothing is listed as an object until completion',
      basis: 'documented',
      source: api('UploadPart'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { UploadId, Parts, complete } = await upload(client, [part('a', 3)]);
          const again = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'bb' }));
          expect((await client.send(new ListPartsCommand({ Bucket, Key, UploadId }))).Parts).toMatchObject([
            { PartNumber: 1, Size: 2 },
          ]);
          expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key, UploadId }]);
          expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key })))).toMatchObject({ status: 404 });
          expect(await refusal(complete(Parts))).toMatchObject({ code: 'InvalidPart' });
          await complete([{ PartNumber: 1, ETag: again.ETag }]);
        }),
    },
    {
      says: 'an upload by CRC32 has a COMPOSITE checksum with -2 behind it, and its completion must state the checksum of each part',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          const { complete, Parts } = await upload(client, [part('a'), part('b', 1)], { ChecksumAlgorithm: 'CRC32' });
          const silent = Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
          expect(await refusal(complete(silent))).toMatchObject({ code: 'InvalidRequest', status: 400 });
          const { ChecksumCRC32, ChecksumType } = await complete();
          expect([ChecksumCRC32?.slice(-2), ChecksumType]).toEqual(['-2', 'COMPOSITE']);
        }),
    },
    {
      says: 'an upload that names no algorithm gets a CRC64NVME of the full object from S3',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ clientWith }) => {
          const client = clientWith({ requestChecksumCalculation: 'WHEN_REQUIRED' });
          const { ChecksumCRC64NVME, ChecksumType } = await (await upload(client, [Buffer.from('123456789')])).complete();
          expect([Buffer.from(ChecksumCRC64NVME ?? '', 'base64').toString('hex'), ChecksumType]).toEqual([
            'ae8b14860a799888',
            'FULL_OBJECT',
          ]);
        }),
    },
    {
      says: 'COMPOSITE cannot be had by CRC64NVME nor FULL_OBJECT by SHA-256: both are refused with InvalidRequest',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          for (const [ChecksumAlgorithm, ChecksumType] of [
            ['CRC64NVME', 'COMPOSITE'],
            ['SHA256', 'FULL_OBJECT'],
          ] as const) {
            const begin = new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm, ChecksumType });
            expect(await refusal(client.send(begin))).toMatchObject({ code: 'InvalidRequest', status: 400 });
          }
        }),
    },
    {
      says: 'a read by part number gives that part alone, with the count of parts',
      basis: 'documented',
      source: api('GetObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await (await upload(client, [part('a'), part('b', 3)])).complete();
          const got = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
          expect([await got.Body?.transformToString(), got.PartsCount, got.ContentLength]).toEqual(['bbb', 2, 3]);
          const { ObjectParts } = await client.send(
            new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts'] }),
          );
          expect(ObjectParts?.TotalPartsCount).toBe(2);
        }),
    },
    {
      says: 'UploadPartCopy takes a range of a source; one that begins behind its end is an InvalidRequest, one that ends behind it an InvalidArgument',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }));
          const { UploadId, complete } = await upload(client, []);
          const copy = (CopySourceRange: string) =>
            client.send(
              new UploadPartCopyCommand({
                Bucket,
                Key,
                UploadId,
                PartNumber: 1,
                CopySource: `${Bucket}/source`,
                CopySourceRange,
              }),
            );
          expect(await refusal(copy('bytes=100-200'))).toMatchObject({ code: 'InvalidRequest', status: 400 });
          expect(await refusal(copy('bytes=0-100'))).toMatchObject({ code: 'InvalidArgument', status: 400 });
          const { CopyPartResult } = await copy('bytes=2-4');
          await complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
          expect(await (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe('234');
        }),
    },
    {
      says: 'AbortIncompleteMultipartUpload ends an upload at the midnight after its days, counted from its beginning',
      basis: 'documented',
      source: guide('mpu-abort-incomplete-mpu-lifecycle-config'),
      holds: () =>
        withS3(
          { lifecycle: { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] } },
          async ({ client, clock }) => {
            await upload(client, [part('a', 1)]); // on January 15th at 10:30
            const count = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;
            await clock.advanceTo(Date.parse('2026-01-16T23:59:59Z'));
            expect(await count()).toBe(1);
            await clock.advance(DAY / 24);
            expect(await count()).toBe(0);
          },
        ),
    },
  ],
};
