import { MOST_DIGITS, UNKNOWN, asDecimal, isFloat, isInteger, type Type } from './type.ts';

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'] as const;

/** Whether two types are the same, a length or a precision of time included. */
export const sameType = (a: Type, b: Type): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The type that both become where Trino wants one: of integers the wider, of an integer and a decimal a decimal, of anything exact and a
 * double a double. Undefined where there is none: text and numbers have none.
 */
export function commonType(a: Type, b: Type): Type | undefined {
  if (sameType(a, b) || b.kind === 'unknown') return a;
  if (a.kind === 'unknown') return b;
  return numbers(a, b) ?? texts(a, b) ?? times(a, b) ?? nested(a, b);
}

export const commonOf = (types: readonly Type[]): Type | undefined =>
  types.reduce<Type | undefined>((all, type) => (all === undefined ? undefined : commonType(all, type)), UNKNOWN);

/** Whether a value of `from` may stand where `to` is wanted without a cast; what the fields of a row are called does not matter. */
export function isCoercible(from: Type, to: Type): boolean {
  const common = commonType(from, to);
  return common !== undefined && sameType(unnamed(common), unnamed(to));
}

function unnamed(type: Type): Type {
  switch (type.kind) {
    case 'array':
      return { kind: 'array', element: unnamed(type.element) };
    case 'map':
      return { kind: 'map', key: unnamed(type.key), value: unnamed(type.value) };
    case 'row':
      return { kind: 'row', fields: type.fields.map((field) => ({ type: unnamed(field.type) })) };
    default:
      return type;
  }
}

function numbers(a: Type, b: Type): Type | undefined {
  const exact = [a, b].map(asDecimal);
  if ((isFloat(a) || exact[0]) && (isFloat(b) || exact[1]) && (isFloat(a) || isFloat(b))) {
    return { kind: a.kind === 'double' || b.kind === 'double' ? 'double' : 'real' };
  }
  if (isInteger(a) && isInteger(b)) {
    const wider = Math.max(
      INTEGERS.findIndex((kind) => kind === a.kind),
      INTEGERS.findIndex((kind) => kind === b.kind),
    );
    return { kind: INTEGERS[wider] ?? 'bigint' };
  }
  const [left, right] = exact;
  if (left === undefined || right === undefined) return undefined;
  const scale = Math.max(left.scale, right.scale);
  const precision = Math.min(MOST_DIGITS, Math.max(left.precision - left.scale, right.precision - right.scale) + scale);
  return { kind: 'decimal', precision, scale };
}

function texts(a: Type, b: Type): Type | undefined {
  if (a.kind !== 'varchar' || b.kind !== 'varchar') return undefined;
  return a.length === undefined || b.length === undefined
    ? { kind: 'varchar' }
    : { kind: 'varchar', length: Math.max(a.length, b.length) };
}

function times(a: Type, b: Type): Type | undefined {
  const precision = Math.max(precisionOf(a), precisionOf(b));
  if (a.kind === 'timestamp_tz' && b.kind === 'timestamp_tz') return a.zone === b.zone ? { ...a, precision } : undefined;
  for (const [zoned, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (zoned.kind === 'timestamp_tz' && (other.kind === 'timestamp' || other.kind === 'date'))
      return zoned.zone === 'UTC' ? { ...zoned, precision } : undefined;
    if (zoned.kind === 'timestamp' && (other.kind === 'timestamp' || other.kind === 'date')) return { ...zoned, precision };
    if (zoned.kind === 'time' && other.kind === 'time') return { ...zoned, precision };
  }
  return undefined;
}

const precisionOf = (type: Type): number => ('precision' in type && type.kind !== 'decimal' ? type.precision : 0);

function nested(a: Type, b: Type): Type | undefined {
  if (a.kind === 'array' && b.kind === 'array') {
    const element = commonType(a.element, b.element);
    return element && { kind: 'array', element };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: 'map', key, value };
  }
  if (a.kind !== 'row' || b.kind !== 'row' || a.fields.length !== b.fields.length) return undefined;
  const fields = a.fields.map((field, place) => {
    const other = b.fields[place];
    const type = other && commonType(field.type, other.type);
    return type && { type, ...(field.name !== undefined && field.name === other.name && { name: field.name }) };
  });
  return fields.every((field) => field !== undefined) ? { kind: 'row', fields } : undefined;
}
