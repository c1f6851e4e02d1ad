import { invalidRequest, malformedXml, noSuchVersion, S3Error } from '../s3/index.ts';
import { ServiceError } from '../service.ts';
import { xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { checkBody, vouches } from './s3-digests.ts';
import { bypassOf } from './s3-request.ts';
import { parseXml, type XmlElement } from './s3-xml.ts';
import type { WireResponse } from './wire.ts';

/** The most objects that one request deletes. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MOST_DELETED = 1000;

/** What became of one object: it is gone, or it is not and why. Each is judged by itself. */
function remove({ s3, caller, bucket, header }: S3Call, object: XmlElement): { Deleted: object } | { Error: object } {
  const key = object.only('Key', 'VersionId', 'ETag').required('Key');
  const versionId = object.text('VersionId');
  try {
    const { version, marked } = s3.writes.delete(
      caller,
      { bucket, key, versionId },
      { ifMatch: object.text('ETag'), bypassGovernance: bypassOf(header) },
    );
    const isMarker = marked || version?.deleteMarker === true;
    return {
      Deleted: {
        Key: key,
        VersionId: versionId,
        DeleteMarker: isMarker ? true : undefined,
        DeleteMarkerVersionId: isMarker ? version?.versionId : undefined,
      },
    };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { code, message } = isUnknownVersion(error) ? noSuchVersion(key, versionId ?? '') : error;
    return { Error: { Key: key, VersionId: versionId, Code: code, Message: message } };
  }
}

/** An id that never was is a version that is not there, among several; alone it is an argument. */
const isUnknownVersion = (error: ServiceError): boolean =>
  error instanceof S3Error && error.code === 'InvalidArgument' && error.details.elements?.['ArgumentName'] === 'versionId';

function removeMany(call: S3Call): WireResponse {
  call.s3.bucket(call.bucket);
  if (!vouches(call)) throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  checkBody(call);
  const document = parseXml(call.request.body, 'Delete').only('Object', 'Quiet');
  const objects = document.all('Object');
  if (objects.length === 0 || objects.length > MOST_DELETED) throw malformedXml();
  const outcomes = objects.map((object) => remove(call, object));
  const quiet = document.text('Quiet') === 'true';
  return xmlAnswer('DeleteResult', {
    Deleted: quiet ? [] : outcomes.flatMap((outcome) => ('Deleted' in outcome ? [outcome.Deleted] : [])),
    Error: outcomes.flatMap((outcome) => ('Error' in outcome ? [outcome.Error] : [])),
  });
}

export const DELETE_MANY: Readonly<Record<string, S3Operation>> = {
  DeleteObjects: {
    parameters: ['delete'],
    headers: ['x-amz-bypass-governance-retention', 'x-amz-checksum-*'],
    answer: removeMany,
  },
};
