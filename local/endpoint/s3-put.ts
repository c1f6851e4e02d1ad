import { parseIsoTime } from '../iso-time.ts';
import {
  CHECKSUM_ALGORITHMS,
  invalidArgument,
  invalidRequest,
  lacking,
  parseTagging,
  RETENTION_MODES,
  S3Error,
  SSE_ALGORITHMS,
  STORAGE_CLASSES,
  type ChecksumAlgorithm,
  type ChecksumType,
  type EncryptionRequest,
  type PutOptions,
  type Retention,
} from '../s3/index.ts';
import { decodeWords } from './encoded-word.ts';
import { vouches } from './s3-digests.ts';
import type { S3Request } from './s3-request.ts';

const META = 'x-amz-meta-';
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const LOCK = 'x-amz-object-lock-';
const SSE = 'x-amz-server-side-encryption';
/** What headers begin with that bring a key of the client's own. */
export const CUSTOMER_KEY = `${SSE}-customer-`;

/** Headers that a read repeats as the write gave them. */
const REPEATED = [
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
] as const;

/** Headers of every write that makes an object. */
export const WRITE_HEADERS: readonly string[] = [
  'x-amz-acl',
  `${META}*`,
  `${LOCK}*`,
  SSE,
  `${CUSTOMER_KEY}*`,
  `${SSE}-aws-kms-key-id`,
  `${SSE}-bucket-key-enabled`,
  'x-amz-storage-class',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED_ACLS: readonly string[] = [
  'private',
  'public-read',
  'public-read-write',
  'aws-exec-read',
  'authenticated-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
];

/** @throws S3Error InvalidArgument, which has no words here */
function aclOf({ header }: S3Request): string | undefined {
  const acl = header('x-amz-acl');
  if (acl !== undefined && !CANNED_ACLS.includes(acl)) throw invalidArgument('', 'x-amz-acl', acl);
  return acl;
}

/** @throws S3Error InvalidArgument */
function encryptionOf({ header, headerNames }: S3Request): EncryptionRequest {
  const given = header(SSE);
  const keyId = header(`${SSE}-aws-kms-key-id`);
  const algorithm = SSE_ALGORITHMS.find((name) => name === given);
  if (given !== undefined && NEWER_ALGORITHMS.includes(given)) throw lacking(`a checksum by '${given}'`);
  if (given !== undefined && algorithm === undefined) {
    throw invalidArgument('The encryption method specified is not supported', SSE, given);
  }
  if (keyId !== undefined && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    throw invalidArgument(`Server Side Encryption with KMS managed key requires HTTP header ${SSE} : aws:kms`, SSE);
  }
  const bucketKey = header(`${SSE}-bucket-key-enabled`);
  return {
    algorithm,
    keyId,
    bucketKey: bucketKey === undefined ? undefined : bucketKey === 'true',
    customerKey: headerNames.some((name) => name.startsWith(CUSTOMER_KEY)),
  };
}

/** @throws S3Error InvalidArgument, InvalidRequest */
function lockOf(call: S3Request): { retention?: Retention; legalHold?: boolean } {
  const mode = call.header(`${LOCK}mode`);
  const until = call.header(`${LOCK}retain-until-date`);
  const hold = call.header(`${LOCK}legal-hold`);
  if (mode === undefined && until === undefined && hold === undefined) return {};
  if (call.operation === 'PutObject' && !vouches(call)) {
    throw invalidRequest(
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
  }
  if ((mode === undefined) !== (until === undefined)) {
    const missing = mode === undefined ? 'mode' : 'retain-until-date';
    throw invalidArgument(`${LOCK}retain-until-date and ${LOCK}mode must both be supplied`, `${LOCK}${missing}`);
  }
  const known = RETENTION_MODES.find((name) => name === mode);
  if (mode !== undefined && known === undefined) throw invalidArgument('Unknown wormMode directive.', `${LOCK}mode`, mode);
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') {
    throw invalidArgument('Legal Hold must be either of ON or OFF', `${LOCK}legal-hold`, hold);
  }
  const time = parseIsoTime(until ?? '');
  if (until !== undefined && time === undefined) {
    throw invalidArgument('The retain until date must be provided in ISO 8601 format', `${LOCK}retain-until-date`, until);
  }
  return {
    ...(known === undefined || time === undefined ? {} : { retention: { mode: known, until: time } }),
    ...(hold === undefined ? {} : { legalHold: hold === 'ON' }),
  };
}

/** What a read repeats; `aws-chunked` is how the body came, and no encoding of the object. */
function repeatedOf({ header }: S3Request): Record<string, string> {
  const encodings = (header('content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'aws-chunked');
  const repeated = REPEATED.flatMap((name) => {
    const value = header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(repeated), ...(encodings.length === 0 ? {} : { 'content-encoding': encodings.join(',') }) };
}

/**
 * Metadata, with what its encoded words say: a header's own bytes are Latin-1, a presigned URL's UTF-8.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 * @throws S3Error InvalidArgument for a name that no header can have
 */
function metadataOf({ headerNames, header }: S3Request): Record<string, string> {
  const names = headerNames.filter((name) => name.startsWith(META));
  const strange = names.find((name) => !HEADER_NAME.test(name));
  if (strange !== undefined) throw invalidArgument('The name of metadata must be that of a header', strange);
  return Object.fromEntries(names.map((name) => [name.slice(META.length), decodeWords(header(name) ?? '')]));
}

/**
 * What a request says of an object besides its bytes.
 *
 * @throws S3Error InvalidStorageClass, InvalidArgument, InvalidTag, InvalidRequest
 */
export function putOptions(call: S3Request): PutOptions {
  const { header } = call;
  const given = header('x-amz-storage-class');
  const storageClass = STORAGE_CLASSES.find((name) => name === given);
  if (given === 'REDUCED_REDUNDANCY') throw lacking("PutObject with storage class 'REDUCED_REDUNDANCY'");
  if (given !== undefined && storageClass === undefined) {
    const elements = { StorageClassRequested: given };
    throw new S3Error('InvalidStorageClass', 'The storage class you specified is not valid', 400, { elements });
  }
  const tagging = header('x-amz-tagging');
  const headers = repeatedOf(call);
  return {
    contentType: header('content-type'),
    metadata: metadataOf(call),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    storageClass,
    acl: aclOf(call),
    sse: encryptionOf(call),
    ...(tagging === undefined ? {} : { tags: parseTagging(tagging) }),
    ...lockOf(call),
    ifMatch: header('if-match'),
    ifNoneMatch: header('if-none-match'),
  };
}

/** Algorithms that S3 took up later, and that are not simulated. */
const NEWER_ALGORITHMS: readonly string[] = ['MD5', 'SHA512', 'XXHASH128', 'XXHASH3', 'XXHASH64'];

/** How the client wants an object's checksum to be made. @throws S3Error InvalidRequest, NotImplemented */
export function checksumChoice({ header }: S3Request): { algorithm?: ChecksumAlgorithm; type?: ChecksumType } {
  const given = header('x-amz-checksum-algorithm')?.toUpperCase();
  const algorithm = CHECKSUM_ALGORITHMS.find((name) => name === given);
  if (given !== undefined && algorithm === undefined) {
    throw invalidRequest(
      `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${CHECKSUM_ALGORITHMS.join(', ')}]`,
    );
  }
  const type = header('x-amz-checksum-type')?.toUpperCase();
  if (type !== undefined && type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
  return { ...(algorithm === undefined ? {} : { algorithm }), ...(type === undefined ? {} : { type }) };
}
