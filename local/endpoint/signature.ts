import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { OLD_PARAMETERS } from './signature-v2.ts';
import { encodeUri, header, type WireRequest } from './wire.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** The parameter of a presigned URL that holds its signature: the only one that the signature does not cover. */
const SIGNATURE_PARAMETER = 'X-Amz-Signature';

/** The parameters that a presigned URL has for its signature alone. */
const SIGNING_PARAMETERS: readonly string[] = [
  SIGNATURE_PARAMETER,
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-SignedHeaders',
];

/** What a signature covers, beside the request itself. */
export interface SignedScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
}

/** What a request says of its Signature Version 4, in its `Authorization` header or in the parameters of a presigned URL. */
export interface Authorization extends SignedScope {
  readonly accessKeyId: string;
  readonly signature: string;
}

/** Parameters without which a URL is not signed. */
export const URL_PARAMETERS: readonly string[] = SIGNING_PARAMETERS.filter((name) => name !== 'X-Amz-Security-Token');

const SCOPE = /^([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request$/;

function authorization(credential: string, headers: string, signature: string): Authorization | undefined {
  const [, accessKeyId, date, region, service] = SCOPE.exec(credential) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) return undefined;
  if (headers === '' || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature };
}

/** Undefined for anything but a complete header of Signature Version 4. */
export function parseAuthorization(text: string): Authorization | undefined {
  const [, credential = '', headers = '', signature = ''] =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([^,\s]+)$/.exec(text) ?? [];
  return authorization(credential, headers, signature);
}

/** Undefined for anything but the parameters of a URL that was signed with Signature Version 4. */
export function parsePresigned(parameters: ReadonlyMap<string, string>): Authorization | undefined {
  if (parameters.get('X-Amz-Algorithm') !== ALGORITHM) return undefined;
  const [credential = '', headers = '', signature = ''] = ['X-Amz-Credential', 'X-Amz-SignedHeaders', SIGNATURE_PARAMETER].map(
    (name) => parameters.get(name),
  );
  return authorization(credential, headers, signature);
}

/** A request that was signed in its URL as it would be with the signature in its headers: headers that the signer wrote into the URL are headers. */
export function withoutSignature(request: WireRequest): WireRequest {
  const has = (name: string): boolean => request.query.some(([given]) => given === name);
  if (!has(SIGNATURE_PARAMETER) && !has('Signature')) return request;
  const signing = has(SIGNATURE_PARAMETER) ? SIGNING_PARAMETERS : OLD_PARAMETERS;
  const own = request.query.filter(([name]) => !signing.includes(name));
  const isHeader = ([name]: readonly [string, string]): boolean =>
    /^(?:x-amz-.*|content-md5|content-type|if-match|if-none-match)$/i.test(name);
  const headers = Object.fromEntries(own.filter(isHeader).map(([name, value]) => [name.toLowerCase(), value]));
  return { ...request, query: own.filter((pair) => !isHeader(pair)), headers: { ...headers, ...request.headers } };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** S3 signs the path encoded once, all others encode what is encoded already. */
const canonicalPath = ({ path }: Pick<WireRequest, 'path'>, service: string): string =>
  path
    .split('/')
    .map((segment) => encodeUri(service === 's3' ? decodeURIComponent(segment) : segment))
    .join('/');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalRequest(request: SignableRequest, { signedHeaders, service }: SignedScope, payloadHash: string): string {
  const query = request.query
    .filter(([name]) => name !== SIGNATURE_PARAMETER)
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

/** A request before its body is looked at. */
export type SignableRequest = Omit<WireRequest, 'body'>;

/** What a holder of a secret brings to a signature. */
export interface Signing {
  readonly secret: string;
  /** `X-Amz-Date`: `YYYYMMDDTHHMMSSZ`. */
  readonly time: string;
  /** What stands for the body in the signature: its SHA-256 in hex, or one of S3's words for an unsigned one. */
  readonly payloadHash: string;
}

/** What a signature is made of. */
export interface SignedText {
  /** A byte in each character, as HTTP's headers are read. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function textToSign(
  request: SignableRequest,
  scope: SignedScope,
  { time, payloadHash }: Omit<Signing, 'secret'>,
): SignedText {
  const { date, region, service } = scope;
  const canonical = canonicalRequest(request, scope, payloadHash);
  const hash = sha256(Buffer.from(canonical, 'latin1'));
  return {
    canonicalRequest: canonical,
    stringToSign: [ALGORITHM, time, `${date}/${region}/${service}/aws4_request`, hash].join('\n'),
  };
}

/** The signature of a request. */
export function sign(request: SignableRequest, scope: SignedScope, signing: Signing): Buffer {
  const { date, region, service } = scope;
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${signing.secret}`);
  return hmac(key, textToSign(request, scope, signing).stringToSign);
}

/** Whether the holder of the secret signed this request. */
export const isSigned = (request: SignableRequest, said: Authorization, signing: Signing): boolean =>
  timingSafeEqual(sign(request, said, signing), Buffer.from(said.signature, 'hex'));
