import { ServiceError } from '../service.ts';

/** What S3's errors carry besides code and message. */
export interface ErrorDetails {
  /** Elements of the error's document: `Key`, `Condition`, `ArgumentName`. */
  readonly elements?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error with the elements and headers that S3 gives with it. */
export class S3Error extends ServiceError {
  constructor(
    code: string,
    message: string,
    status = 400,
    readonly details: ErrorDetails = {},
  ) {
    super(code, message, status);
  }
}

/** The message of an error with what its elements tell, for those who see no document. */
export function inFull(error: ServiceError): string {
  const told = Object.entries(error instanceof S3Error ? (error.details.elements ?? {}) : {});
  return told.length === 0 ? error.message : `${error.message} (${told.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

export const noSuchBucket = (name: string): S3Error =>
  new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { elements: { BucketName: name } });

export const noSuchKey = (key: string, headers: Readonly<Record<string, string>> = {}): S3Error =>
  new S3Error('NoSuchKey', 'The specified key does not exist.', 404, { elements: { Key: key }, headers });

export const noSuchVersion = (key: string, versionId: string): S3Error =>
  new S3Error('NoSuchVersion', 'The specified version does not exist.', 404, { elements: { Key: key, VersionId: versionId } });

export const noSuchUpload = (uploadId: string): S3Error =>
  new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { elements: { UploadId: uploadId } },
  );

export const invalidArgument = (message: string, name: string, value?: string | number): S3Error =>
  new S3Error('InvalidArgument', message, 400, {
    elements: { ArgumentName: name, ...(value === undefined ? {} : { ArgumentValue: value }) },
  });

export const invalidRequest = (message: string): S3Error => new S3Error('InvalidRequest', message);

export const malformedXml = (): S3Error =>
  new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');

export const preconditionFailed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    elements: { Condition: condition },
  });

/** An operation that only objects can bear met a delete marker. */
export const markerRefuses = (method: string, headers: Readonly<Record<string, string>> = {}): S3Error =>
  new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    elements: { Method: method, ResourceType: 'DeleteMarker' },
    headers: { 'x-amz-delete-marker': 'true', allow: 'DELETE', ...headers },
  });

export const invalidObjectState = (storageClass: string): S3Error =>
  new S3Error('InvalidObjectState', "The operation is not valid for the object's storage class", 403, {
    elements: { StorageClass: storageClass },
  });

/** What stands in for an operation or a header that the runtime lacks: no made-up success. */
export const lacking = (what: string): S3Error => new S3Error('NotImplemented', `NotImplemented: s3:${what}`, 501);
