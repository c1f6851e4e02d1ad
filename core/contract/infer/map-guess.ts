import type { TypePart } from './odcs-parts.ts';
import type { ValueProfile } from './value-profile.ts';

/** An object is a map if it was seen with at least so many keys, of which each object has at most this share. */
const LEAST_KEYS = 20;
const MOST_SHARE = 0.25;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether the keys of an object are data, which nobody lists beforehand. */
export function isMap({ count, fields, values, overflown }: ValueProfile): boolean {
  if (fields === undefined || values === undefined || fields.size === 0) return false;
  if (overflown) return true;
  const keys = [...fields.keys()];
  if (keys.filter((key) => /^\d|@/.test(key) || UUID.test(key)).length > keys.length / 2) return true;
  return keys.length >= LEAST_KEYS && (values.count + values.nulls) / count <= keys.length * MOST_SHARE;
}

/** The type of a map, or why the platform has none for it. */
export function mapType({ fields, values }: ValueProfile): { readonly part: TypePart } | { readonly leftOut: string } {
  if (values === undefined || values.count === 0) return { leftOut: 'only empty objects were seen' };
  if ([...(fields?.keys() ?? [])].some((key) => key.includes('@')))
    return {
      leftOut: 'it is a map with keys like e-mail addresses, which cannot be protected: let the producer send other keys',
    };
  if (values.nulls > 0) return { leftOut: 'it is a map with null for a value, which no map holds' };
  if ([...(fields?.keys() ?? [])].some((key) => key === '' || key !== key.toLowerCase()))
    return { leftOut: 'it is a map with keys in upper case, which are stored in lower case: let the producer send them so' };
  const inside = typeOfValues(values);
  return inside === undefined
    ? { leftOut: 'it is a map whose values are of several types, or not of one value each' }
    : { part: { logicalType: 'object', physicalType: `map<string,${inside}>` } };
}

function typeOfValues({ kinds, numbers }: ValueProfile): string | undefined {
  const [kind] = kinds.keys();
  if (kinds.size > 1 || kind === undefined) return undefined;
  if (kind === 'number') return numbers.integers === numbers.count && numbers.beyond64 === 0 ? 'bigint' : 'double';
  return kind === 'string' || kind === 'boolean' ? kind : undefined;
}
