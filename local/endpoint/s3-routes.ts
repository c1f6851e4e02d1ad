/** What a request is for: the account, a bucket or an object. */
type Level = 'account' | 'bucket' | 'object';

/** How an operation's requests look. */
interface Route {
  readonly operation: string;
  readonly method: string;
  readonly level: Level;
  /** Parameters that must all be there. */
  readonly parameters: readonly string[];
  /** A header that must be there. */
  readonly header?: string;
}

const route = (operation: string, method: string, level: Level, ...parameters: readonly string[]): Route => ({
  operation,
  method,
  level,
  parameters,
});

/** Parts of a bucket's configuration: operations by method, the name of each behind the method's. */
const CONFIGURATION: Readonly<Record<string, Readonly<Partial<Record<'GET' | 'PUT' | 'DELETE' | 'POST', string>>>>> = {
  abac: { GET: 'GetBucketAbac', PUT: 'PutBucketAbac' },
  accelerate: { GET: 'GetBucketAccelerateConfiguration', PUT: 'PutBucketAccelerateConfiguration' },
  acl: { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' },
  analytics: {
    GET: 'ListBucketAnalyticsConfigurations',
    PUT: 'PutBucketAnalyticsConfiguration',
    DELETE: 'DeleteBucketAnalyticsConfiguration',
  },
  cors: { GET: 'GetBucketCors', PUT: 'PutBucketCors', DELETE: 'DeleteBucketCors' },
  encryption: { GET: 'GetBucketEncryption', PUT: 'PutBucketEncryption', DELETE: 'DeleteBucketEncryption' },
  'intelligent-tiering': {
    GET: 'ListBucketIntelligentTieringConfigurations',
    PUT: 'PutBucketIntelligentTieringConfiguration',
    DELETE: 'DeleteBucketIntelligentTieringConfiguration',
  },
  inventory: {
    GET: 'ListBucketInventoryConfigurations',
    PUT: 'PutBucketInventoryConfiguration',
    DELETE: 'DeleteBucketInventoryConfiguration',
  },
  lifecycle: { GET: 'GetBucketLifecycleConfiguration', PUT: 'PutBucketLifecycleConfiguration', DELETE: 'DeleteBucketLifecycle' },
  location: { GET: 'GetBucketLocation' },
  logging: { GET: 'GetBucketLogging', PUT: 'PutBucketLogging' },
  metadataAnnotationTable: { PUT: 'UpdateBucketMetadataAnnotationTableConfiguration' },
  metadataConfiguration: {
    GET: 'GetBucketMetadataConfiguration',
    POST: 'CreateBucketMetadataConfiguration',
    DELETE: 'DeleteBucketMetadataConfiguration',
  },
  metadataInventoryTable: { PUT: 'UpdateBucketMetadataInventoryTableConfiguration' },
  metadataJournalTable: { PUT: 'UpdateBucketMetadataJournalTableConfiguration' },
  metadataTable: {
    GET: 'GetBucketMetadataTableConfiguration',
    POST: 'CreateBucketMetadataTableConfiguration',
    DELETE: 'DeleteBucketMetadataTableConfiguration',
  },
  metrics: {
    GET: 'ListBucketMetricsConfigurations',
    PUT: 'PutBucketMetricsConfiguration',
    DELETE: 'DeleteBucketMetricsConfiguration',
  },
  notification: { GET: 'GetBucketNotificationConfiguration', PUT: 'PutBucketNotificationConfiguration' },
  'object-lock': { GET: 'GetObjectLockConfiguration', PUT: 'PutObjectLockConfiguration' },
  ownershipControls: {
    GET: 'GetBucketOwnershipControls',
    PUT: 'PutBucketOwnershipControls',
    DELETE: 'DeleteBucketOwnershipControls',
  },
  policy: { GET: 'GetBucketPolicy', PUT: 'PutBucketPolicy', DELETE: 'DeleteBucketPolicy' },
  policyStatus: { GET: 'GetBucketPolicyStatus' },
  publicAccessBlock: { GET: 'GetPublicAccessBlock', PUT: 'PutPublicAccessBlock', DELETE: 'DeletePublicAccessBlock' },
  replication: { GET: 'GetBucketReplication', PUT: 'PutBucketReplication', DELETE: 'DeleteBucketReplication' },
  requestPayment: { GET: 'GetBucketRequestPayment', PUT: 'PutBucketRequestPayment' },
  session: { GET: 'CreateSession' },
  tagging: { GET: 'GetBucketTagging', PUT: 'PutBucketTagging', DELETE: 'DeleteBucketTagging' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  website: { GET: 'GetBucketWebsite', PUT: 'PutBucketWebsite', DELETE: 'DeleteBucketWebsite' },
};

/** Operations of S3 by their requests: of those that a request fits, the one that asks for most is meant. */
const ROUTES: readonly Route[] = [
  route('ListBuckets', 'GET', 'account'),
  route('CreateBucket', 'PUT', 'bucket'),
  route('DeleteBucket', 'DELETE', 'bucket'),
  route('HeadBucket', 'HEAD', 'bucket'),
  route('ListObjects', 'GET', 'bucket'),
  route('ListObjectsV2', 'GET', 'bucket', 'list-type'),
  route('ListObjectVersions', 'GET', 'bucket', 'versions'),
  route('ListMultipartUploads', 'GET', 'bucket', 'uploads'),
  route('DeleteObjects', 'POST', 'bucket', 'delete'),
  route('PostObject', 'POST', 'bucket'),
  { ...route('WriteGetObjectResponse', 'POST', 'bucket'), header: 'x-amz-request-route' },
  route('GetBucketAnalyticsConfiguration', 'GET', 'bucket', 'analytics', 'id'),
  route('GetBucketIntelligentTieringConfiguration', 'GET', 'bucket', 'intelligent-tiering', 'id'),
  route('GetBucketInventoryConfiguration', 'GET', 'bucket', 'inventory', 'id'),
  route('GetBucketMetricsConfiguration', 'GET', 'bucket', 'metrics', 'id'),
  ...Object.entries(CONFIGURATION).flatMap(([parameter, operations]) =>
    Object.entries(operations).map(([method, operation]) => route(operation, method, 'bucket', parameter)),
  ),
  route('HeadObject', 'HEAD', 'object'),
  route('GetObject', 'GET', 'object'),
  route('GetObjectAcl', 'GET', 'object', 'acl'),
  route('GetObjectAttributes', 'GET', 'object', 'attributes'),
  route('GetObjectLegalHold', 'GET', 'object', 'legal-hold'),
  route('GetObjectRetention', 'GET', 'object', 'retention'),
  route('GetObjectTagging', 'GET', 'object', 'tagging'),
  route('GetObjectTorrent', 'GET', 'object', 'torrent'),
  route('ListObjectAnnotations', 'GET', 'object', 'annotation'),
  route('GetObjectAnnotation', 'GET', 'object', 'annotation', 'annotationName'),
  route('ListParts', 'GET', 'object', 'uploadId'),
  route('PutObject', 'PUT', 'object'),
  { ...route('CopyObject', 'PUT', 'object'), header: 'x-amz-copy-source' },
  route('PutObjectAcl', 'PUT', 'object', 'acl'),
  route('PutObjectAnnotation', 'PUT', 'object', 'annotation'),
  route('PutObjectLegalHold', 'PUT', 'object', 'legal-hold'),
  route('PutObjectRetention', 'PUT', 'object', 'retention'),
  route('PutObjectTagging', 'PUT', 'object', 'tagging'),
  route('RenameObject', 'PUT', 'object', 'renameObject'),
  route('UpdateObjectEncryption', 'PUT', 'object', 'encryption'),
  route('UploadPart', 'PUT', 'object', 'partNumber', 'uploadId'),
  { ...route('UploadPartCopy', 'PUT', 'object', 'partNumber', 'uploadId'), header: 'x-amz-copy-source' },
  route('CreateMultipartUpload', 'POST', 'object', 'uploads'),
  route('CompleteMultipartUpload', 'POST', 'object', 'uploadId'),
  route('RestoreObject', 'POST', 'object', 'restore'),
  route('SelectObjectContent', 'POST', 'object', 'select'),
  route('DeleteObject', 'DELETE', 'object'),
  route('AbortMultipartUpload', 'DELETE', 'object', 'uploadId'),
  route('DeleteObjectAnnotation', 'DELETE', 'object', 'annotation'),
  route('DeleteObjectTagging', 'DELETE', 'object', 'tagging'),
];

/** Parameters that tell operations from each other. */
export const ROUTE_PARAMETERS: readonly string[] = ROUTES.flatMap(({ parameters }) => parameters);

/** What distinguishes requests of one path. */
export interface Requested {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly hasHeader: (name: string) => boolean;
}

const weight = ({ parameters, header }: Route): number => parameters.length + (header === undefined ? 0 : 1);

/** The operation that a request means; undefined for none of S3's. Where two look alike, clients of AWS name theirs in `x-id`. */
export function operationOf({ method, bucket, key, parameters, hasHeader }: Requested): string | undefined {
  if (bucket === '' && parameters.get('x-id') === 'ListDirectoryBuckets') return 'ListDirectoryBuckets';
  const level: Level = bucket === '' ? 'account' : key === '' ? 'bucket' : 'object';
  return ROUTES.filter(
    (candidate) =>
      candidate.method === method &&
      candidate.level === level &&
      candidate.parameters.every((name) => parameters.has(name)) &&
      (candidate.header === undefined || hasHeader(candidate.header)),
  ).sort((a, b) => weight(b) - weight(a))[0]?.operation;
}
