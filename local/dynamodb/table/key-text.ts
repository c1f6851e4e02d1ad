import { hash } from 'node:crypto';
import { scalar, type AttributeValue, type Item, type ScalarType } from '../values/attribute-value.ts';
import { sortable } from '../values/number.ts';

/** One attribute of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: ScalarType;
}

/** By what a table or an index finds its items. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** Stands between the parts of a key, before all that may stand in one. */
const BETWEEN = '\u0000';
/** Behind all that may stand in a key. */
export const AFTER_ALL = '\uffff';

/** A text that sorts as its bytes do, and holds no {@link BETWEEN}. */
function fromBytes(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte + 1);
  return text;
}

/** A text that sorts as a value of a key does among others of its type. */
export function orderOf(value: AttributeValue): string {
  if ('N' in value) return sortable(value.N);
  return fromBytes('S' in value ? Buffer.from(value.S) : 'B' in value ? Buffer.from(value.B, 'base64') : Buffer.alloc(0));
}

/** Where the items with one partition key lie: spread over all by a hash, as on AWS, so that a scan meets them in no order of theirs. */
export const partitionOf = (value: AttributeValue): string => hash('md5', `${Object.keys(value)[0]}${orderOf(value)}`) + BETWEEN;

/** Where an item lies by a key; undefined for one that lacks an attribute of it. */
export function keyText(item: Item, { hash: first, range }: KeySchema): string | undefined {
  const partition = keyValue(item, first);
  if (partition === undefined) return undefined;
  if (range === undefined) return partitionOf(partition);
  const sort = keyValue(item, range);
  return sort === undefined ? undefined : partitionOf(partition) + orderOf(sort) + BETWEEN;
}

/** The value of an attribute of a key; undefined where there is none, or one of another type. */
export function keyValue(item: Item, { name, type }: KeyAttribute): AttributeValue | undefined {
  const value = Object.hasOwn(item, name) ? item[name] : undefined;
  return scalar(value, type) === undefined ? undefined : value;
}

export const attributesOf = ({ hash: first, range }: KeySchema): readonly KeyAttribute[] =>
  range === undefined ? [first] : [first, range];

/** Where a scan's segment begins, and where the next one does. */
export function segmentRange(segment: number, total: number): { readonly from: string; readonly before: string } {
  const edge = (index: number): string =>
    Math.ceil((0x1_0000_0000 * index) / total)
      .toString(16)
      .padStart(8, '0');
  return { from: segment === 0 ? '' : edge(segment), before: segment + 1 === total ? AFTER_ALL : edge(segment + 1) };
}
