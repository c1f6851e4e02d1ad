import {
  CHECKSUM_ALGORITHMS,
  invalidArgument,
  invalidRequest,
  listUploads,
  malformedXml,
  type Checksum,
  type Content,
  type NamedPart,
  type Upload,
} from '../s3/index.ts';
import { isoTime, ownerOf, xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { checkSource } from './s3-conditions.ts';
import { checksumElements, checksumHeaders, copySourceHeader, encryptionHeaders, versionHeader } from './s3-describe.ts';
import { checkBody, statedChecksum } from './s3-digests.ts';
import { pageSize, prefixesOf, shownKey, told } from './s3-list.ts';
import { checksumChoice, putOptions, WRITE_HEADERS } from './s3-put.ts';
import { contentOf } from './s3-spool.ts';
import { sourceOf } from './s3-write.ts';
import { parseXml, type XmlElement } from './s3-xml.ts';
import { encodeUri, type WireResponse } from './wire.ts';

const uploadPlace = ({ bucket, key, parameters }: S3Call): { bucket: string; key: string; uploadId: string } => ({
  bucket,
  key,
  uploadId: parameters.get('uploadId') ?? '',
});

function create(call: S3Call): WireResponse {
  const { s3, caller, bucket, key } = call;
  const choice = checksumChoice(call);
  const upload = s3.multipart.create(caller, { bucket, key }, putOptions(call), choice);
  return xmlAnswer(
    'InitiateMultipartUploadResult',
    { Bucket: bucket, Key: key, UploadId: upload.uploadId },
    {
      ...encryptionHeaders(upload.attributes),
      ...(choice.algorithm === undefined
        ? {}
        : { 'x-amz-checksum-algorithm': choice.algorithm, 'x-amz-checksum-type': upload.checksumType }),
    },
  );
}

/** @throws S3Error InvalidRequest for a checksum by another algorithm than the upload's */
function checkAlgorithm({ algorithm }: Upload, stated: Checksum | undefined): void {
  if (algorithm === undefined || stated === undefined || stated.algorithm === algorithm) return;
  const [expected, actual] = [algorithm.toLowerCase(), stated.algorithm.toLowerCase()];
  throw invalidRequest(`Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`);
}

/** What an upload's parts say of their checksums: its own algorithm's, or what the client stated. */
const partChecksum = ({ algorithm }: Upload, value: string, stated: Checksum | undefined): Checksum | undefined =>
  algorithm === undefined ? stated : { algorithm, type: 'FULL_OBJECT', value };

function withoutType(checksum: Checksum | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(checksumHeaders(checksum)).filter(([name]) => name !== 'x-amz-checksum-type'));
}

function putPart(call: S3Call): WireResponse {
  const { s3, caller } = call;
  const place = uploadPlace(call);
  const number = Number(call.parameters.get('partNumber'));
  const upload = s3.multipart.admitPart(caller, place, number);
  const stated = checkBody(call);
  checkAlgorithm(upload, stated);
  const part = s3.multipart.putPart(caller, place, number, contentOf(call.request));
  const headers = { ...encryptionHeaders(upload.attributes), ...withoutType(partChecksum(upload, part.checksum, stated)) };
  return { status: 200, headers: { etag: `"${part.etag}"`, ...headers } };
}

/** The bytes of a source that a part copies. @throws S3Error InvalidArgument, InvalidRange */
function sliceOf({ header }: S3Call, { file, size }: { readonly file: string; readonly size: number }): Content {
  const name = 'x-amz-copy-source-range';
  const text = header(name);
  if (text === undefined) return [{ file, start: 0, end: size }];
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  if (first === undefined || last === undefined || start >= end) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      name,
      text,
    );
  }
  if (start >= size) throw invalidRequest('The specified copy range is invalid for the source object size');
  if (end > size) throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, name, text);
  return [{ file, start, end }];
}

function copyPart(call: S3Call): WireResponse {
  const { s3, caller } = call;
  const place = uploadPlace(call);
  const number = Number(call.parameters.get('partNumber'));
  const { version } = s3.writes.source(caller, sourceOf(call));
  checkSource(call, version);
  const upload = s3.multipart.admitPart(caller, place, number);
  const part = s3.multipart.putPart(caller, place, number, sliceOf(call, version));
  const checksum = upload.algorithm === undefined ? {} : { [`Checksum${upload.algorithm}`]: part.checksum };
  return xmlAnswer(
    'CopyPartResult',
    { LastModified: isoTime(part.lastModified), ETag: `"${part.etag}"`, ...checksum },
    {
      ...copySourceHeader(version),
      ...encryptionHeaders(upload.attributes),
    },
  );
}

function namedPart(part: XmlElement): NamedPart {
  part.only('PartNumber', 'ETag', ...CHECKSUM_ALGORITHMS.map((name) => `Checksum${name}`));
  const number = Number(part.required('PartNumber'));
  if (!Number.isInteger(number)) throw malformedXml();
  const [checksum] = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = part.text(`Checksum${algorithm}`);
    return value === undefined ? [] : [{ algorithm, value }];
  });
  return { number, etag: part.required('ETag'), checksum };
}

/** The parts that a request names; none where it has no body. @throws S3Error MalformedXML */
const namedParts = (body: Buffer): readonly NamedPart[] =>
  body.length === 0 ? [] : parseXml(body, 'CompleteMultipartUpload').only('Part').all('Part').map(namedPart);

