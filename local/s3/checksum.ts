import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c, crc64nvme } from './crc.ts';
import { chunksOf, type Content } from './content.ts';

/** Algorithms by which S3 checks and keeps an object's bytes. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum as clients see it: base64, with `-<parts>` behind it where it is made of the parts' checksums. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  readonly value: string;
}

/** What S3 adds of its own to an object that came without a checksum. */
export const DEFAULT_ALGORITHM = 'CRC64NVME';

/** A digest under way. */
export interface Digest {
  update(chunk: Buffer): void;
  digest(): Buffer;
}

function hash(name: string): Digest {
  const under = createHash(name);
  return { update: (chunk) => void under.update(chunk), digest: () => under.digest() };
}

function cyclic(next: (chunk: Buffer, value: number) => number): Digest {
  let value = 0;
  return {
    update: (chunk) => {
      value = next(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes;
    },
  };
}

const DIGESTS: Readonly<Record<ChecksumAlgorithm, () => Digest>> = {
  CRC32: () => cyclic((chunk, value) => crc32(chunk, value)),
  CRC32C: () => cyclic(crc32c),
  CRC64NVME: crc64nvme,
  SHA1: () => hash('sha1'),
  SHA256: () => hash('sha256'),
};

export const digestBy = (algorithm: ChecksumAlgorithm): Digest => DIGESTS[algorithm]();

export function checksumOf(algorithm: ChecksumAlgorithm, content: Content): string {
  const digest = digestBy(algorithm);
  for (const chunk of chunksOf(content)) digest.update(chunk);
  return digest.digest().toString('base64');
}

export function md5Of(content: Content): Buffer {
  const digest = createHash('md5');
  for (const chunk of chunksOf(content)) digest.update(chunk);
  return digest.digest();
}

/** The checksum of an object of parts, from those of its parts. */
export function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const value = checksumOf(algorithm, Buffer.concat(parts.map((part) => Buffer.from(part, 'base64'))));
  return `${value}-${parts.length}`;
}

/** Whether a text could be a checksum: base64 of as many bytes as the algorithm gives. */
export const isChecksum = (algorithm: ChecksumAlgorithm, text: string): boolean =>
  /^[A-Za-z0-9+/]+=*$/.test(text) && Buffer.from(text, 'base64').length === digestBy(algorithm).digest().length;
