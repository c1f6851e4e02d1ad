import { BY_S3, identityOf, requestIdOf, sequencerOf, SOURCE_ADDRESS, uuidOf, type S3EventType, type Told } from './happening.ts';

/** An event in the shape in which S3 gives it to EventBridge. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export interface S3Event {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': S3EventType;
  readonly source: 'aws.s3';
  readonly account: string;
  /** ISO 8601, simulated. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly [string];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A time as EventBridge's events tell it: of whole seconds. */
export const isoSeconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** The object as events describe it: a restore says nothing of order, and a deletion for good nothing of bytes. */
function objectOf(told: Told): object {
  const { type, version, detail, bucket } = told;
  const { key, size, etag, versionId, deleteMarker } = version;
  const gone = detail?.['deletion-type'] === 'Permanently Deleted';
  return {
    key,
    ...(type === 'Object Deleted' ? {} : { size }),
    ...(gone ? {} : { etag: deleteMarker ? 'd41d8cd98f00b204e9800998ecf8427e' : etag }),
    ...(bucket.versioned || bucket.suspended === true ? { 'version-id': versionId } : {}),
    ...(type.startsWith('Object Restore') || type === 'Object Storage Class Changed' ? {} : { sequencer: sequencerOf(told) }),
  };
}

export function eventOf(told: Told): S3Event {
  const { type, time, requester, detail, bucket } = told;
  return {
    version: '0',
    id: uuidOf(identityOf(told)),
    'detail-type': type,
    source: 'aws.s3',
    account: bucket.accountId ?? '',
    time: isoSeconds(time),
    region: bucket.region,
    resources: [bucket.arn],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: objectOf(told),
      'request-id': requestIdOf(told),
      ...(requester === BY_S3 ? { requester } : { requester: requester.accountId, 'source-ip-address': SOURCE_ADDRESS }),
      ...detail,
    },
  };
}
