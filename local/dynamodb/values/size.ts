import type { AttributeValue, Item } from './attribute-value.ts';
import { bytesOfNumber } from './number.ts';

/** Bytes of one item, names included. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
export const LARGEST_ITEM = 400 * 1024;

const bytesOfBase64 = (text: string): number => Buffer.byteLength(text, 'base64');
const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** Bytes that a list or a map takes beside what it holds, and for each thing that it holds. */
const DOCUMENT = 3;
const ELEMENT = 1;

/**
 * Bytes of a value, as DynamoDB counts them.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function sizeOf(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return bytesOfNumber(value.N);
  if ('B' in value) return bytesOfBase64(value.B);
  if ('SS' in value) return sum(value.SS.map((member) => Buffer.byteLength(member)));
  if ('NS' in value) return sum(value.NS.map(bytesOfNumber));
  if ('BS' in value) return sum(value.BS.map(bytesOfBase64));
  if ('L' in value) return DOCUMENT + sum(value.L.map((each) => ELEMENT + sizeOf(each)));
  if ('M' in value) return DOCUMENT + itemSize(value.M) + ELEMENT * Object.keys(value.M).length;
  return 1;
}

/** Bytes of an item: of its names and its values. */
export const itemSize = (item: Item): number =>
  Object.entries(item).reduce((total, [name, value]) => total + Buffer.byteLength(name) + sizeOf(value), 0);
