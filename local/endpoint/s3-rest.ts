import { createHash } from 'node:crypto';
import { lacking, S3Error, type S3 } from '../s3/index.ts';
import type { ServiceError } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { S3_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { BUCKET_OPERATIONS } from './s3-bucket.ts';
import type { S3Operation } from './s3-call.ts';
import { DELETE_MANY } from './s3-delete-many.ts';
import { LIST_OPERATIONS } from './s3-list.ts';
import { MULTIPART_OPERATIONS } from './s3-multipart.ts';
import { READ_OPERATIONS } from './s3-read.ts';
import { checkHeeded, checkOwner, parseS3Request } from './s3-request.ts';
import { ROUTE_PARAMETERS } from './s3-routes.ts';
import { SETTING_OPERATIONS } from './s3-settings.ts';
import { WRITE_OPERATIONS } from './s3-write.ts';
import type { WireRequest, WireResponse } from './wire.ts';
import { xml } from './xml.ts';

/** The operations of S3 that are simulated. */
const OPERATIONS: Readonly<Record<string, S3Operation>> = {
  ...BUCKET_OPERATIONS,
  ...LIST_OPERATIONS,
  ...READ_OPERATIONS,
  ...WRITE_OPERATIONS,
  ...DELETE_MANY,
  ...SETTING_OPERATIONS,
  ...MULTIPART_OPERATIONS,
};

/** Names of the operations of S3 that are simulated. */
export const S3_OPERATIONS: readonly string[] = Object.keys(OPERATIONS).sort();

const KNOWN: ReadonlySet<string> = new Set([
  ...ROUTE_PARAMETERS,
  ...Object.values(OPERATIONS).flatMap(({ parameters }) => parameters),
]);

/** The second id of an answer, which names the host that gave it. */
const hostOf = (requestId: string): string => createHash('sha384').update(requestId).digest('base64');
const hostHeader = (requestId: string): Record<string, string> => ({ 'x-amz-id-2': hostOf(requestId) });

/** S3's REST protocol, by path or by host: whatever is left by the other protocols. */
export class S3Rest implements Protocol {
  readonly codes = S3_CODES;
  private readonly s3: S3;

  constructor(s3: S3) {
    this.s3 = s3;
  }

  speaks(): boolean {
    return true;
  }

  /** A form carries its policy and its signature in its body. */
  beforeAuthentication({ method, headers }: WireRequest): void {
    if (method === 'POST' && headers['content-type']?.startsWith('multipart/form-data') === true) throw lacking('PostObject');
  }

  async answer(request: WireRequest, { caller, service, requestId }: Authenticated): Promise<WireResponse> {
    if (service !== 's3') throw notImplemented(service, `${request.method} by REST`);
    const parsed = parseS3Request(request);
    const operation = OPERATIONS[parsed.operation];
    if (operation === undefined) throw lacking(parsed.operation);
    checkHeeded(parsed, operation, KNOWN);
    checkOwner(parsed, caller.accountId);
    this.s3.interrupt(parsed.operation, parsed.bucket);
    const response = operation.answer({ ...parsed, s3: this.s3, caller });
    return { ...response, headers: { ...response.headers, ...hostHeader(requestId) } };
  }

  refuse(error: ServiceError, requestId: string): WireResponse {
    const { code, message, status } = error;
    const { elements = {}, headers = {} } = error instanceof S3Error ? error.details : {};
    if (status === 304) return { status, headers: { ...headers, ...hostHeader(requestId) } };
    return {
      status,
      headers: { 'content-type': 'application/xml', 'x-amzn-errortype': code, ...headers, ...hostHeader(requestId) },
      body: xml('Error', { Code: code, Message: message, ...elements, RequestId: requestId, HostId: hostOf(requestId) }),
    };
  }
}
