import { lacking, S3Error } from '../s3/index.ts';
import { operationOf } from './s3-routes.ts';
import type { SpooledRequest } from './s3-spool.ts';
import { header, type WireRequest } from './wire.ts';

/** A request, taken apart. */
export interface S3Request {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** One header's text, or what a presigned URL says in its place. */
  readonly header: (name: string) => string | undefined;
  /** Names of the headers, in lower case. */
  readonly headerNames: readonly string[];
  readonly request: SpooledRequest;
}

/** Parameters and headers that an operation heeds. */
export interface Heeds {
  readonly parameters: readonly string[];
  /** Those that begin with `x-amz-`; a name that ends with `*` stands for all that begin so. */
  readonly headers: readonly string[];
}

/** Headers that say nothing about what is to happen, or that are checked for every operation. */
const ALWAYS = new Set([
  'x-amz-api-version', // there is one, and the C++ SDK names it: PyArrow reads and writes by it
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-expected-bucket-owner',
  'x-amz-request-payer', // who pays here is the owner in any case
  'x-amz-sdk-checksum-algorithm', // says which checksum follows, and the checksum is checked
  'x-amz-security-token',
  'x-amz-trailer',
  'x-amz-user-agent',
]);

/** The bucket that clients write before the host's own name. */
export function bucketInHost(request: WireRequest): string | undefined {
  const host = header(request, ':authority') ?? header(request, 'host') ?? '';
  return /^([a-z0-9][a-z0-9.-]+)\.(?:localhost(?::\d+)?|s3[.-][a-z0-9-]+\.amazonaws\.com)$/.exec(host)?.[1];
}

/** Bucket and key of a path, or of a host and a path. */
function placeOf(request: WireRequest): { readonly bucket: string; readonly key: string } {
  const path = request.path.slice(1);
  const named = bucketInHost(request);
  if (named !== undefined) return { bucket: named, key: decodeURIComponent(path) };
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: decodeURIComponent(path), key: '' };
  return { bucket: decodeURIComponent(path.slice(0, slash)), key: decodeURIComponent(path.slice(slash + 1)) };
}

/** Presigned URLs carry headers as parameters. */
const isHoisted = (name: string): boolean => name.startsWith('x-amz-');
const isSignature = (name: string): boolean => name.startsWith('X-Amz-') || name === 'x-id';

/** @throws S3Error InvalidBucketName for a key without a bucket, NotImplemented for a request that is none of S3's operations */
export function parseS3Request(request: WireRequest): S3Request {
  const place = placeOf(request);
  if (place.bucket === '' && place.key !== '') {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', 400, { elements: { BucketName: '' } });
  }
  const parameters = new Map(request.query.filter(([name]) => !isHoisted(name)));
  const hoisted = new Map(request.query.filter(([name]) => isHoisted(name)));
  const headerNames = [...new Set([...Object.keys(request.headers), ...hoisted.keys()])];
  const read = (name: string): string | undefined => header(request, name) ?? hoisted.get(name);
  const operation = operationOf({ method: request.method, ...place, parameters, hasHeader: (name) => read(name) !== undefined });
  if (operation === undefined) throw lacking(`${request.method} of ${place.key === '' ? 'a bucket' : 'an object'}`);
  return { operation, ...place, parameters, header: read, headerNames, request };
}

const fits = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/**
 * A parameter that no operation of S3's has says nothing, there and here.
 *
 * @param known Parameters of S3's operations
 * @throws S3Error NotImplemented for a parameter or a header that would be passed over
 */
export function checkHeeded({ operation, parameters, headerNames }: S3Request, heeds: Heeds, known: ReadonlySet<string>): void {
  const parameter = [...parameters.keys()].find(
    (name) => known.has(name) && !isSignature(name) && !heeds.parameters.includes(name),
  );
  if (parameter !== undefined) throw lacking(`${operation} with '${parameter}'`);
  const stranger = headerNames.find(
    (name) => name.startsWith('x-amz-') && !ALWAYS.has(name) && !heeds.headers.some((pattern) => fits(name, pattern)),
  );
  if (stranger !== undefined) throw lacking(`${operation} with '${stranger}'`);
}

/** @throws S3Error AccessDenied where the client takes the bucket to be another account's, InvalidBucketOwnerAWSAccountID for what is no account */
export function checkOwner({ header: read }: S3Request, accountId: string): void {
  const expected = read('x-amz-expected-bucket-owner');
  if (expected !== undefined && !/^\d{12}$/.test(expected)) {
    throw new S3Error(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
    );
  }
  if (expected !== undefined && expected !== accountId) throw new S3Error('AccessDenied', 'Access Denied', 403);
}

/** Whether a request asks to pass over governance mode; undefined where it says nothing of it. */
export function bypassOf(read: S3Request['header']): boolean | undefined {
  const text = read('x-amz-bypass-governance-retention');
  return text === undefined ? undefined : text.toLowerCase() === 'true';
}

/** Who asks about a bucket or an object, and for what. */
export const placeOfObject = ({
  bucket,
  key,
  parameters,
}: S3Request): { bucket: string; key: string; versionId: string | undefined } => ({
  bucket,
  key,
  versionId: parameters.get('versionId'),
});
