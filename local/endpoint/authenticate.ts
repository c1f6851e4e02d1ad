import type { Session, Sessions } from '../iam/index.ts';
import { S3Error } from '../s3/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import { authenticateOldUrl } from './authenticate-v2.ts';
import { doubtBy, timeOfSignature, type DoubtCodes } from './doubt.ts';
import { notImplemented } from './protocol.ts';
import {
  isSigned,
  parseAuthorization,
  parsePresigned,
  sha256,
  textToSign,
  URL_PARAMETERS,
  type Authorization,
} from './signature.ts';
import { takesVersion2 } from './signature-v2.ts';
import { header, type WireRequest } from './wire.ts';

/** Seconds for which a URL may be signed at most: a week. @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const LONGEST_URL = 604_800;

/** Who signed a request, and for which service. */
export interface Authenticated {
  readonly caller: Caller;
  readonly service: string;
  /** The request's id, which its answer names. */
  readonly requestId: string;
}

/** What a request says of its signature, wherever it says it. */
interface Said extends Authorization {
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly time: string;
  readonly token: string | undefined;
  /** Milliseconds for which a URL was signed; absent for a signature in the headers. */
  readonly validFor?: number;
}

const badParameters = (words: string): ServiceError => new ServiceError('AuthorizationQueryParametersError', words);

function saidInHeaders(request: WireRequest, text: string): Said | undefined {
  const authorization = parseAuthorization(text);
  const time = header(request, 'x-amz-date') ?? '';
  return authorization && { ...authorization, time, token: header(request, 'x-amz-security-token') };
}

/** @throws ServiceError AuthorizationQueryParametersError */
function saidInUrl(parameters: ReadonlyMap<string, string>): Said {
  const authorization = parsePresigned(parameters);
  if (URL_PARAMETERS.some((name) => !parameters.has(name))) {
    throw badParameters(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  if (authorization === undefined) {
    throw badParameters(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  const seconds = Number(parameters.get('X-Amz-Expires') ?? Number.NaN);
  if (!Number.isSafeInteger(seconds)) throw badParameters('X-Amz-Expires should be a number');
  if (seconds < 0) throw badParameters('X-Amz-Expires must be non-negative');
  if (seconds > LONGEST_URL) {
    throw badParameters(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${LONGEST_URL} seconds`,
    );
  }
  const token = parameters.get('X-Amz-Security-Token');
  return { ...authorization, time: parameters.get('X-Amz-Date') ?? '', token, validFor: seconds * 1000 };
}

/**
 * What a signature holds for the body. S3's clients state it, and the statement must be true; the other services hash what they got.
 *
 * @throws ServiceError XAmzContentSHA256Mismatch, NotImplemented
 */
function payloadHash(request: WireRequest, { service, validFor }: Said): string {
  const inUrl = request.query.find(([name]) => name.toLowerCase() === 'x-amz-content-sha256')?.[1] ?? 'UNSIGNED-PAYLOAD';
  const stated = header(request, 'x-amz-content-sha256') ?? (validFor === undefined ? undefined : inUrl);
  if (service !== 's3' || stated === undefined) return sha256(request.body);
  if (stated === 'UNSIGNED-PAYLOAD' || stated === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return stated;
  if (stated.startsWith('STREAMING-')) throw notImplemented('s3', 'PutObject with signed chunks');
  if (stated !== (request.spooled?.sha256 ?? sha256(request.body))) {
    throw new ServiceError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return stated;
}

/** Headers that need not be signed: they say how the body comes, and are checked against it. */
const FREE = new Set(['x-amz-content-sha256', 'x-amz-decoded-content-length']);

/** S3 heeds no header that anybody could have added; those behind the body cannot be signed. @throws S3Error AccessDenied */
function checkAllSigned(request: WireRequest, { signedHeaders }: Said): void {
  const behind = (header(request, 'x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const added = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && ![...FREE, ...behind, ...signedHeaders].includes(name),
  );
  if (added.length === 0) return;
  throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', 403, {
    elements: { HeadersNotSigned: added.join(', ') },
  });
}

/** Whether a request is signed as before Signature Version 4. */
const isVersion2 = (text: string | undefined, parameters: ReadonlyMap<string, string>): boolean =>
  text === undefined ? parameters.has('AWSAccessKeyId') || parameters.has('Signature') : text.startsWith('AWS ');

/** How a signature's time is wrong, if it is. */
function staleness({ time, date, validFor }: Said, now: number, skew: number): 'stale' | 'urlExpired' | undefined {
  const signed = timeOfSignature(time);
  if (Number.isNaN(signed) || !time.startsWith(date) || signed > now + skew) return 'stale';
  if (validFor !== undefined) return signed + validFor < now ? 'urlExpired' : undefined;
  return signed < now - skew ? 'stale' : undefined;
}

/**
 * Finds who signed a request.
 *
 * @param now Milliseconds since the epoch, wall clock.
 * @throws ServiceError with the protocol's own code and words
 */
export function authenticate(
  request: WireRequest,
  sessions: Sessions,
  { codes, now }: { readonly codes: DoubtCodes; readonly now: number },
): Pick<Authenticated, 'caller' | 'service'> {
  const doubt = doubtBy(codes, now);
  const text = header(request, 'authorization');
  const parameters = new Map(request.query);
  if (isVersion2(text, parameters)) {
    if (text === undefined && takesVersion2(sessions.region)) return authenticateOldUrl(request, sessions, { codes, now });
    throw new ServiceError(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  if (text === undefined && !parameters.has('X-Amz-Signature') && !parameters.has('X-Amz-Algorithm')) throw doubt('missing');
  const said = text === undefined ? saidInUrl(parameters) : saidInHeaders(request, text);
  if (said === undefined || !said.signedHeaders.some((name) => name === 'host' || name === ':authority'))
    throw doubt('incomplete');
  const session: Session | undefined = sessions.find(said.accessKeyId);
  if (session === undefined) throw doubt('unknownKey');
  if (said.token !== session.credentials.sessionToken) throw doubt('wrongToken');
  const late = staleness(said, now, codes.skew);
  const { time, validFor = 0 } = said;
  if (late !== undefined) throw doubt(late, { ...said, signed: time, end: timeOfSignature(time) + validFor });
  if (said.service === 's3') checkAllSigned(request, said);
  const signing = { secret: session.credentials.secretAccessKey, time: said.time, payloadHash: payloadHash(request, said) };
  if (!isSigned(request, said, signing)) throw doubt('wrong', { ...said, text: textToSign(request, said, signing) });
  if (sessions.hasExpired(session)) throw doubt('expired');
  return { caller: session.caller, service: said.service };
}