function complete(call: S3Call): WireResponse {
  const { s3, caller, bucket, key } = call;
  const size = call.header('x-amz-mp-object-size');
  const version = s3.multipart.complete(caller, uploadPlace(call), {
    parts: namedParts(call.request.body),
    checksum: statedChecksum(call),
    checksumType: checksumChoice(call).type,
    ifMatch: call.header('if-match'),
    ifNoneMatch: call.header('if-none-match'),
    ...(size === undefined ? {} : { size: Number(size) }),
  });
  const Location = `http://${call.header('host') ?? call.header(':authority') ?? 'localhost'}/${bucket}/${encodeUri(key)}`;
  const content = { Location, Bucket: bucket, Key: key, ETag: `"${version.etag}"`, ...checksumElements(version.checksum) };
  const located = { bucket: s3.bucket(bucket), version };
  return xmlAnswer('CompleteMultipartUploadResult', content, { ...versionHeader(located), ...encryptionHeaders(version) });
}

/** Who began an upload; the name is a user's, or a role's with its session's. */
const initiatorOf = ({ initiator }: Pick<Upload, 'initiator'>): object => ({
  ID: initiator,
  DisplayName: initiator.split('/').slice(1).join('/'),
});

function listParts(call: S3Call): WireResponse {
  const { s3, caller, parameters } = call;
  const { bucket, upload } = s3.multipart.parts(caller, uploadPlace(call));
  const marker = Number(parameters.get('part-number-marker') ?? 0);
  const most = pageSize(parameters, 'max-parts');
  const parts = [...upload.parts.values()].sort((a, b) => a.number - b.number);
  const page = parts.filter(({ number }) => number > marker).slice(0, most);
  const last = page.at(-1)?.number ?? 0;
  const { algorithm } = upload;
  return xmlAnswer('ListPartsResult', {
    Bucket: call.bucket,
    Key: call.key,
    UploadId: upload.uploadId,
    PartNumberMarker: marker,
    NextPartNumberMarker: last,
    MaxParts: most,
    IsTruncated: page.length > 0 && last < (parts.at(-1)?.number ?? 0),
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: isoTime(part.lastModified),
      ETag: `"${part.etag}"`,
      Size: part.size,
      ...(algorithm === undefined ? {} : { [`Checksum${algorithm}`]: part.checksum }),
    })),
    Initiator: initiatorOf(upload),
    Owner: ownerOf(bucket.settings, caller),
    StorageClass: upload.attributes.storageClass,
    ...(algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm, ChecksumType: upload.checksumType }),
  });
}

function listMultipartUploads(call: S3Call): WireResponse {
  const { s3, caller, parameters } = call;
  const [prefix = '', delimiter, keyMarker = '', uploadId = ''] = ['prefix', 'delimiter', 'key-marker', 'upload-id-marker'].map(
    (name) => parameters.get(name),
  );
  const uploadIdMarker = keyMarker === '' ? '' : uploadId;
  const maxUploads = pageSize(parameters, 'max-uploads');
  const all = s3.multipart.list(caller, call.bucket);
  const page = listUploads(all, { prefix, delimiter, maxUploads, keyMarker, uploadIdMarker });
  const last = page.uploads.at(-1);
  const shown = shownKey(parameters);
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: call.bucket,
    KeyMarker: shown(keyMarker),
    UploadIdMarker: uploadIdMarker,
    NextKeyMarker: shown(last?.key ?? ''),
    NextUploadIdMarker: last?.uploadId ?? '',
    Delimiter: shown(told(delimiter)),
    Prefix: shown(told(prefix)),
    EncodingType: parameters.get('encoding-type'),
    MaxUploads: maxUploads,
    IsTruncated: page.isTruncated,
    Upload: page.uploads.map(({ key, uploadId: id, initiated, initiator, attributes, algorithm, checksumType }) => ({
      Key: shown(key),
      UploadId: id,
      Initiator: initiatorOf({ initiator }),
      Owner: ownerOf(s3.bucket(call.bucket).settings, caller),
      StorageClass: attributes.storageClass,
      Initiated: isoTime(initiated),
      ...(algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm, ChecksumType: checksumType }),
    })),
    CommonPrefixes: prefixesOf(page.commonPrefixes, shown),
  });
}

/** Uploads in parts. */
export const MULTIPART_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  CreateMultipartUpload: {
    parameters: ['uploads'],
    headers: [...WRITE_HEADERS, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
    answer: create,
  },
  UploadPart: { parameters: ['partNumber', 'uploadId'], headers: ['x-amz-checksum-*'], answer: putPart },
  UploadPartCopy: {
    parameters: ['partNumber', 'uploadId'],
    headers: ['x-amz-copy-source', 'x-amz-copy-source-if-*', 'x-amz-copy-source-range'],
    answer: copyPart,
  },
  CompleteMultipartUpload: { parameters: ['uploadId'], headers: ['x-amz-checksum-*', 'x-amz-mp-object-size'], answer: complete },
  AbortMultipartUpload: {
    parameters: ['uploadId'],
    headers: [],
    answer: (call) => {
      call.s3.multipart.abort(call.caller, uploadPlace(call));
      return { status: 204 };
    },
  },
  ListParts: { parameters: ['uploadId', 'max-parts', 'part-number-marker'], headers: [], answer: listParts },
  ListMultipartUploads: {
    parameters: ['uploads', 'delimiter', 'encoding-type', 'key-marker', 'max-uploads', 'prefix', 'upload-id-marker'],
    headers: [],
    answer: listMultipartUploads,
  },
};
