import { S3Error } from '../s3/index.ts';
import { ServiceError } from '../service.ts';
import type { SignedText } from './signature.ts';

/** Why a request is not believed. */
export type Doubt = 'missing' | 'incomplete' | 'unknownKey' | 'wrongToken' | 'expired' | 'wrong' | 'stale' | 'urlExpired';

/** What a protocol answers to a doubt: `words` may name how the signature's time misses the wall clock. */
export interface DoubtAnswer {
  readonly code: string;
  readonly status: number;
  readonly words: string | ((evidence: Evidence) => string);
  /** Elements of the error's document. @default - none but code and words */
  readonly elements?: (evidence: Evidence) => Readonly<Record<string, string | number>>;
}

/** What a doubt rests on. Times as signatures write them: `YYYYMMDDTHHMMSSZ`. */
export interface Evidence {
  readonly signed: string;
  readonly now: number;
  /** Milliseconds by which the time of a signature may miss the wall clock. */
  readonly allowed: number;
  readonly accessKeyId: string;
  /** In hex, as it came. */
  readonly signature: string;
  /** What should have been signed; Signature Version 2 has no canonical request. */
  readonly text: Partial<SignedText>;
  /** Milliseconds for which a URL was signed; absent where it names its end alone. */
  readonly validFor?: number | undefined;
  /** When the URL ends, in milliseconds since the epoch. */
  readonly end: number;
}

/** A protocol's own codes, words and statuses, and how far a signature's time may be from the wall clock in milliseconds. */
export interface DoubtCodes {
  readonly skew: number;
  readonly answers: Readonly<Record<Doubt, DoubtAnswer>>;
}

const MINUTE = 60_000;

/** `YYYYMMDDTHHMMSSZ`, as signatures write time. */
export const signatureTime = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The time of a signature in milliseconds since the epoch; NaN for what is none. */
export const timeOfSignature = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

function staleWords({ signed, now, allowed }: Evidence): string {
  const minutes = `${allowed / MINUTE} min.`;
  const [early, late] = [signatureTime(now - allowed), signatureTime(now + allowed)];
  return signed < early
    ? `Signature expired: ${signed} is now earlier than ${early} (${signatureTime(now)} - ${minutes})`
    : `Signature not yet current: ${signed} is still later than ${late} (${signatureTime(now)} + ${minutes})`;
}

const WRONG =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. ' +
  'Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';
const INCOMPLETE =
  "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
  "Authorization header requires 'SignedHeaders' parameter with the host.";

/** @see https://github.com/osquery/osquery/issues/3593 for five minutes, which Kinesis and Firehose name in their words */
export const JSON_CODES: DoubtCodes = {
  skew: 5 * MINUTE,
  answers: {
    missing: { code: 'MissingAuthenticationTokenException', status: 400, words: 'Request is missing Authentication Token' },
    incomplete: { code: 'IncompleteSignatureException', status: 400, words: INCOMPLETE },
    unknownKey: { code: 'UnrecognizedClientException', status: 400, words: INVALID_TOKEN },
    wrongToken: { code: 'UnrecognizedClientException', status: 400, words: INVALID_TOKEN },
    expired: { code: 'ExpiredTokenException', status: 400, words: EXPIRED_TOKEN },
    wrong: { code: 'InvalidSignatureException', status: 400, words: WRONG },
    stale: { code: 'InvalidSignatureException', status: 400, words: staleWords },
    urlExpired: { code: 'InvalidSignatureException', status: 400, words: staleWords },
  },
};

/** REST services have the codes of the JSON ones, and answer with 403. @see https://github.com/brefphp/bref/issues/1250 */
export const REST_CODES: DoubtCodes = {
  ...JSON_CODES,
  answers: {
    ...(Object.fromEntries(
      Object.entries(JSON_CODES.answers).map(([doubt, answer]) => [doubt, { ...answer, status: 403 }]),
    ) as DoubtCodes['answers']),
    missing: { code: 'MissingAuthenticationTokenException', status: 403, words: 'Missing Authentication Token' },
  },
};

/** @see https://github.com/aws/aws-cli/issues/6676 for the fifteen minutes of STS */
export const QUERY_CODES: DoubtCodes = {
  skew: 15 * MINUTE,
  answers: {
    missing: { code: 'MissingAuthenticationToken', status: 403, words: 'Request is missing Authentication Token' },
    incomplete: { code: 'IncompleteSignature', status: 400, words: INCOMPLETE },
    unknownKey: { code: 'InvalidClientTokenId', status: 403, words: INVALID_TOKEN },
    wrongToken: { code: 'InvalidClientTokenId', status: 403, words: INVALID_TOKEN },
    expired: { code: 'ExpiredToken', status: 403, words: EXPIRED_TOKEN },
    wrong: { code: 'SignatureDoesNotMatch', status: 403, words: WRONG },
    stale: { code: 'SignatureDoesNotMatch', status: 403, words: staleWords },
    urlExpired: { code: 'SignatureDoesNotMatch', status: 403, words: staleWords },
  },
};

const bytesOf = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
const second = (time: number): string => new Date(time).toISOString().replace(/\.\d+/, '');

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
export const S3_CODES: DoubtCodes = {
  skew: 15 * MINUTE,
  answers: {
    missing: { code: 'AccessDenied', status: 403, words: 'Access Denied' },
    incomplete: { code: 'AuthorizationHeaderMalformed', status: 400, words: 'The authorization header is malformed' },
    unknownKey: {
      code: 'InvalidAccessKeyId',
      status: 403,
      words: 'The AWS Access Key Id you provided does not exist in our records.',
    },
    wrongToken: { code: 'InvalidToken', status: 400, words: 'The provided token is malformed or otherwise invalid.' },
    expired: { code: 'ExpiredToken', status: 400, words: 'The provided token has expired.' },
    wrong: {
      code: 'SignatureDoesNotMatch',
      status: 403,
      words: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      elements: ({ accessKeyId, signature, text: { canonicalRequest, stringToSign = '' } }) => ({
        AWSAccessKeyId: accessKeyId,
        StringToSign: Buffer.from(stringToSign, 'latin1').toString(),
        SignatureProvided: signature,
        StringToSignBytes: bytesOf(stringToSign),
        ...(canonicalRequest !== undefined && {
          CanonicalRequest: Buffer.from(canonicalRequest, 'latin1').toString(),
          CanonicalRequestBytes: bytesOf(canonicalRequest),
        }),
      }),
    },
    stale: {
      code: 'RequestTimeTooSkewed',
      status: 403,
      words: 'The difference between the request time and the current time is too large.',
    },
    urlExpired: {
      code: 'AccessDenied',
      status: 403,
      words: 'Request has expired',
      elements: ({ validFor, end, now }) => ({
        ...(validFor !== undefined && { 'X-Amz-Expires': validFor / 1000 }),
        Expires: second(end),
        ServerTime: second(now),
      }),
    },
  },
};

/** Makes the refusals of one request. @param now Milliseconds since the epoch, wall clock. */
export const doubtBy =
  (codes: DoubtCodes, now: number) =>
  (kind: Doubt, evidence: Partial<Evidence> = {}): ServiceError => {
    const { code, status, words, elements } = codes.answers[kind];
    const all = { signed: '', accessKeyId: '', signature: '', text: {}, end: now, ...evidence, now, allowed: codes.skew };
    const message = typeof words === 'string' ? words : words(all);
    if (elements === undefined) return new ServiceError(code, message, status);
    return new S3Error(code, message, status, { elements: elements(all) });
  };
