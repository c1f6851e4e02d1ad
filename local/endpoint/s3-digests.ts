import {
  CHECKSUM_ALGORITHMS,
  checksumOf,
  invalidRequest,
  isChecksum,
  lacking,
  md5Of,
  S3Error,
  type Checksum,
  type ChecksumAlgorithm,
  type Content,
} from '../s3/index.ts';
import type { S3Request } from './s3-request.ts';
import { contentOf } from './s3-spool.ts';

const PREFIX = 'x-amz-checksum-';
/** Headers of the family that are no checksums. */
const WORDS = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/** The one checksum that a request states; undefined where it states none. @throws S3Error InvalidRequest, NotImplemented */
export function statedChecksum({ headerNames, header }: S3Request): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  const names = headerNames.filter((name) => name.startsWith(PREFIX) && !WORDS.has(name));
  const [name] = names;
  if (name === undefined) return undefined;
  if (names.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const algorithm = CHECKSUM_ALGORITHMS.find((candidate) => candidate.toLowerCase() === name.slice(PREFIX.length));
  if (algorithm === undefined) throw lacking(`a checksum by '${name}'`);
  return { algorithm, value: header(name) ?? '' };
}

/** @param shown How the digest is told that did not match. @throws S3Error InvalidDigest, BadDigest */
function checkMd5(stated: string, body: Content, shown: 'base64' | 'hex'): void {
  const bytes = Buffer.from(stated, 'base64');
  if (bytes.length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {
      elements: { 'Content-MD5': stated },
    });
  }
  const computed = md5Of(body);
  if (computed.equals(bytes)) return;
  throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    elements: { ExpectedDigest: bytes.toString(shown), CalculatedDigest: computed.toString('base64') },
  });
}

/**
 * Whether the body is what the client says it is.
 *
 * @returns the checksum that the client stated
 * @throws S3Error InvalidDigest, BadDigest, InvalidRequest, NotImplemented
 */
export function checkBody(call: S3Request): Checksum | undefined {
  const body = contentOf(call.request);
  const md5 = call.header('content-md5');
  if (md5 !== undefined) checkMd5(md5, body, call.operation === 'UploadPart' ? 'base64' : 'hex');
  const stated = statedChecksum(call);
  if (stated === undefined) return undefined;
  const { algorithm, value } = stated;
  const name = `${PREFIX}${algorithm.toLowerCase()}`;
  if (!isChecksum(algorithm, value)) throw invalidRequest(`Value for ${name} header is invalid.`);
  if (checksumOf(algorithm, body) !== value) {
    throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { algorithm, type: 'FULL_OBJECT', value };
}

/** Whether a request vouches for its body, as S3 asks of those that lock or delete. */
export const vouches = (call: S3Request): boolean =>
  call.header('content-md5') !== undefined || statedChecksum(call) !== undefined;
