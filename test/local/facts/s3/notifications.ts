import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  PutObjectTaggingCommand,
  RestoreObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { configure, put, tell, toFunction, withListeners, type Heard } from '../../s3/notified.ts';
import { Bucket, DAY, HOUR } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './sources.ts';

const SHAPE = guide('notification-content-structure');
const TYPES = guide('notification-how-to-event-types-and-destinations');
const ALL = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectRestore:*', 's3:ObjectTagging:*'];
const AGED = ['s3:LifecycleExpiration:*', 's3:LifecycleTransition'];

const drop = (client: S3Client, Key = 'a') => client.send(new DeleteObjectCommand({ Bucket, Key }));
const names = ({ records }: Heard) => records.map(({ eventName }) => eventName);
const objects = ({ records }: Heard) => records.map(({ s3 }) => Object.keys(s3.object).sort().join(' '));
const text = (): unknown => expect.any(String) as unknown;

async function upload(client: S3Client, Key: string): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'hello' }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
}

/** What S3 tells functions of what happens. */
export const s3Notifications: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a put comes as one record of version 2.1, with the account’s names, the request’s ids, and the object’s key, size, ETag and sequencer',
      basis: 'observed',
      source: recorded('test_s3_notifications_lambda'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await configure(rig, { LambdaFunctionConfigurations: [{ Id: 'mine', ...toFunction(['s3:ObjectCreated:Put']) }] });
          await put(rig.client);
          expect(heard.records).toEqual([
            {
              eventVersion: '2.1',
              eventSource: 'aws:s3',
              awsRegion: 'us-east-1',
              eventTime: '2026-01-15T10:30:00.000Z',
              eventName: 'ObjectCreated:Put',
              userIdentity: { principalId: expect.stringMatching(/^AWS:AIDA[A-Z2-7]{17}$/) as unknown },
              requestParameters: { sourceIPAddress: '127.0.0.1' },
              responseElements: { 'x-amz-request-id': text(), 'x-amz-id-2': text() },
              s3: {
                s3SchemaVersion: '1.0',
                configurationId: 'mine',
                bucket: {
                  name: Bucket,
                  ownerIdentity: { principalId: expect.stringMatching(/^A[A-Z2-7]{13}$/) as unknown },
                  arn: `arn:aws:s3:::${Bucket}`,
                },
                object: {
                  key: 'a',
                  size: 5,
                  eTag: '5d41402abc4b2a76b9719d911017c592',
                  sequencer: expect.stringMatching(/^[0-9A-F]{16,}$/) as unknown,
                },
              },
            },
          ]);
        }),
    },
    {
      says: 'ObjectCreated is of four kinds: a put, a copy and a completed upload come by their own names, and its wildcard means each',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*']);
          await put(rig.client);
          await rig.client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
          await upload(rig.client, 'c');
          expect(names(heard)).toEqual(['ObjectCreated:Put', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload']);
        }),
    },
    {
      says: 'a deletion for good tells key and sequencer, and neither size nor ETag',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await put(rig.client);
          await tell(rig, ['s3:ObjectRemoved:Delete']);
          await drop(rig.client);
          expect([names(heard), objects(heard)]).toEqual([['ObjectRemoved:Delete'], ['key sequencer']]);
        }),
    },
    {
      says: 'in a bucket of versions a deletion comes as ObjectRemoved:DeleteMarkerCreated, and records tell the version’s id',
      basis: 'documented',
      source: TYPES,
      holds: () =>
        withListeners({ versioned: true }, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*', 's3:ObjectRemoved:DeleteMarkerCreated']);
          const { VersionId } = await put(rig.client);
          const marker = await drop(rig.client);
          await rig.client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: VersionId ?? '' }));
          expect(names(heard)).toEqual(['ObjectCreated:Put', 'ObjectRemoved:DeleteMarkerCreated']);
          expect(heard.records.map(({ s3 }) => s3.object.versionId)).toEqual([VersionId, marker.VersionId]);
        }),
    },
    {
      says: 'tags that are put and deleted come in version 2.3, with key and ETag, and neither size nor sequencer',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await put(rig.client);
          await tell(rig, ['s3:ObjectTagging:*']);
          await rig.client.send(
            new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } }),
          );
          await rig.client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'a' }));
          expect(names(heard)).toEqual(['ObjectTagging:Put', 'ObjectTagging:Delete']);
          expect(objects(heard)).toEqual(['eTag key', 'eTag key']);
          expect(heard.records.map(({ eventVersion }) => eventVersion)).toEqual(['2.3', '2.3']);
        }),
    },
    {
      says: 'a restore comes when it is asked for and when it is done, then with glacierEventData: until when, and from which storage class',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ALL);
          await put(rig.client, 'a', { StorageClass: 'GLACIER' });
          await rig.client.send(new RestoreObjectCommand({ Bucket, Key: 'a', RestoreRequest: { Days: 3 } }));
          await rig.clock.advance(5 * HOUR);
          await rig.clock.advance(5 * DAY);
          expect(names(heard).slice(1)).toEqual(['ObjectRestore:Post', 'ObjectRestore:Completed', 'ObjectRestore:Delete']);
          expect(heard.records.map(({ glacierEventData }) => glacierEventData)).toEqual([
            undefined,
            undefined,
            {
              restoreEventData: {
                lifecycleRestorationExpiryTime: '2026-01-19T00:00:00.000Z',
                lifecycleRestoreStorageClass: 'GLACIER',
              },
            },
            undefined,
          ]);
          expect(objects(heard).slice(1, 3)).toEqual(Array(2).fill('eTag key sequencer size'));
          expect(heard.records.map(({ eventVersion }) => eventVersion)).toEqual(['2.1', '2.1', '2.1', '2.3']);
        }),
    },
    {
      says: 'what a lifecycle rule expires comes by LifecycleExpiration in version 2.3 and in S3’s own name, and not by ObjectRemoved',
      basis: 'documented',
      source: guide('lifecycle-configure-notification'),
      holds: () =>
        withListeners({ lifecycle: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] } }, async (rig, heard) => {
          await tell(rig, ['s3:ObjectRemoved:*', ...AGED]);
          await put(rig.client);
          await rig.clock.advance(3 * DAY);
          expect([names(heard), objects(heard)]).toEqual([['LifecycleExpiration:Delete'], ['key sequencer']]);
          expect(heard.records[0]).toMatchObject({
            eventVersion: '2.3',
            userIdentity: { principalId: 's3.amazonaws.com' },
            requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
          });
        }),
    },
    {
      says: 'a move to another storage class comes as LifecycleTransition, whose lifecycleEventData names the class',
      basis: 'documented',
      source: SHAPE,
      holds: () => {
        const Transitions = [{ StorageClass: 'GLACIER', TransitionInDays: 1 }];
        return withListeners({ lifecycle: { Rules: [{ Status: 'Enabled', Transitions }] } }, async (rig, heard) => {
          await tell(rig, AGED);
          await put(rig.client, 'a', { Body: Buffer.alloc(200_000) });
          await rig.clock.advance(3 * DAY);
          expect(names(heard)).toEqual(['LifecycleTransition']);
          expect(heard.records[0]?.lifecycleEventData).toEqual({
            transitionEventData: { destinationStorageClass: 'GLACIER' },
          });
        });
      },
    },
    {
      says: 'keys are URL-encoded in records as in forms: a blank comes as +, an at sign as %40, and a slash as itself',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*']);
          await put(rig.client, 'in/red flower@ä.jpg');
          expect(heard.records[0]?.s3.object.key).toBe('in/red+flower%40%C3%A4.jpg');
        }),
    },
    {
      says: 'in encoded keys .-*_ stand for themselves, and parentheses and the tilde do not',
      basis: 'undecided',
      source: SHAPE,
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*']);
          await put(rig.client, "a.-*_~(1)'!");
          expect(heard.records[0]?.s3.object.key).toBe('a.-*_%7E%281%29%27%21');
        }),
    },
    {
      says: 'the later of two events of a key has the greater sequencer, compared as text of one length',
      basis: 'documented',
      source: SHAPE,
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ALL);
          for (let time = 0; time < 3; time += 1) await put(rig.client);
          await rig.clock.advance(DAY);
          await drop(rig.client);
          const sequencers = heard.records.map(({ s3 }) => String(s3.object.sequencer));
          expect([...new Set(sequencers)].sort()).toEqual(sequencers);
          expect(new Set(sequencers.map(({ length }) => length)).size).toBe(1);
        }),
    },
    {
      says: 'who acted is named by the unique id of a user, or of a role with the name of its session',
      basis: 'undecided',
      source: SHAPE,
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*']);
          await put(rig.client);
          await put(rig.clientFor({ Action: 's3:PutObject', Resource: '*' }));
          expect(heard.records.map(({ userIdentity }) => userIdentity)).toEqual([
            { principalId: expect.stringMatching(/^AWS:AIDA[A-Z2-7]{17}$/) as unknown },
            { principalId: expect.stringMatching(/^AWS:AROA[A-Z2-7]{17}:s$/) as unknown },
          ]);
        }),
    },
  ],
};
