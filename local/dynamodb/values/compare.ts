import { membersOf, typeOf, type AttributeValue } from './attribute-value.ts';
import { sortable } from './number.ts';

/** Whether two values are the same: members of sets and of maps in any order. */
export function isEqual(one: AttributeValue, other: AttributeValue): boolean {
  if (typeOf(one) !== typeOf(other)) return false;
  if ('M' in one && 'M' in other) {
    const names = Object.keys(one.M);
    return names.length === Object.keys(other.M).length && names.every((name) => isMember(one.M[name], other.M, name));
  }
  if ('L' in one && 'L' in other)
    return one.L.length === other.L.length && one.L.every((value, index) => isEqual(value, other.L[index] as AttributeValue));
  const [a, b] = [membersOf(one), membersOf(other)];
  if (a !== undefined && b !== undefined)
    return a.members.length === b.members.length && a.members.every((member) => b.members.includes(member));
  return Object.values(one)[0] === Object.values(other)[0];
}

const isMember = (value: AttributeValue | undefined, map: Readonly<Record<string, AttributeValue>>, name: string): boolean =>
  value !== undefined && Object.hasOwn(map, name) && isEqual(value, map[name] as AttributeValue);

/** Less than zero where `one` comes first; undefined for values that have no order between them. */
export function compare(one: AttributeValue, other: AttributeValue): number | undefined {
  if ('S' in one && 'S' in other) return Buffer.compare(Buffer.from(one.S), Buffer.from(other.S));
  if ('B' in one && 'B' in other) return Buffer.compare(Buffer.from(one.B, 'base64'), Buffer.from(other.B, 'base64'));
  if (!('N' in one && 'N' in other)) return undefined;
  const [a, b] = [sortable(one.N), sortable(other.N)];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Whether a value begins with another: both are texts, or both are bytes. */
export function beginsWith(value: AttributeValue, start: AttributeValue): boolean {
  if ('S' in value && 'S' in start) return value.S.startsWith(start.S);
  if (!('B' in value && 'B' in start)) return false;
  const [all, first] = [Buffer.from(value.B, 'base64'), Buffer.from(start.B, 'base64')];
  return all.subarray(0, first.length).equals(first);
}

/** Whether a text, a set or a list has another value in it. */
export function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in value) return value.L.some((each) => isEqual(each, part));
  const set = membersOf(value);
  const [type, member] = Object.entries(part)[0] as [string, unknown];
  return set !== undefined && set.type === `${type}S` && set.members.includes(member as string);
}

/** What `size` gives: characters, bytes or members; undefined for what has no size. */
export function lengthOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return membersOf(value)?.members.length;
}
