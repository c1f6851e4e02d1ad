import { listPage, type S3 } from '../s3/index.ts';
import type { Caller } from '../service.ts';
import type { S3Request } from './s3-request.ts';
import { encodeUri, type WireResponse } from './wire.ts';
import { xml } from './xml.ts';

export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
export const xmlAnswer = (root: string, content: object | string): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xml(root, content, S3_NAMESPACE),
});

/** @throws ServiceError AccessDenied, NoSuchBucket, InvalidArgument */
export function listObjectsV2(s3: S3, { bucket: name, parameters }: S3Request, caller: Caller): WireResponse {
  const [prefix, delimiter, maxKeys] = ['prefix', 'delimiter', 'max-keys'].map((parameter) => parameters.get(parameter));
  const bucket = s3.bucketToList(caller, name, { prefix, delimiter, maxKeys });
  const continuationToken = parameters.get('continuation-token');
  const startAfter = parameters.get('start-after');
  const encoding = parameters.get('encoding-type');
  const shown = (text: string | undefined): string | undefined =>
    encoding === 'url' && text !== undefined ? encodeUri(text).replaceAll('%2F', '/') : text;
  const page = listPage(bucket, {
    prefix: prefix ?? '',
    delimiter,
    maxKeys: Number(maxKeys ?? 1000),
    continuationToken,
    startAfter,
  });
  return xmlAnswer('ListBucketResult', {
    Name: name,
    Prefix: shown(prefix ?? ''),
    Delimiter: shown(delimiter),
    StartAfter: shown(startAfter),
    EncodingType: encoding,
    KeyCount: page.objects.length + page.commonPrefixes.length,
    MaxKeys: page.maxKeys,
    IsTruncated: page.nextToken !== undefined,
    ContinuationToken: continuationToken,
    NextContinuationToken: page.nextToken,
    Contents: page.objects.map((object) => ({
      Key: shown(object.key),
      LastModified: new Date(object.lastModified).toISOString(),
      ETag: `"${object.etag}"`,
      Size: object.size,
      StorageClass: object.storageClass,
    })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: shown(common) })),
  });
}
