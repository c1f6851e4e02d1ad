import { createHash, createHmac } from 'node:crypto';
import { crc32 as crc } from 'node:zlib';
import { NativeError } from './json.ts';

export const hash = (bytes: Uint8Array, name: string): Uint8Array => createHash(name).update(bytes).digest();
export const hmac = (bytes: Uint8Array, key: Uint8Array, name: string): Uint8Array =>
  createHmac(name, key).update(bytes).digest();
export const crc32 = (bytes: Uint8Array): bigint => BigInt(crc(Buffer.from(bytes)));
export const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

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
