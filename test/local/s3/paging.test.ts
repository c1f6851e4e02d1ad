import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
} from '@aws-sdk/client-s3';
import { bucketNamed, lakeWith, operator } from './lake.ts';
import { Bucket, refusal, withS3 } from './rig.ts';

test('versions that are deleted while they are listed hide none and repeat none', async () => {
  await withS3({ versioned: true }, async ({ client, s3 }) => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((text) => s3.put(operator, Bucket, 'k', Buffer.from(text)).versionId).reverse();
    const seen: string[] = [];
    let marker: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
    while (marker !== undefined) {
      const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...marker });
      const page = await client.send(command);
      for (const { VersionId = '', IsLatest } of page.Versions ?? []) {
        seen.push(VersionId);
        if (IsLatest === false) s3.bucket(Bucket).deleteVersion('k', VersionId);
      }
      const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
      marker = IsTruncated === true ? { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
    }
    expect(seen).toEqual(ids);
  });
});

test('a version named null has its place in the order, and leaves it behind', () => {
  const lake = lakeWith({ versioned: true });
  const inBucket = (settings: object) => {
    lake.s3.createBucket({ ...bucketNamed(Bucket), ...settings });
    return lake.s3.bucket(Bucket);
  };
  const { versionId: oldest } = lake.s3.put(operator, Bucket, 'k', Buffer.from('1'));
  inBucket({ versioned: false, suspended: true }).put('k', Buffer.from('2'));
  const bucket = inBucket({ versioned: true });
  const { versionId: gone } = bucket.put('k', Buffer.from('3'));
  const older = (marker: string) => bucket.olderVersions('k', marker).map(({ versionId }) => versionId);
  bucket.deleteVersion('k', gone);
  expect(older(gone)).toEqual(['null', oldest]);
  bucket.deleteVersion('k', 'null');
  expect(older('null')).toEqual([oldest]);
  lake.remove();
});

test('a listing of uploads goes on behind one that was aborted', async () => {
  await withS3({}, async ({ client }) => {
    const begin = async (Key: string) => (await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId ?? '';
    const [first, second, third] = [await begin('a'), await begin('a'), await begin('b')];
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'a', UploadId: first }));
    const after = (KeyMarker: string, UploadIdMarker: string) =>
      client.send(new ListMultipartUploadsCommand({ Bucket, KeyMarker, UploadIdMarker }));
    expect((await after('a', first)).Uploads?.map(({ UploadId }) => UploadId)).toEqual([second, third]);
    expect(await refusal(after('b', first))).toMatchObject({ code: 'InvalidArgument' });
    expect(await refusal(after('a', 'never'))).toMatchObject({ code: 'InvalidArgument' });
  });
});
