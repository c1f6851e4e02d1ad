import { notImplemented } from './protocol.ts';
import { header, type WireRequest } from './wire.ts';

/** The operations of S3 that are simulated. */
export type S3OperationName =
  | 'ListBuckets'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'ListObjectsV2'
  | 'HeadObject'
  | 'GetObject'
  | 'PutObject'
  | 'DeleteObject';

/** A path-style request, taken apart. */
export interface S3Request {
  readonly operation: S3OperationName;
  readonly bucket: string;
  readonly key: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly request: WireRequest;
}

/** Parameters that each operation heeds; `x-id` only repeats the operation's name. */
const HEEDED: Readonly<Record<S3OperationName, readonly string[]>> = {
  ListBuckets: [],
  HeadBucket: [],
  GetBucketLocation: ['location'],
  ListObjectsV2: [
    'list-type',
    'prefix',
    'delimiter',
    'max-keys',
    'continuation-token',
    'start-after',
    'encoding-type',
    'fetch-owner',
  ],
  HeadObject: [],
  GetObject: [],
  PutObject: [],
  DeleteObject: [],
};

/** What clients mean by the parameters that select another operation. */
const OTHERS: Readonly<Record<string, string>> = {
  'POST uploads': 'CreateMultipartUpload',
  'PUT partNumber': 'UploadPart',
  'PUT uploadId': 'UploadPart',
  'POST uploadId': 'CompleteMultipartUpload',
  'DELETE uploadId': 'AbortMultipartUpload',
  'GET uploadId': 'ListParts',
  'GET uploads': 'ListMultipartUploads',
  'POST delete': 'DeleteObjects',
  'POST restore': 'RestoreObject',
  'POST select': 'SelectObjectContent',
  'GET versions': 'ListObjectVersions',
  'GET versionId': 'GetObjectVersion',
  'HEAD versionId': 'GetObjectVersion',
  'DELETE versionId': 'DeleteObjectVersion',
  'GET tagging': 'GetObjectTagging',
  'PUT tagging': 'PutObjectTagging',
  'GET acl': 'GetObjectAcl',
  'GET versioning': 'GetBucketVersioning',
  'GET lifecycle': 'GetBucketLifecycleConfiguration',
  'GET encryption': 'GetBucketEncryption',
  'GET policy': 'GetBucketPolicy',
};

function operationOf(
  method: string,
  bucket: string,
  key: string,
  parameters: ReadonlyMap<string, string>,
): S3OperationName | undefined {
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : undefined;
  if (key !== '') {
    return ({ HEAD: 'HeadObject', GET: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject' } as const)[method];
  }
  if (method === 'HEAD') return 'HeadBucket';
  if (method !== 'GET') return undefined;
  return parameters.has('location') ? 'GetBucketLocation' : parameters.get('list-type') === '2' ? 'ListObjectsV2' : undefined;
}

const lackingOf = (method: string, key: string): string =>
  key !== ''
    ? `${method} of an object`
    : ({ GET: 'ListObjects', PUT: 'CreateBucket', DELETE: 'DeleteBucket' }[method] ?? `${method} of a bucket`);

/** @throws ServiceError NotImplemented for an operation or a parameter that would be passed over */
export function parseS3Request(request: WireRequest): S3Request {
  const { method, path } = request;
  const slash = path.indexOf('/', 1);
  const bucket = decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1));
  const parameters = new Map(request.query);
  const operation = operationOf(method, bucket, key, parameters);
  const heeded = operation === undefined ? ['prefix', 'delimiter', 'max-keys', 'marker', 'encoding-type'] : HEEDED[operation];
  const passedOver = [...parameters.keys()].find((name) => name !== 'x-id' && !heeded.includes(name));
  if (passedOver !== undefined) throw notImplemented('s3', OTHERS[`${method} ${passedOver}`] ?? `${method} with '${passedOver}'`);
  if (operation === undefined) throw notImplemented('s3', lackingOf(method, key));
  if (operation === 'PutObject' && header(request, 'x-amz-copy-source') !== undefined) throw notImplemented('s3', 'CopyObject');
  return { operation, bucket, key, parameters, request };
}
