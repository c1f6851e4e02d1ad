import {
  checksumOf,
  compositeOf,
  DEFAULT_ALGORITHM,
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
} from './checksum.ts';
import type { Bucket } from './bucket.ts';
import { sizeOf, type Content } from './content.ts';
import type { WriteCondition } from './new-bucket.ts';
import { invalidRequest, S3Error } from './s3-error.ts';
import type { Upload, UploadedPart } from './uploads.ts';
import { bareEtag, checkCondition } from './write-rules.ts';

/** Bytes of every part but the last. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const SMALLEST_PART = 5 * 1024 * 1024;

/** A part as a completion names it. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
  /** Its value is base64. @default - none is stated */
  readonly checksum?: Pick<Checksum, 'algorithm' | 'value'> | undefined;
}

/** What completes an upload. */
export interface Completion extends WriteCondition {
  readonly parts: readonly NamedPart[];
  /** The checksum of the whole as the client computed it. @default - none is stated */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  readonly checksumType?: ChecksumType | undefined;
  /** Bytes of the whole, as the client knows them. @default - none are stated */
  readonly size?: number | undefined;
}

const invalidPart = ({ uploadId }: Upload, { number, etag }: NamedPart): S3Error =>
  new S3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { elements: { UploadId: uploadId, PartNumber: number, ETag: bareEtag(etag) } },
  );

const badPartDigest = (number: number, algorithm: ChecksumAlgorithm): S3Error =>
  new S3Error('BadDigest', `The ${algorithm.toLowerCase()} you specified for part ${number} did not match what we received.`);

/** The parts that a completion names, in its order. */
export function partsOf(upload: Upload, { parts: named, checksumType }: Completion): UploadedPart[] {
  const { uploadId, algorithm, checksumType: begun } = upload;
  if (named.length === 0) throw invalidRequest('You must specify at least one part');
  if (checksumType !== undefined && (algorithm === undefined || checksumType !== begun)) {
    const mode = algorithm === undefined ? 'null' : begun;
    throw invalidRequest(
      `The upload was created using the ${mode} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  if (named.some(({ number }, at) => at > 0 && number <= (named[at - 1]?.number ?? 0))) {
    throw new S3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      {
        elements: { UploadId: uploadId },
      },
    );
  }
  const parts = named.map((asked) => {
    const part = upload.parts.get(asked.number);
    if (part === undefined || part.etag !== bareEtag(asked.etag)) throw invalidPart(upload, asked);
    const { checksum } = asked;
    if (checksum === undefined) return part;
    if (algorithm !== undefined && checksum.algorithm !== algorithm) throw badPartDigest(asked.number, checksum.algorithm);
    if (algorithm === undefined || checksum.value !== part.checksum) throw invalidPart(upload, asked);
    return part;
  });
  checkStated(upload, named);
  for (const [at, { size, number, etag }] of parts.entries()) {
    if (at === parts.length - 1 || size >= SMALLEST_PART) continue;
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      elements: { ETag: etag, MinSizeAllowed: SMALLEST_PART, PartNumber: number, ProposedSize: size },
    });
  }
  return parts;
}

/** A checksum of checksums is made only of those that the client states. */
function checkStated({ algorithm, checksumType }: Upload, named: readonly NamedPart[]): void {
  const silent = named.find(({ checksum }) => checksum === undefined);
  if (algorithm === undefined || checksumType !== 'COMPOSITE' || silent === undefined) return;
  throw invalidRequest(
    `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${silent.number} in the request.`,
  );
}

/** A conditional completion loses against whoever wrote or deleted the key since the upload began. */
export function checkRace(bucket: Bucket, { key, conflicted }: Upload, completion: Completion): void {
  checkCondition(bucket, key, completion);
  const condition = completion.ifMatch === undefined ? 'If-None-Match' : 'If-Match';
  if (!conflicted || (completion.ifMatch === undefined && completion.ifNoneMatch === undefined)) return;
  throw new S3Error(
    'ConditionalRequestConflict',
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    409,
    { elements: { Condition: condition, Key: key } },
  );
}

export function checkSize(content: Content, stated: number | undefined): void {
  const size = sizeOf(content);
  if (stated === undefined || stated === size) return;
  throw invalidRequest(`The provided 'x-amz-mp-object-size' header value ${stated} does not match what was computed: ${size}`);
}

export function checksumOfParts(
  { algorithm = DEFAULT_ALGORITHM, checksumType }: Upload,
  parts: readonly UploadedPart[],
  content: Content,
): Checksum {
  const value =
    checksumType === 'COMPOSITE'
      ? compositeOf(
          algorithm,
          parts.map(({ checksum }) => checksum),
        )
      : checksumOf(algorithm, content);
  return { algorithm, type: checksumType, value };
}

/**
 * Whether the whole is what the client says it is. Who says it of an upload of the FULL_OBJECT type says the type too, or it is taken for
 * the other one; an upload that named no algorithm heeds S3's own alone.
 *
 * @throws S3Error BadDigest
 */
export function checkWhole(upload: Upload, { algorithm, type, value }: Checksum, completion: Completion): void {
  const { checksum: stated, checksumType } = completion;
  if (stated === undefined || (upload.algorithm === undefined && stated.algorithm !== algorithm)) return;
  const typed = upload.algorithm === undefined || type === 'COMPOSITE' || checksumType === type;
  const expected = stated.value.replace(/-\d+$/, '');
  if (typed && stated.algorithm === algorithm && expected === value.replace(/-\d+$/, '')) return;
  throw new S3Error('BadDigest', `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`);
}
