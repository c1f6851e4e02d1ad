import { toBytes, unscaledBytes } from './value.ts';

/** The bytes of a whole number whose bucket is asked for: eight, the lowest first. In hexadecimal digits. */
export const longBytes = (value: bigint): string => toBytes('long', value).toString('hex');

/** The same of a decimal's digits. */
export const decimalBytes = (digits: string): string => unscaledBytes(BigInt(digits)).toString('hex');

/** The bucket of a value by its bytes in hexadecimal digits. @see https://iceberg.apache.org/spec/#bucket-transform-details */
export const bucketOf = (hex: string, buckets: number): number => (murmur3(Buffer.from(hex, 'hex')) & 0x7fffffff) % buckets;

const [C1, C2] = [0xcc9e2d51, 0x1b873593];

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const mixed = (block: number): number => Math.imul(rotated(Math.imul(block, C1), 15), C2);

/** MurmurHash3 of 32 bits for x86, with the seed 0. */
function murmur3(bytes: Buffer): number {
  const blocks = Math.floor(bytes.length / 4);
  let hash = 0;
  for (let at = 0; at < blocks; at += 1) {
    hash = Math.imul(rotated(hash ^ mixed(bytes.readInt32LE(at * 4)), 13), 5) + 0xe6546b64;
  }
  const tail = bytes.subarray(blocks * 4);
  if (tail.length > 0) hash ^= mixed(tail.reduce((word, byte, at) => word | (byte << (8 * at)), 0));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
