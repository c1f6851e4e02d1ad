import type { Digest } from './checksum.ts';

/** Castagnoli's polynomial, reflected. @see https://www.rfc-editor.org/rfc/rfc3720#section-12.1 */
const CASTAGNOLI = 0x82f63b78;
/** The polynomial of NVM Express, reflected, in halves. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
const NVME_HIGH = 0x9a6c9329;
const NVME_LOW = 0xac4bc9b5;

const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ CASTAGNOLI : value >>> 1;
  return value;
});

const nvmeHigh = new Uint32Array(256);
const nvmeLow = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let [high, low] = [0, byte];
  for (let bit = 0; bit < 8; bit++) {
    const carry = (low & 1) === 1;
    low = (low >>> 1) | ((high & 1) << 31);
    high >>>= 1;
    if (carry) [high, low] = [high ^ NVME_HIGH, low ^ NVME_LOW];
  }
  nvmeHigh[byte] = high;
  nvmeLow[byte] = low;
}

/** CRC-32C of what went before and `chunk`; begins with 0, as zlib's `crc32` does. */
export function crc32c(chunk: Buffer, value: number): number {
  let crc = ~value;
  for (const byte of chunk) crc = (crc >>> 8) ^ (castagnoli[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** CRC-64/NVME, computed in two halves: 64-bit integers of JavaScript are ten times slower. */
export function crc64nvme(): Digest {
  let [high, low] = [~0, ~0];
  return {
    update: (chunk) => {
      for (const byte of chunk) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (nvmeLow[index] ?? 0);
        high = (high >>> 8) ^ (nvmeHigh[index] ?? 0);
      }
    },
    digest: () => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(~high >>> 0, 0);
      bytes.writeUInt32BE(~low >>> 0, 4);
      return bytes;
    },
  };
}
