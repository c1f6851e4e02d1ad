import { createHash, createHmac } from 'node:crypto';
import { crc32 as crc } from 'node:zlib';
import { NativeError } from './json.ts';

export const hash = (bytes: Uint8Array, name: string): Uint8Array => createHash(name).update(bytes).digest();
export const hmac = (bytes: Uint8Array, key: Uint8Array, name: string): Uint8Array =>
  createHmac(name, key).update(bytes).digest();
export const crc32 = (bytes: Uint8Array): bigint => BigInt(crc(Buffer.from(bytes)));

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const REPLACEMENT = '\ufffd';

/** Bytes as a text; what is no character, with the bytes that its first one asks for as far as they are there, becomes one U+FFFD. */
export function fromUtf8(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const most = at + sizeOf(bytes[at] ?? 0);
    let end = at + 1;
    while (end < most && ((bytes[end] ?? 0) & 0xc0) === 0x80) end += 1;
    text += decoded(bytes.subarray(at, end)) ?? REPLACEMENT;
    at = end;
  }
  return text;
}

/** Bytes that a character of this first one has, forms of five and six among them, which have long been none. */
const sizeOf = (first: number): number => {
  const ones = Math.clz32(~(first << 24));
  return ones >= 2 && ones <= 6 ? ones : 1;
};

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

const shiftOf = (shift: bigint, bits: bigint): bigint => {
  if (shift < 0n) throw new NativeError('INVALID_FUNCTION_ARGUMENT: Specified shift value must not be negative');
  return shift > bits ? bits : shift;
};

export const shiftLeft = (value: bigint, shift: bigint, bits: bigint): bigint =>
  BigInt.asIntN(Number(bits), value << shiftOf(shift, bits));
export const shiftRight = (value: bigint, shift: bigint, bits: bigint): bigint =>
  shift >= bits ? 0n : BigInt.asIntN(Number(bits), BigInt.asUintN(Number(bits), value) >> shiftOf(shift, bits));
export const shiftRightSigned = (value: bigint, shift: bigint, bits: bigint): bigint => value >> shiftOf(shift, bits);

export const bitCount = (value: bigint, bits: bigint): bigint => {
  if (bits < 2n || bits > 64n)
    throw new NativeError('INVALID_FUNCTION_ARGUMENT: Bits specified in bit_count must be between 2 and 64');
  if (BigInt.asIntN(Number(bits), value) !== value)
    throw new NativeError('INVALID_FUNCTION_ARGUMENT: Number must be representable with the bits specified');
  return BigInt(BigInt.asUintN(Number(bits), value).toString(2).replaceAll('0', '').length);
};
