import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { STORAGE_CLASSES, type NewBucket, type PutOptions } from '../s3/index.ts';
import { ServiceError } from '../service.ts';
import { notImplemented } from './protocol.ts';
import { header, type WireRequest } from './wire.ts';

/** Headers that would change what is stored, or who may read it; to pass over them would be a made-up success. */
const UNSUPPORTED =
  /^(cache-control|content-disposition|content-language|expires|x-amz-(tagging|grant-.*|object-lock-.*|website-redirect-location|write-offset-bytes|server-side-encryption-(context|customer-.*)))$/;

const META = 'x-amz-meta-';

function crc32Bytes(body: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes;
}

const DIGESTS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  'content-md5': (body) => createHash('md5').update(body).digest(),
  'x-amz-checksum-crc32': crc32Bytes,
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest(),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest(),
};

/** @throws ServiceError BadDigest. CRC32C and CRC64NVME are taken as they come: Node computes neither. */
function checkDigests(request: WireRequest): void {
  for (const [name, digest] of Object.entries(DIGESTS)) {
    const stated = header(request, name);
    if (stated === undefined) continue;
    const expected = digest(request.body);
    const got = Buffer.from(stated, 'base64');
    if (got.length !== expected.length || !timingSafeEqual(got, expected)) {
      throw new ServiceError('BadDigest', `The '${name}' you specified did not match what we received.`);
    }
  }
}

function checkEncryption(request: WireRequest, { kmsKeyArn }: NewBucket): void {
  const algorithm = header(request, 'x-amz-server-side-encryption');
  const key = header(request, 'x-amz-server-side-encryption-aws-kms-key-id');
  const own = kmsKeyArn === undefined ? 'AES256' : 'aws:kms';
  if ((algorithm ?? own) !== own || (key ?? kmsKeyArn) !== kmsKeyArn)
    throw notImplemented('s3', "PutObject under another key than the bucket's");
}

/**
 * What a PutObject request says besides its bytes.
 *
 * @throws ServiceError BadDigest, InvalidStorageClass, NotImplemented
 */
export function putOptions(request: WireRequest, bucket: NewBucket): PutOptions {
  const unsupported = Object.keys(request.headers).find((name) => UNSUPPORTED.test(name));
  const encodings = (header(request, 'content-encoding') ?? '')
    .split(/\s*,\s*/)
    .filter((name) => name !== '' && name !== 'aws-chunked');
  const acl = header(request, 'x-amz-acl') ?? 'private';
  if (unsupported !== undefined) throw notImplemented('s3', `PutObject with '${unsupported}'`);
  if (encodings.length > 0) throw notImplemented('s3', "PutObject with 'content-encoding'");
  if (acl !== 'private' && acl !== 'bucket-owner-full-control') throw notImplemented('s3', "PutObject with 'x-amz-acl'");
  checkEncryption(request, bucket);
  checkDigests(request);
  const given = header(request, 'x-amz-storage-class') ?? 'STANDARD';
  const storageClass = STORAGE_CLASSES.find((name) => name === given);
  if (storageClass === undefined) throw new ServiceError('InvalidStorageClass', 'The storage class you specified is not valid');
  const contentType = header(request, 'content-type');
  const metadata = Object.keys(request.headers)
    .filter((name) => name.startsWith(META))
    .map((name) => [name.slice(META.length), header(request, name) ?? ''] as const);
  return { ...(contentType === undefined ? {} : { contentType }), metadata: Object.fromEntries(metadata), storageClass };
}
