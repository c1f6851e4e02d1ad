import { invalidArgument, lacking, type CopyOptions, type ObjectPlace, type ObjectVersion } from '../s3/index.ts';
import { isoTime, xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { checkSource } from './s3-conditions.ts';
import {
  checksumElements,
  checksumFor,
  checksumHeaders,
  copySourceHeader,
  encryptionHeaders,
  expirationHeader,
  versionHeader,
} from './s3-describe.ts';
import { checkBody } from './s3-digests.ts';
import { checksumChoice, putOptions, WRITE_HEADERS } from './s3-put.ts';
import { bypassOf, placeOfObject } from './s3-request.ts';
import { contentOf } from './s3-spool.ts';
import type { WireResponse } from './wire.ts';

function put(call: S3Call): WireResponse {
  const { s3, caller, bucket: name } = call;
  const bucket = s3.bucket(name);
  const checksum = checkBody(call);
  const version = s3.writes.put(caller, placeOfObject(call), contentOf(call.request), { ...putOptions(call), checksum });
  const located = { bucket, version };
  return {
    status: 200,
    headers: {
      etag: `"${version.etag}"`,
      ...(version.versionId === 'null' ? {} : versionHeader(located)),
      ...encryptionHeaders(version),
      ...checksumHeaders(checksumFor(version)),
      ...expirationHeader(located),
    },
  };
}

/** The source of a copy: `bucket/key?versionId=…`, percent-encoded. @throws S3Error InvalidArgument, NotImplemented for an access point */
export function sourceOf({ header }: S3Call): ObjectPlace {
  const name = 'x-amz-copy-source';
  const text = header(name) ?? '';
  const [, named = '', versionId] = /^([^?]*)(?:\?versionId=(.*))?$/.exec(text) ?? [];
  if (named.startsWith('arn:')) throw lacking('CopyObject from an access point');
  const path = decodePath(named).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) throw invalidArgument('Invalid copy source object key', name, name);
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1), versionId };
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidArgument('Invalid copy source encoding', 'x-amz-copy-source', text);
  }
}

/** @throws S3Error InvalidArgument */
function replaces({ header }: S3Call, name: 'metadata' | 'tagging'): boolean {
  const given = header(`x-amz-${name}-directive`) ?? 'COPY';
  if (given === 'COPY' || given === 'REPLACE') return given === 'REPLACE';
  throw invalidArgument(`Unknown ${name} directive.`, `x-amz-${name}-directive`, given);
}

function copy(call: S3Call): WireResponse {
  const { s3, caller } = call;
  const { algorithm } = checksumChoice(call);
  const options: CopyOptions = {
    ...putOptions(call),
    replaceMetadata: replaces(call, 'metadata'),
    replaceTags: replaces(call, 'tagging'),
    checksumAlgorithm: algorithm,
    checkSource: (source: ObjectVersion) => {
      checkSource(call, source);
    },
  };
  const from = sourceOf(call);
  const { source, version } = s3.writes.copy(caller, from, placeOfObject(call), options);
  const content = {
    LastModified: isoTime(version.lastModified),
    ETag: `"${version.etag}"`,
    ...checksumElements(checksumFor(version)),
  };
  return xmlAnswer('CopyObjectResult', content, {
    ...copySourceHeader(source.version),
    ...versionHeader({ bucket: s3.bucket(call.bucket), version }),
    ...encryptionHeaders(version),
  });
}

function remove(call: S3Call): WireResponse {
  const { s3, caller } = call;
  const { version, marked } = s3.writes.delete(caller, placeOfObject(call), {
    ifMatch: call.header('if-match'),
    bypassGovernance: bypassOf(call.header),
  });
  if (version === undefined) return { status: 204 };
  const headers = {
    ...(marked || version.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    'x-amz-version-id': version.versionId,
  };
  return { status: 204, headers };
}

/** Writes and deletions of single objects. */
export const WRITE_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  PutObject: { parameters: [], headers: [...WRITE_HEADERS, 'x-amz-checksum-*'], answer: put },
  CopyObject: {
    parameters: [],
    headers: [
      ...WRITE_HEADERS,
      'x-amz-checksum-algorithm',
      'x-amz-copy-source',
      'x-amz-copy-source-if-*',
      'x-amz-metadata-directive',
      'x-amz-tagging-directive',
    ],
    answer: copy,
  },
  DeleteObject: { parameters: ['versionId'], headers: ['x-amz-bypass-governance-retention'], answer: remove },
};
