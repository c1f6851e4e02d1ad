import type { NewBucket, ObjectVersion, S3 } from '../s3/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import { S3_CODES, type Authenticated } from './authenticate.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { listObjectsV2, xmlAnswer } from './s3-list.ts';
import { putOptions } from './s3-put.ts';
import { parseS3Request, type S3OperationName, type S3Request } from './s3-request.ts';
import { header, type WireRequest, type WireResponse } from './wire.ts';
import { xml } from './xml.ts';

type Answer = (s3: S3, request: S3Request, caller: Caller) => WireResponse;

const encryptionOf = ({ kmsKeyArn, bucketKeyEnabled }: NewBucket): Record<string, string> => ({
  'x-amz-server-side-encryption': kmsKeyArn === undefined ? 'AES256' : 'aws:kms',
  ...(kmsKeyArn === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyArn }),
  ...(kmsKeyArn !== undefined && bucketKeyEnabled ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
});
const versionOf = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };

const described = (version: ObjectVersion, bucket: NewBucket): Record<string, string> => ({
  etag: `"${version.etag}"`,
  'content-type': version.contentType,
  'last-modified': new Date(version.lastModified).toUTCString(),
  'accept-ranges': 'bytes',
  ...(version.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': version.storageClass }),
  ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  ...versionOf(version),
  ...encryptionOf(bucket),
});

const tags = (text: string): string[] => text.split(',').map((tag) => tag.trim().replace(/^(W\/)?"|"$/g, ''));

/** @throws ServiceError PreconditionFailed, NotModified, NotImplemented */
function checkPreconditions(request: WireRequest, version: ObjectVersion | undefined): void {
  const match = header(request, 'if-match');
  const noneMatch = header(request, 'if-none-match');
  const holds = (text: string): boolean => version !== undefined && tags(text).some((tag) => tag === '*' || tag === version.etag);
  if (header(request, 'if-unmodified-since') !== undefined)
    throw notImplemented('s3', `${request.method} with 'if-unmodified-since'`);
  const failed = new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  if (match !== undefined && !holds(match)) throw failed;
  if (noneMatch === undefined || !holds(noneMatch)) return;
  throw request.method === 'GET' || request.method === 'HEAD' ? new ServiceError('NotModified', 'Not Modified', 304) : failed;
}

/** The bytes that a `Range` asks for, both ends inclusive; all of them where it names none or several. @throws ServiceError InvalidRange */
function rangeOf(text: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end || start >= size) throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { start, end };
}

function read(version: ObjectVersion, { request }: S3Request, bucket: NewBucket): WireResponse {
  checkPreconditions(request, version);
  const range = rangeOf(header(request, 'range'), version.size);
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  const headers = {
    ...described(version, bucket),
    'content-length': String(end - start + 1),
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${version.size}` }),
  };
  const status = range === undefined ? 200 : 206;
  return version.size === 0 ? { status, headers } : { status, headers, body: { file: version.file, start, end } };
}

const OPERATIONS: Readonly<Record<S3OperationName, Answer>> = {
  ListBuckets: (s3, _request, caller) =>
    xmlAnswer('ListAllMyBucketsResult', {
      Owner: { ID: caller.accountId },
      Buckets: {
        Bucket: s3.listBuckets(caller).map(({ settings, created }) => ({
          Name: settings.name,
          CreationDate: new Date(created).toISOString(),
          BucketRegion: settings.region,
        })),
      },
    }),
  HeadBucket: (s3, { bucket }, caller) => ({
    status: 200,
    headers: { 'x-amz-bucket-region': s3.bucketToList(caller, bucket, {}).settings.region },
  }),
  GetBucketLocation: (s3, { bucket }, caller) => {
    const region = s3.bucketRegion(caller, bucket);
    return xmlAnswer('LocationConstraint', region === 'us-east-1' ? '' : region);
  },
  ListObjectsV2: listObjectsV2,
  HeadObject: (s3, request, caller) =>
    read(s3.headObject(caller, request.bucket, request.key), request, s3.bucket(request.bucket).settings),
  GetObject: (s3, request, caller) =>
    read(s3.getObject(caller, request.bucket, request.key), request, s3.bucket(request.bucket).settings),
  PutObject: (s3, { bucket: name, key, request }, caller) => {
    const bucket = s3.bucket(name);
    const options = putOptions(request, bucket.settings);
    const check = (current: ObjectVersion | undefined): void => {
      checkPreconditions(request, current);
    };
    const version = s3.put(caller, name, key, request.body, { ...options, check });
    return { status: 200, headers: { etag: `"${version.etag}"`, ...versionOf(version), ...encryptionOf(bucket.settings) } };
  },
  DeleteObject: (s3, { bucket, key }, caller) => {
    const marker = s3.deleteObject(caller, bucket, key);
    return { status: 204, headers: marker === undefined ? {} : { 'x-amz-delete-marker': 'true', ...versionOf(marker) } };
  },
};

/** S3's REST protocol, path style: whatever is neither AWS JSON nor a form. */
export class S3Rest implements Protocol {
  readonly codes = S3_CODES;
  private readonly s3: S3;

  constructor(s3: S3) {
    this.s3 = s3;
  }

  speaks(): boolean {
    return true;
  }

  async answer(request: WireRequest, { caller, service }: Authenticated): Promise<WireResponse> {
    if (service !== 's3') throw notImplemented(service, `${request.method} by REST`);
    const parsed = parseS3Request(request);
    return OPERATIONS[parsed.operation](this.s3, parsed, caller);
  }

  refuse({ code, message, status }: ServiceError, requestId: string): WireResponse {
    if (status === 304) return { status };
    return {
      status,
      headers: { 'content-type': 'application/xml', 'x-amzn-errortype': code },
      body: xml('Error', { Code: code, Message: message, RequestId: requestId }),
    };
  }
}
