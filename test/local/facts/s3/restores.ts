import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, RestoreObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Bucket, HOUR, MIB, refusal, withS3, type Rig } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const Key = 'hot/a';
const big = Buffer.alloc(MIB / 8);
const put = (client: S3Client, rest: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: big, ...rest }));
const head = (client: S3Client) => client.send(new HeadObjectCommand({ Bucket, Key }));
const at = (rig: Rig, time: string) => rig.clock.advanceTo(Date.parse(time));

const restore = (client: S3Client, Days: number, Tier?: 'Bulk' | 'Standard' | 'Expedited') =>
  client.send(
    new RestoreObjectCommand({
      Bucket,
      Key,
      RestoreRequest: { Days, ...(Tier === undefined ? {} : { GlacierJobParameters: { Tier } }) },
    }),
  );
async function isReadable(client: S3Client): Promise<boolean> {
  const got = await client.send(new GetObjectCommand({ Bucket, Key })).catch(() => undefined);
  await got?.Body?.transformToByteArray(); // a body that nobody reads keeps its connection
  return got !== undefined;
}

/** Hours after which a copy can be read, from just before and just after. */
async function waits({ client, clock }: Rig, hours: number): Promise<boolean[]> {
  await clock.advance(hours * HOUR - 1000);
  const before = await isReadable(client);
  await clock.advance(1000);
  return [before, await isReadable(client)];
}

/** Archived objects, and temporary copies of them. */
export const s3Restores: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'GLACIER and DEEP_ARCHIVE objects are refused with 403 InvalidObjectState until restored; GLACIER_IR is read at once',
      basis: 'observed',
      source: recorded('test_s3'),
      holds: () =>
        withS3({}, async ({ client }) => {
          for (const StorageClass of ['GLACIER', 'DEEP_ARCHIVE'] as const) {
            await put(client, { StorageClass });
            expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).toMatchObject({
              code: 'InvalidObjectState',
              status: 403,
            });
          }
          await put(client, { StorageClass: 'GLACIER_IR' });
          expect(await isReadable(client)).toBe(true);
        }),
    },
    ...(
      [
        ['GLACIER', 'Expedited', 5 / 60, '5 minutes'],
        ['GLACIER', 'Standard', 5, '5 hours'],
        ['GLACIER', 'Bulk', 12, '12 hours'],
        ['DEEP_ARCHIVE', 'Standard', 12, '12 hours'],
        ['DEEP_ARCHIVE', 'Bulk', 48, '48 hours'],
      ] as const
    ).map(([StorageClass, tier, hours, words]) => ({
      says: `${tier} retrieval from ${StorageClass} is done within ${words}, and takes the whole of it here`,
      basis: 'documented' as const,
      source: guide('restoring-objects-retrieval-options'),
      holds: () =>
        withS3({}, async (rig) => {
          await put(rig.client, { StorageClass });
          await restore(rig.client, 9, tier);
          expect((await head(rig.client)).Restore).toBe('ongoing-request="true"');
          expect(await waits(rig, hours)).toEqual([false, true]);
        }),
    })),
    {
      says: 'Expedited retrieval from DEEP_ARCHIVE is not available, and is refused with 400',
      basis: 'undecided',
      source: guide('restoring-objects-retrieval-options'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client, { StorageClass: 'DEEP_ARCHIVE' });
          expect(await refusal(restore(client, 1, 'Expedited'))).toMatchObject({ code: 'InvalidArgument', status: 400 });
        }),
    },
    {
      says: 'a restore asked for on the 15th at 10:30 for 3 days is there until midnight UTC of the 19th, counted from the request',
      basis: 'documented',
      source: guide('restoring-objects'),
      holds: () =>
        withS3({}, async (rig) => {
          await put(rig.client, { StorageClass: 'GLACIER' });
          expect((await restore(rig.client, 3)).$metadata.httpStatusCode).toBe(202);
          await rig.clock.advance(5 * HOUR);
          expect((await head(rig.client)).Restore).toBe('ongoing-request="false", expiry-date="Mon, 19 Jan 2026 00:00:00 GMT"');
          await at(rig, '2026-01-18T23:59:59Z');
          expect(await isReadable(rig.client)).toBe(true);
          await at(rig, '2026-01-19T00:00:00Z');
          expect(await isReadable(rig.client)).toBe(false);
          expect((await head(rig.client)).Restore).toBeUndefined();
        }),
    },
    {
      says: 'a second request while a restore is under way is refused with 409 RestoreAlreadyInProgress, unless it asks for a faster tier',
      basis: 'documented',
      source: api('RestoreObject'),
      holds: () =>
        withS3({}, async (rig) => {
          await put(rig.client, { StorageClass: 'GLACIER' });
          await restore(rig.client, 3, 'Bulk');
          expect(await refusal(restore(rig.client, 3, 'Bulk'))).toMatchObject({ code: 'RestoreAlreadyInProgress', status: 409 });
          await restore(rig.client, 3, 'Expedited');
          expect(await waits(rig, 5 / 60)).toEqual([false, true]);
        }),
    },
    {
      says: 'a request for a restored object answers 200 and sets its days anew, from the time of that request',
      basis: 'documented',
      source: guide('restoring-objects'),
      holds: () =>
        withS3({}, async (rig) => {
          await put(rig.client, { StorageClass: 'GLACIER' });
          await restore(rig.client, 3, 'Expedited');
          await at(rig, '2026-01-16T11:00:00Z');
          expect((await restore(rig.client, 1)).$metadata.httpStatusCode).toBe(200);
          expect((await head(rig.client)).Restore).toContain('Sun, 18 Jan 2026 00:00:00 GMT');
        }),
    },
    {
      says: 'a restore of an object that is not archived is refused with 403 InvalidObjectState',
      basis: 'documented',
      source: api('RestoreObject'),
      holds: () =>
        withS3({}, async ({ client }) => {
          await put(client, { StorageClass: 'STANDARD_IA' });
          expect(await refusal(restore(client, 1))).toMatchObject({ code: 'InvalidObjectState', status: 403 });
        }),
    },
  ],
};
