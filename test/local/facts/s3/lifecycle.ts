import { HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Bucket, DAY, MIB, withS3, type Rig } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide } from './sources.ts';

const Key = 'hot/a';
const TRANSITIONS = guide('lifecycle-transition-general-considerations');
const big = Buffer.alloc(MIB / 8);
const rules = (...all: object[]) => ({ lifecycle: { Rules: all.map((rule) => ({ Status: 'Enabled', ...rule })) } });
const to = (StorageClass: string, TransitionInDays: number) => ({ Transitions: [{ StorageClass, TransitionInDays }] });
const put = (client: S3Client, rest: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: big, ...rest }));
const head = (client: S3Client) => client.send(new HeadObjectCommand({ Bucket, Key }));
const classOf = async (client: S3Client) => (await head(client)).StorageClass ?? 'STANDARD';
const at = (rig: Rig, time: string) => rig.clock.advanceTo(Date.parse(time));

/** What lifecycle rules do to objects. */
export const s3Lifecycle: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'an object of January 15th, 10:30, under a rule of 3 days moves at midnight UTC of the 19th',
      basis: 'documented',
      source: guide('intro-lifecycle-rules'),
      holds: () =>
        withS3(rules(to('GLACIER_IR', 3)), async (rig) => {
          await put(rig.client);
          await at(rig, '2026-01-18T23:59:59Z');
          expect(await classOf(rig.client)).toBe('STANDARD');
          await at(rig, '2026-01-19T00:00:00Z');
          expect(await classOf(rig.client)).toBe('GLACIER_IR');
        }),
    },
    {
      says: 'an object under 128 KB is moved to no class, unless its rule names a size',
      basis: 'documented',
      source: TRANSITIONS,
      holds: async () => {
        const small = { Body: big.subarray(1) };
        await withS3(rules(to('GLACIER', 1)), async ({ client, clock }) => {
          await put(client, small);
          await clock.advance(9 * DAY);
          expect(await classOf(client)).toBe('STANDARD');
        });
        await withS3(rules({ ObjectSizeGreaterThan: 10, ...to('GLACIER', 1) }), async ({ client, clock }) => {
          await put(client, small);
          await clock.advance(9 * DAY);
          expect(await classOf(client)).toBe('GLACIER');
        });
      },
    },
    {
      says: 'where rules move an object to Standard-IA and to Glacier on one day, it goes to Glacier',
      basis: 'documented',
      source: TRANSITIONS,
      holds: () =>
        withS3(
          rules({ Id: 'ia', ...to('STANDARD_IA', 30) }, { Id: 'glacier', ...to('GLACIER', 30) }),
          async ({ client, clock }) => {
            await put(client);
            await clock.advance(31 * DAY);
            expect(await classOf(client)).toBe('GLACIER');
          },
        ),
    },
    {
      says: 'permanent deletion takes precedence over a transition that falls due with it',
      basis: 'documented',
      source: guide('lifecycle-expire-general-considerations'),
      holds: () =>
        withS3(
          {
            versioned: true,
            ...rules(
              { NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 2 }] },
              { NoncurrentVersionExpiration: { NoncurrentDays: 2 } },
            ),
          },
          async ({ client, clock }) => {
            await put(client);
            await put(client);
            await clock.advance(3 * DAY);
            expect((await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toHaveLength(1);
          },
        ),
    },
    {
      says: 'a rule with a tag filter moves the objects that bear the tag and no others',
      basis: 'documented',
      source: guide('intro-lifecycle-rules'),
      holds: () =>
        withS3(rules({ TagFilters: [{ Key: 'age', Value: 'old' }], ...to('GLACIER', 1) }), async ({ client, clock }) => {
          await put(client);
          await client.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: big, Tagging: 'age=old' }));
          await clock.advance(3 * DAY);
          expect(await classOf(client)).toBe('STANDARD');
          expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'tagged' }))).StorageClass).toBe('GLACIER');
        }),
    },
    {
      says: 'an expired object delete marker goes once no version is left below it',
      basis: 'documented',
      source: guide('lifecycle-expire-general-considerations'),
      holds: () =>
        withS3(
          {
            versioned: true,
            ...rules(
              { ExpirationInDays: 5 },
              { ExpiredObjectDeleteMarker: true, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
            ),
          },
          async ({ client, clock }) => {
            await put(client);
            const count = async () => {
              const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
              return [Versions.length, DeleteMarkers.length];
            };
            await clock.advance(6 * DAY); // the marker of midnight, January 21st
            expect(await count()).toEqual([1, 1]);
            await clock.advance(2 * DAY);
            expect(await count()).toEqual([0, 0]);
          },
        ),
    },
    {
      says: 'x-amz-expiration names the day and the rule that expire an object',
      basis: 'documented',
      source: guide('lifecycle-expire-general-considerations'),
      holds: () =>
        withS3(rules({ Id: 'short', ExpirationInDays: 3 }), async ({ client }) => {
          expect((await put(client)).Expiration).toBe('expiry-date="Mon, 19 Jan 2026 00:00:00 GMT", rule-id="short"');
        }),
    },
  ],
};
