import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { encodeUri, header, type WireRequest } from './wire.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** What an `Authorization` header of Signature Version 4 says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Undefined for anything but a complete header of Signature Version 4. */
export function parseAuthorization(text: string): Authorization | undefined {
  const [, accessKeyId, date, region, service, headers, signature] =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/.exec(
      text,
    ) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) return undefined;
  if (headers === undefined || signature === undefined) return undefined;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** S3 signs the path encoded once, all others encode what is encoded already. */
const canonicalPath = ({ path }: WireRequest, service: string): string =>
  path
    .split('/')
    .map((segment) => encodeUri(service === 's3' ? decodeURIComponent(segment) : segment))
    .join('/');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalRequest(request: WireRequest, { signedHeaders, service }: Authorization, payloadHash: string): string {
  const query = request.query
    .map(([name, value]) => [encodeUri(name), encodeUri(value)] as const)
    .sort((a, b) => byText(a[0], b[0]) || byText(a[1], b[1]))
    .map((pair) => pair.join('='))
    .join('&');
  const headers = signedHeaders.map((name) => {
    const value = header(request, name) ?? (name === 'host' ? header(request, ':authority') : undefined) ?? '';
    return `${name}:${value.trim().replace(/\s+/g, ' ')}\n`;
  });
  return [request.method, canonicalPath(request, service), query, headers.join(''), signedHeaders.join(';'), payloadHash].join(
    '\n',
  );
}

/**
 * Whether the holder of `secret` signed this request.
 *
 * @param time `X-Amz-Date`: `YYYYMMDDTHHMMSSZ`.
 * @param payloadHash What stands for the body in the signature: its SHA-256 in hex, or one of S3's words for an unsigned one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSigned(
  request: WireRequest,
  authorization: Authorization,
  { secret, time, payloadHash }: { secret: string; time: string; payloadHash: string },
): boolean {
  const { date, region, service, signature } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const expected = hmac(key, [ALGORITHM, time, scope, sha256(canonicalRequest(request, authorization, payloadHash))].join('\n'));
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
