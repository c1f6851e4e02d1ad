import { invalidArgument, invalidRequest, S3Error, type Checksum, type Located, type ObjectVersion } from '../s3/index.ts';
import { httpTime, xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { checkRead } from './s3-conditions.ts';
import { checksumElements, checksumFor, checksumHeaders, described, versionHeader } from './s3-describe.ts';
import { CUSTOMER_KEY } from './s3-put.ts';
import { placeOfObject } from './s3-request.ts';
import type { WireResponse } from './wire.ts';

/** Parameters by which a read replaces headers of its answer. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
const OVERRIDES: Readonly<Record<string, string>> = {
  'response-content-type': 'content-type',
  'response-content-language': 'content-language',
  'response-expires': 'expires',
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
};
/** What is no character of a header's value. */
const UNSAYABLE = /[^\t\x20-\x7e\x80-\xff]/;
const READS = {
  parameters: ['versionId', 'partNumber', ...Object.keys(OVERRIDES)],
  headers: ['x-amz-checksum-mode', `${CUSTOMER_KEY}*`],
} as const;
/** The most parts that one page of GetObjectAttributes names. */
const MOST_PARTS = 1000;

/** Bytes of an object, both ends inclusive. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The bytes that a `Range` asks for; undefined where it names none or several. @throws S3Error InvalidRange */
function rangeOf(text: string, size: number): Range | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  if (start > end || start >= size) {
    const elements = { RangeRequested: text, ActualObjectSize: size };
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', 416, { elements });
  }
  return { start, end };
}

/** The bytes of a part, none where it ends before it starts; an object put in one piece has one. @throws S3Error InvalidPartNumber */
function partOf({ parts, size }: ObjectVersion, text: string): Range {
  const number = Number(text);
  const sizes = parts?.map((part) => part.size) ?? [size];
  const own = sizes[number - 1];
  if (own === undefined || !Number.isInteger(number)) {
    const elements = { ActualPartCount: sizes.length, PartNumberRequested: text };
    throw new S3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, { elements });
  }
  const start = sizes.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  return { start, end: start + own - 1 };
}

function asked(call: S3Call, version: ObjectVersion): Range | undefined {
  const range = call.header('range');
  const part = call.parameters.get('partNumber');
  if (part === undefined) return range === undefined ? undefined : rangeOf(range, version.size);
  if (range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  return partOf(version, part);
}

/** The checksum of what is read: of all of it, or of a part by itself; of no other range, nor where the client does not ask. */
function checksumOfRead(call: S3Call, located: Located, range: Range | undefined): Record<string, string> {
  const asked = call.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  if (!asked) return {};
  call.s3.reads.decrypt(call.caller, located);
  const { parts, checksum, size } = located.version;
  const own = parts?.[Number(call.parameters.get('partNumber') ?? Number.NaN) - 1]?.checksum;
  if (own !== undefined && checksum?.type === 'COMPOSITE') return checksumHeaders({ ...checksum, value: own });
  const isWhole = range === undefined || (range.start === 0 && range.end === size - 1);
  return isWhole ? checksumHeaders(checksumFor(located.version)) : {};
}

/** @throws S3Error InvalidArgument for what no header can say */
function overridesOf({ parameters }: S3Call): Record<string, string> {
  const overrides = Object.entries(OVERRIDES).flatMap(([parameter, header]) => {
    const value = parameters.get(parameter);
    if (value === undefined) return [];
    if (UNSAYABLE.test(value)) throw invalidArgument('Header value cannot be represented using ISO-8859-1.', parameter, value);
    return [[header, value] as const];
  });
  return Object.fromEntries(overrides);
}

function read(call: S3Call, located: Located): WireResponse {
  const { version } = located;
  if (call.headerNames.some((name) => name.startsWith(CUSTOMER_KEY)))
    throw invalidRequest('The encryption parameters are not applicable to this object.');
  checkRead(call, version);
  const range = asked(call, version);
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  const isPartial = range !== undefined && start <= end;
  const headers = {
    ...described(call, located),
    ...checksumOfRead(call, located, range),
    ...overridesOf(call),
    'content-length': String(end - start + 1),
    ...(isPartial ? { 'content-range': `bytes ${start}-${end}/${version.size}` } : {}),
    ...(call.parameters.has('partNumber') && version.parts !== undefined
      ? { 'x-amz-mp-parts-count': String(version.parts.length) }
      : {}),
  };
  const status = isPartial ? 206 : 200;
  return start > end ? { status, headers } : { status, headers, body: { file: version.file, start, end } };
}

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** What is told of an object's parts: how many, and which where each has a checksum of its own. */
function partsElement(call: S3Call, { parts, checksum }: ObjectVersion): object | undefined {
  if (parts === undefined) return undefined;
  if (checksum?.type !== 'COMPOSITE') return { PartsCount: parts.length };
  const marker = Number(call.header('x-amz-part-number-marker') ?? 0);
  const most = Math.min(Number(call.header('x-amz-max-parts') ?? MOST_PARTS), MOST_PARTS);
  const page = parts.filter(({ number }) => number > marker).slice(0, most);
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: most,
    IsTruncated: (page.at(-1)?.number ?? marker) < (parts.at(-1)?.number ?? 0),
    Part: page.map(({ number, size, checksum: own }) => ({
      PartNumber: number,
      Size: size,
      [`Checksum${checksum.algorithm}`]: own,
    })),
  };
}

/** A checksum of checksums is told without the number of parts here. */
const attributeChecksum = (checksum: Checksum | undefined): object =>
  checksumElements(checksum && { ...checksum, value: checksum.value.replace(/-\d+$/, '') });

function attributes(call: S3Call): WireResponse {
  const wanted = (call.header('x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  if (wanted.every((name) => name === ''))
    throw invalidRequest(
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    );
  if (wanted.some((name) => !ATTRIBUTES.includes(name)))
    throw new S3Error('InvalidArgument', 'Invalid attribute name specified.');
  const located = call.s3.reads.attributes(call.caller, placeOfObject(call));
  const { version } = located;
  const has = (name: string): boolean => wanted.includes(name);
  return xmlAnswer(
    'GetObjectAttributesResponse',
    {
      ETag: has('ETag') ? version.etag : undefined,
      Checksum: has('Checksum') ? attributeChecksum(checksumFor(version)) : undefined,
      ObjectParts: has('ObjectParts') ? partsElement(call, version) : undefined,
      StorageClass: has('StorageClass') ? version.storageClass : undefined,
      ObjectSize: has('ObjectSize') ? version.size : undefined,
    },
    { 'last-modified': httpTime(version.lastModified), ...versionHeader(located) },
  );
}

/** Reads of objects. */
export const READ_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  HeadObject: { ...READS, answer: (call) => read(call, call.s3.reads.head(call.caller, placeOfObject(call))) },
  GetObject: { ...READS, answer: (call) => read(call, call.s3.reads.get(call.caller, placeOfObject(call))) },
  GetObjectAttributes: {
    parameters: ['attributes', 'versionId'],
    headers: ['x-amz-object-attributes', 'x-amz-max-parts', 'x-amz-part-number-marker'],
    answer: attributes,
  },
};
