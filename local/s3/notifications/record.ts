import { createHash } from 'node:crypto';
import { idFrom, roleId, userId } from '../../iam/role-id.ts';
import { BY_S3, requestIdOf, sequencerOf, SOURCE_ADDRESS, type Requester, type Told } from '../happening.ts';
import { encodeKey } from './encode-key.ts';

/** Events of newer kinds say so. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const NEWER = /^(Lifecycle|ObjectTagging:|ObjectRestore:Delete$)/;

/** What is asked of an object that is archived, and what becomes of it. */
const OF_RESTORE = ['ObjectRestore:Post', 'ObjectRestore:Completed'];

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What Amazon, the shop, would call an account's owner. */
const customerOf = (accountId: string): string => idFrom('A', hashOf(`customer/${accountId}`).subarray(0, 13));

function principalOf(requester: Exclude<Requester, string>): string {
  const { arn, roleArn } = requester;
  return roleArn === undefined ? `AWS:${userId(arn)}` : `AWS:${roleId(roleArn)}:${arn.slice(arn.lastIndexOf('/') + 1)}`;
}

/** What is gone for good has no bytes to tell of; tags and moves say nothing of their order. */
function objectOf(told: Told, eventName: string): object {
  const { version, bucket } = told;
  const { key, size, etag, versionId, deleteMarker } = version;
  const isRemoval = /^(ObjectRemoved|LifecycleExpiration):/.test(eventName);
  const isOrdered = isRemoval || eventName.startsWith('ObjectCreated:') || OF_RESTORE.includes(eventName);
  return {
    key: encodeKey(key),
    ...(isRemoval || eventName.startsWith('ObjectTagging:') ? {} : { size }),
    ...(isRemoval && eventName.endsWith(':Delete') ? {} : { eTag: deleteMarker ? 'd41d8cd98f00b204e9800998ecf8427e' : etag }),
    ...(bucket.versioned || bucket.suspended === true ? { versionId } : {}),
    ...(isOrdered ? { sequencer: sequencerOf(told) } : {}),
  };
}

/** What some events tell besides. */
function eventDataOf({ version: { restore, storageClass }, detail }: Told, eventName: string): object {
  if (eventName === 'ObjectRestore:Completed') {
    const expiry = restore === undefined ? {} : { lifecycleRestorationExpiryTime: new Date(restore.expires).toISOString() };
    return { glacierEventData: { restoreEventData: { ...expiry, lifecycleRestoreStorageClass: storageClass } } };
  }
  if (eventName === 'LifecycleTransition')
    return { lifecycleEventData: { transitionEventData: { destinationStorageClass: detail?.['destination-storage-class'] } } };
  return {};
}

/**
 * What a destination is told of one happening.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @param configurationId Of the notification that asks for it
 */
export function recordOf(told: Told, eventName: string, configurationId: string): object {
  const { time, requester, bucket } = told;
  const requestId = requestIdOf(told);
  return {
    eventVersion: NEWER.test(eventName) ? '2.3' : '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(time).toISOString(),
    eventName,
    userIdentity: { principalId: requester === BY_S3 ? BY_S3 : principalOf(requester) },
    requestParameters: { sourceIPAddress: requester === BY_S3 ? BY_S3 : SOURCE_ADDRESS },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': hashOf(`host/${requestId}`).toString('base64') },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: customerOf(bucket.accountId ?? '') }, arn: bucket.arn },
      object: objectOf(told, eventName),
    },
    ...eventDataOf(told, eventName),
  };
}
