import {
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Bucket, DAY, refusal, withS3 } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './sources.ts';

const Key = 'k';
const LOCK = guide('object-lock');
const eraserOnly = { Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::lake/*' };
const put = (client: S3Client) => client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
const denied = { code: 'AccessDenied', status: 403 };
const locked = {
  versioned: true,
  configuration: {
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 10 } } },
  },
};
const remove = (client: S3Client, VersionId: string | undefined, rest: object = {}) =>
  client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, ...rest }));

/** Versions that nobody may delete before their time. */
export const s3Locks: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a version under governance is deleted only with x-amz-bypass-governance-retention and s3:BypassGovernanceRetention; a simple delete puts its marker all the same',
      basis: 'documented',
      source: LOCK,
      holds: () =>
        withS3(locked, async ({ client, clientFor }) => {
          const { VersionId } = await put(client);
          const BypassGovernanceRetention = true;
          expect(await refusal(remove(client, VersionId))).toMatchObject(denied);
          const eraser = clientFor(eraserOnly);
          expect(await refusal(remove(eraser, VersionId, { BypassGovernanceRetention }))).toMatchObject(denied);
          expect((await remove(client, undefined)).DeleteMarker).toBe(true);
          await remove(client, VersionId, { BypassGovernanceRetention });
        }),
    },
    {
      says: 'a bucket’s default retention of 10 days counts from the version’s creation, and the version can be deleted when they are over',
      basis: 'documented',
      source: LOCK,
      holds: () =>
        withS3(locked, async ({ client, clock }) => {
          const { VersionId } = await put(client);
          const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket, Key }));
          expect(Retention).toEqual({ Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-01-25T10:30:00Z') });
          await clock.advance(10 * DAY);
          await remove(client, VersionId);
        }),
    },
    {
      says: 'retention in compliance mode can be extended, and neither shortened nor lifted by anybody',
      basis: 'documented',
      source: LOCK,
      holds: () =>
        withS3(locked, async ({ client, clock }) => {
          const retain = (days: number) =>
            client.send(
              new PutObjectRetentionCommand({
                Bucket,
                Key,
                Retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date(clock.now() + days * DAY) },
                BypassGovernanceRetention: true,
              }),
            );
          const { VersionId } = await put(client);
          await retain(20);
          await retain(30);
          expect(await refusal(retain(29))).toMatchObject(denied);
          expect(await refusal(remove(client, VersionId, { BypassGovernanceRetention: true }))).toMatchObject(denied);
        }),
    },
    {
      says: 'a legal hold has no end and is not passed over by who may bypass governance',
      basis: 'documented',
      source: LOCK,
      holds: () =>
        withS3(locked, async ({ client, clock }) => {
          const { VersionId } = await put(client);
          const hold = (Status: 'ON' | 'OFF') =>
            client.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status } }));
          await hold('ON');
          await clock.advance(1000 * DAY);
          expect(await refusal(remove(client, VersionId, { BypassGovernanceRetention: true }))).toMatchObject(denied);
          await hold('OFF');
          await remove(client, VersionId);
        }),
    },
    {
      says: 'x-amz-bypass-governance-retention on a bucket without Object Lock is refused with InvalidArgument',
      basis: 'observed',
      source: recorded('test_s3_api'),
      holds: () =>
        withS3({ versioned: true }, async ({ client }) => {
          const { VersionId } = await put(client);
          expect(await refusal(remove(client, VersionId, { BypassGovernanceRetention: true }))).toMatchObject({
            code: 'InvalidArgument',
            status: 400,
          });
        }),
    },
  ],
};
