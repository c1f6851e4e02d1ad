import type { Session, Sessions } from '../iam/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import { isSigned, parseAuthorization, sha256 } from './signature.ts';
import { header, type WireRequest } from './wire.ts';

/** How far a signature's time may be from the wall clock, in milliseconds; S3 is more patient. */
const SKEW = 300_000;
const S3_SKEW = 900_000;

/** Why a request is not believed. */
type Doubt = 'missing' | 'incomplete' | 'unknownKey' | 'wrongToken' | 'expired' | 'wrong' | 'stale';

/** A protocol's code and status for each doubt. */
export type DoubtCodes = Readonly<Record<Doubt, readonly [code: string, status: number]>>;

export const JSON_CODES: DoubtCodes = {
  missing: ['MissingAuthenticationTokenException', 400],
  incomplete: ['IncompleteSignatureException', 400],
  unknownKey: ['UnrecognizedClientException', 400],
  wrongToken: ['UnrecognizedClientException', 400],
  expired: ['ExpiredTokenException', 400],
  wrong: ['InvalidSignatureException', 400],
  stale: ['InvalidSignatureException', 400],
};
export const QUERY_CODES: DoubtCodes = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  unknownKey: ['InvalidClientTokenId', 403],
  wrongToken: ['InvalidClientTokenId', 403],
  expired: ['ExpiredToken', 403],
  wrong: ['SignatureDoesNotMatch', 403],
  stale: ['SignatureDoesNotMatch', 403],
};
export const S3_CODES: DoubtCodes = {
  missing: ['AccessDenied', 403],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  unknownKey: ['InvalidAccessKeyId', 403],
  wrongToken: ['InvalidToken', 400],
  expired: ['ExpiredToken', 400],
  wrong: ['SignatureDoesNotMatch', 403],
  stale: ['RequestTimeTooSkewed', 403],
};

const WORDS: Readonly<Record<Doubt, string>> = {
  missing: 'the request is not signed',
  incomplete: 'the Authorization header is not a complete AWS4-HMAC-SHA256 signature over the host',
  unknownKey: 'the access key was not issued by this run of headwaters; export the credentials that it printed',
  wrongToken: 'the security token does not belong to the access key',
  expired: 'the session of the access key has expired',
  wrong: 'the request signature does not match the request and its secret access key',
  stale: 'the time of the signature is too far from the wall clock of this machine',
};

/** Who signed a request, and for which service. */
export interface Authenticated {
  readonly caller: Caller;
  readonly service: string;
}

const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * What a signature holds for the body. S3's clients state it, and the statement must be true; the other services hash what they got.
 *
 * @throws ServiceError XAmzContentSHA256Mismatch, NotImplemented
 */
function payloadHash(request: WireRequest, service: string): string {
  const stated = header(request, 'x-amz-content-sha256');
  if (service !== 's3' || stated === undefined) return sha256(request.body);
  if (stated === 'UNSIGNED-PAYLOAD' || stated === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return stated;
  if (stated.startsWith('STREAMING-')) {
    throw new ServiceError(
      'NotImplemented',
      'NotImplemented: s3:PutObject with signed chunks is not simulated by headwaters',
      501,
    );
  }
  if (stated !== sha256(request.body)) {
    throw new ServiceError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return stated;
}

/**
 * Finds who signed a request.
 *
 * @param now Milliseconds since the epoch, wall clock.
 * @throws ServiceError with the protocol's own code
 */
export function authenticate(
  request: WireRequest,
  sessions: Sessions,
  { codes, now }: { codes: DoubtCodes; now: number },
): Authenticated {
  const doubt = (kind: Doubt): ServiceError => new ServiceError(codes[kind][0], WORDS[kind], codes[kind][1]);
  const text = header(request, 'authorization');
  if (text === undefined) {
    if (request.query.some(([name]) => name === 'X-Amz-Signature')) {
      throw new ServiceError('NotImplemented', 'NotImplemented: s3:presigned URL is not simulated by headwaters', 501);
    }
    throw doubt('missing');
  }
  const authorization = parseAuthorization(text);
  const time = header(request, 'x-amz-date') ?? '';
  if (authorization === undefined || !authorization.signedHeaders.some((name) => name === 'host' || name === ':authority')) {
    throw doubt('incomplete');
  }
  const session: Session | undefined = sessions.find(authorization.accessKeyId);
  if (session === undefined) throw doubt('unknownKey');
  if (header(request, 'x-amz-security-token') !== session.credentials.sessionToken) throw doubt('wrongToken');
  const { service } = authorization;
  const skew = Math.abs(timeOf(time) - now);
  if (!(skew <= (service === 's3' ? S3_SKEW : SKEW)) || !time.startsWith(authorization.date)) throw doubt('stale');
  const secret = session.credentials.secretAccessKey;
  if (!isSigned(request, authorization, { secret, time, payloadHash: payloadHash(request, service) })) throw doubt('wrong');
  if (sessions.hasExpired(session)) throw doubt('expired');
  return { caller: session.caller, service };
}
