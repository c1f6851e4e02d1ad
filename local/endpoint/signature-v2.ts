import { createHmac, timingSafeEqual } from 'node:crypto';
import { header, type WireRequest } from './wire.ts';

/** Regions in which S3 still takes a URL of Signature Version 2: those that opened before 2014. */
const REGIONS: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-1',
  'us-west-2',
]);

/** Parameters that name what a request is about, and are signed with its path. */
const SUBRESOURCES: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'delete',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'partNumber',
  'policy',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'select',
  'select-type',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** What a URL says of its signature. */
export interface OldAuthorization {
  readonly accessKeyId: string;
  /** Base64. */
  readonly signature: string;
  /** Seconds since the epoch, as they stand in the URL. */
  readonly expires: string;
}

/** Parameters that such a URL has for its signature alone. */
export const OLD_PARAMETERS: readonly string[] = ['AWSAccessKeyId', 'Expires', 'Signature'];

export const takesVersion2 = (region: string): boolean => REGIONS.has(region);

/** Undefined where one of the parameters is missing. */
export function parseOldUrl(parameters: ReadonlyMap<string, string>): OldAuthorization | undefined {
  const [accessKeyId, expires, signature] = OLD_PARAMETERS.map((name) => parameters.get(name));
  return accessKeyId === undefined || expires === undefined || signature === undefined
    ? undefined
    : { accessKeyId, expires, signature };
}

const byText = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);

/** Headers of S3's own, those that stand in the URL too. */
function ownHeaders({ headers, query }: WireRequest): string {
  const sent = Object.keys(headers).map((name) => [name, header({ headers }, name) ?? ''] as const);
  return [...query.map(([name, value]) => [name.toLowerCase(), value] as const), ...sent]
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(byText)
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('');
}

/** @param bucket The bucket's name where it stands in the host; '' where it stands in the path. */
export function oldStringToSign(request: WireRequest, { expires }: OldAuthorization, bucket: string): string {
  const subresources = request.query
    .filter(([name]) => SUBRESOURCES.has(name))
    .sort(byText)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
  const path = `${bucket === '' ? '' : `/${bucket}`}${request.path}`;
  const [md5 = '', type = ''] = ['content-md5', 'content-type'].map((name) => header(request, name));
  const resource = `${path}${subresources === '' ? '' : `?${subresources}`}`;
  return [request.method, md5, type, expires, `${ownHeaders(request)}${resource}`].join('\n');
}

export function isOldSigned(stringToSign: string, { signature }: OldAuthorization, secret: string): boolean {
  const expected = createHmac('sha1', secret).update(stringToSign).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
