import type { Sessions } from '../iam/index.ts';
import { S3Error } from '../s3/index.ts';
import type { Caller } from '../service.ts';
import { doubtBy, type DoubtCodes } from './doubt.ts';
import { bucketInHost } from './s3-request.ts';
import { isOldSigned, oldStringToSign, parseOldUrl } from './signature-v2.ts';
import { header, type WireRequest } from './wire.ts';

/**
 * Finds who signed a URL with Signature Version 2, which boto3 makes unless it is told not to.
 *
 * @throws S3Error AccessDenied, SignatureDoesNotMatch, and as a URL of Signature Version 4 does
 */
export function authenticateOldUrl(
  request: WireRequest,
  sessions: Sessions,
  { codes, now }: { readonly codes: DoubtCodes; readonly now: number },
): { readonly caller: Caller; readonly service: string } {
  const doubt = doubtBy(codes, now);
  const parameters = new Map(request.query);
  const said = parseOldUrl(parameters);
  if (said === undefined) {
    const words = 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters';
    throw new S3Error('AccessDenied', words, 403);
  }
  const session = sessions.find(said.accessKeyId);
  if (session === undefined) throw doubt('unknownKey');
  const { sessionToken, secretAccessKey } = session.credentials;
  const token = header(request, 'x-amz-security-token') ?? parameters.get('x-amz-security-token');
  if (token !== sessionToken) throw doubt('wrongToken');
  const end = Number(said.expires) * 1000;
  if (!Number.isSafeInteger(end) || end < 0)
    throw new S3Error('AccessDenied', `Invalid date (should be seconds since epoch): ${said.expires}`, 403);
  if (end < now) throw doubt('urlExpired', { end });
  const stringToSign = oldStringToSign(request, said, bucketInHost(request) ?? '');
  if (!isOldSigned(stringToSign, said, secretAccessKey)) throw doubt('wrong', { ...said, text: { stringToSign } });
  if (sessions.hasExpired(session)) throw doubt('expired');
  return { caller: session.caller, service: 's3' };
}
