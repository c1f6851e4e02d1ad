import { createHash } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { Caller } from '../service.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import type { ChecksumAlgorithm, ChecksumType } from './checksum.ts';
import { checkRace, checkSize, checksumOfParts, checkWhole, partsOf, type Completion } from './completion.ts';
import { wholeFile, type Content } from './content.ts';
import type { Guard } from './guard.ts';
import type { ObjectPlace } from './locate.ts';
import type { PutOptions } from './new-bucket.ts';
import type { ObjectVersion } from './object-version.ts';
import { invalidArgument, invalidRequest } from './s3-error.ts';
import type { Upload, UploadedPart } from './uploads.ts';
import { admitWrite } from './write-rules.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MOST_PARTS = 10_000;

/** An upload, as its operations name it. */
export interface UploadPlace extends Omit<ObjectPlace, 'versionId'> {
  readonly uploadId: string;
}

/** How an upload's checksum is to be made. */
export interface ChecksumChoice {
  readonly algorithm?: ChecksumAlgorithm | undefined;
  readonly type?: ChecksumType | undefined;
}

/** @throws S3Error InvalidRequest for a pair that S3 does not compute */
function checksumTypeOf({ algorithm, type }: ChecksumChoice): ChecksumType {
  if (algorithm === undefined) {
    if (type === undefined) return 'FULL_OBJECT';
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  const whole = algorithm === 'CRC64NVME';
  const hashed = algorithm === 'SHA1' || algorithm === 'SHA256';
  if ((whole && type === 'COMPOSITE') || (hashed && type === 'FULL_OBJECT')) {
    throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  }
  return type ?? (whole ? 'FULL_OBJECT' : 'COMPOSITE');
}

/** Uploads in parts: none of their bytes is held in memory but the part under way. */
export class MultipartUploads {
  constructor(
    private readonly buckets: Buckets,
    private readonly guard: Guard,
    private readonly clock: SimulatedClock,
  ) {}

  /** @throws as a put does */
  create(caller: Caller, { bucket: name, key }: ObjectPlace, options: PutOptions, choice: ChecksumChoice = {}): Upload {
    const bucket = this.buckets.get(name);
    const context = { 's3:ObjectCreationOperation': 'false' };
    const attributes = admitWrite(this.guard, { caller, bucket, key, options, now: this.clock.now(), context });
    const checksumType = checksumTypeOf(choice);
    return bucket.beginUpload({ key, initiator: caller.arn, attributes, algorithm: choice.algorithm, checksumType });
  }

  /** The upload that a part is for, once the caller may put one. @throws S3Error NoSuchUpload, InvalidArgument, AccessDenied */
  admitPart(caller: Caller, { bucket: name, key, uploadId }: UploadPlace, number: number): Upload {
    const bucket = this.buckets.get(name);
    this.guard.object(caller, 's3:PutObject', bucket, key, { 's3:ObjectCreationOperation': 'false' });
    if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
      throw invalidArgument(`Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`, 'partNumber', number);
    }
    const upload = bucket.uploads().get(key, uploadId);
    this.guard.key(caller, 'kms:Decrypt', { bucket, key, encryption: upload.attributes.encryption });
    return upload;
  }

  /** @throws S3Error NoSuchUpload, InvalidArgument, AccessDenied */
  putPart(caller: Caller, place: UploadPlace, number: number, content: Content): UploadedPart {
    this.admitPart(caller, place, number);
    return this.buckets.get(place.bucket).addPart(place.key, place.uploadId, number, content);
  }

  /**
   * Makes the object of the parts that the caller names.
   *
   * @throws S3Error NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest, BadDigest, and as a conditional put does
   */
  complete(caller: Caller, { bucket: name, key, uploadId }: UploadPlace, completion: Completion): ObjectVersion {
    const bucket = this.buckets.get(name);
    const { ifMatch, ifNoneMatch } = completion;
    const context = {
      ...(ifMatch === undefined ? {} : { 's3:if-match': ifMatch }),
      ...(ifNoneMatch === undefined ? {} : { 's3:if-none-match': ifNoneMatch }),
    };
    this.guard.object(caller, 's3:PutObject', bucket, key, { 's3:ObjectCreationOperation': 'true', ...context });
    if (ifMatch !== undefined) this.guard.object(caller, 's3:GetObject', bucket, key);
    const upload = bucket.uploads().get(key, uploadId);
    const { attributes, algorithm } = upload;
    if (algorithm !== undefined) this.guard.key(caller, 'kms:Decrypt', { bucket, key, encryption: attributes.encryption });
    const parts = partsOf(upload, completion);
    checkRace(bucket, upload, completion);
    const content = parts.map(wholeFile);
    checkSize(content, completion.size);
    const checksum = checksumOfParts(upload, parts, content);
    checkWhole(upload, checksum, completion);
    const etag = createHash('md5')
      .update(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex'))))
      .digest('hex');
    const version = bucket.put(
      key,
      content,
      {
        ...attributes,
        etag: `${etag}-${parts.length}`,
        checksum,
        parts: parts.map(({ number, size, checksum: own }) =>
          algorithm === undefined ? { number, size } : { number, size, checksum: own },
        ),
      },
      { creation: 'CompleteMultipartUpload', requester: caller },
    );
    bucket.endUpload(key, uploadId);
    return version;
  }

  /** @throws S3Error NoSuchUpload, AccessDenied */
  abort(caller: Caller, { bucket: name, key, uploadId }: UploadPlace): void {
    const bucket = this.buckets.get(name);
    this.guard.object(caller, 's3:AbortMultipartUpload', bucket, key);
    bucket.endUpload(key, uploadId);
  }

  /** An upload with its parts. @throws S3Error NoSuchUpload, AccessDenied */
  parts(caller: Caller, { bucket: name, key, uploadId }: UploadPlace): { bucket: Bucket; upload: Upload } {
    const bucket = this.buckets.get(name);
    this.guard.object(caller, 's3:ListMultipartUploadParts', bucket, key);
    return { bucket, upload: bucket.uploads().get(key, uploadId) };
  }

  /** Uploads under way, by key and age. @throws S3Error AccessDenied, NoSuchBucket */
  list(caller: Caller, name: string): readonly Upload[] {
    const bucket = this.buckets.get(name);
    this.guard.bucket(caller, 's3:ListBucketMultipartUploads', bucket);
    return bucket.uploads().all();
  }
}
