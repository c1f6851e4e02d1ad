import { IcebergError } from './iceberg-error.ts';
import { decimalOf, type IcebergType } from './types.ts';

/**
 * A value as Iceberg's files hold it: days for a date, microseconds for a time, the unscaled digits for a decimal, bytes for what is
 * neither number nor text.
 */
export type Value = boolean | number | bigint | string | Buffer;

type Kind = 'boolean' | 'int' | 'long' | 'float' | 'double' | 'decimal' | 'string' | 'bytes';

/** Which form the values of a primitive type have. @throws IcebergError for a type that holds others */
export function kindOf(type: IcebergType): Kind {
  if (typeof type !== 'string') throw new IcebergError('NOT_SUPPORTED', `a ${type.type} has no single value`);
  if (decimalOf(type) !== undefined) return 'decimal';
  switch (type) {
    case 'boolean':
    case 'long':
    case 'float':
    case 'double':
    case 'string':
      return type;
    case 'int':
    case 'date':
      return 'int';
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return 'long';
    default:
      return 'bytes';
  }
}

/** Bytes of a bound, as manifests hold it. @see https://iceberg.apache.org/spec/#binary-single-value-serialization */
export function toBytes(type: IcebergType, value: Value): Buffer {
  const bytes = Buffer.alloc(8);
  switch (kindOf(type)) {
    case 'boolean':
      return Buffer.from([value === true ? 1 : 0]);
    case 'int':
      return bytes.subarray(0, bytes.writeInt32LE(Number(value)));
    case 'long':
      bytes.writeBigInt64LE(value as bigint);
      return bytes;
    case 'float':
      return bytes.subarray(0, bytes.writeFloatLE(Number(value)));
    case 'double':
      bytes.writeDoubleLE(Number(value));
      return bytes;
    case 'decimal':
      return unscaledBytes(value as bigint);
    case 'string':
      return Buffer.from(String(value));
    case 'bytes':
      return value as Buffer;
  }
}

/** The value that a bound's bytes are; an int may stand where the column has become a long since. */
export function fromBytes(type: IcebergType, bytes: Buffer): Value {
  switch (kindOf(type)) {
    case 'boolean':
      return bytes[0] === 1;
    case 'int':
      return bytes.readInt32LE();
    case 'long':
      return bytes.length === 4 ? BigInt(bytes.readInt32LE()) : bytes.readBigInt64LE();
    case 'float':
      return bytes.readFloatLE();
    case 'double':
      return bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
    case 'decimal':
      return unscaled(bytes);
    case 'string':
      return bytes.toString();
    case 'bytes':
      return bytes;
  }
}

/** The digits of a decimal, of which the scale says where the point stands, in as few bytes as hold them. */
export function unscaledBytes(digits: bigint): Buffer {
  let size = 1;
  while (BigInt.asIntN(size * 8, digits) !== digits) size += 1;
  return sized(digits, size);
}

/** A whole number in two's complement, the highest byte first. */
export function sized(digits: bigint, size: number): Buffer {
  const hex = BigInt.asUintN(size * 8, digits)
    .toString(16)
    .padStart(size * 2, '0');
  return Buffer.from(hex, 'hex');
}

export const unscaled = (bytes: Buffer): bigint =>
  bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));

/** Bytes that any decimal of a precision fits in. */
export function decimalSize(precision: number): number {
  return unscaledBytes(10n ** BigInt(precision) - 1n).length;
}

/** The value that a text of {@link import('./engine-sql.ts').physicalText} means. */
export function fromText(type: IcebergType, text: string): Value {
  switch (kindOf(type)) {
    case 'boolean':
      return text === 'true';
    case 'int':
    case 'float':
    case 'double':
      return Number(text.replace(/^(-?)inf$/, '$1Infinity'));
    case 'long':
    case 'decimal':
      return BigInt(text);
    case 'string':
      return text;
    case 'bytes':
      return Buffer.from(text, 'hex');
  }
}
