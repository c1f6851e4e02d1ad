import { isCoercible } from './coercion.ts';
import { isNumber, type Type } from './type.ts';

/**
 * Whether a value of `from` may be written where a column is of `to`: beside what coerces, any number becomes any other when it is written,
 * if it fits, and any text any other.
 */
export function isAssignable(from: Type, to: Type): boolean {
  if (isCoercible(from, to) || (isNumber(from) && isNumber(to)) || (from.kind === 'varchar' && to.kind === 'varchar'))
    return true;
  if (from.kind === 'array' && to.kind === 'array') return isAssignable(from.element, to.element);
  if (from.kind === 'map' && to.kind === 'map') return isAssignable(from.key, to.key) && isAssignable(from.value, to.value);
  if (from.kind !== 'row' || to.kind !== 'row' || from.fields.length !== to.fields.length) return false;
  return from.fields.every((field, place) => isAssignable(field.type, to.fields[place]?.type ?? field.type));
}
