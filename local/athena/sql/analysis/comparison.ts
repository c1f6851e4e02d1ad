import { failAt, type Place } from '../syntax/token.ts';
import { cast } from './cast.ts';
import { commonOf, commonType } from './coercion.ts';
import type { InnerQuery } from './expression.ts';
import { BOOLEAN, typeText, type Type } from './type.ts';
import { typed, type Typed } from './typed.ts';

/** Compares two values as their common type. @throws QueryError TYPE_MISMATCH */
export function compare(operator: string, left: Typed, right: Typed, place: Place): Typed {
  const type = comparable(operator, left.type, right.type, place);
  return typed(`(${cast(left, type)} ${operator} ${cast(right, type)})`, BOOLEAN);
}

export function compareList(value: Typed, items: readonly Typed[], place: Place): Typed {
  const type = commonOf([value.type, ...items.map((item) => item.type)]);
  if (type === undefined)
    throw failAt(place, 'TYPE_MISMATCH', 'IN value and list items must be the same type or coercible to a common type');
  checkOrder('=', type, place);
  return typed(`(${cast(value, type)} in (${items.map((item) => cast(item, type)).join(', ')}))`, BOOLEAN);
}

/** @param operator `= any`, `< all`, … */
export function compareQuery(operator: string, value: Typed, query: InnerQuery, place: Place): Typed {
  const [column, ...more] = query.types;
  if (column === undefined || more.length > 0)
    throw failAt(
      place,
      'NOT_SUPPORTED',
      'IN and quantifiers over several columns are not on the tested list of headwaters local',
    );
  const type = comparable(operator.split(' ')[0] ?? '=', value.type, column, place);
  const inner = cast(typed('c0', column), type);
  return typed(
    `(${cast(value, type)} ${operator} (${inner === 'c0' ? query.sql : `select ${inner} from (${query.sql})`}))`,
    BOOLEAN,
  );
}

function comparable(operator: string, left: Type, right: Type, place: Place): Type {
  const type = commonType(left, right);
  if (type === undefined) {
    // two zones are compared by the instant
    if (left.kind === 'timestamp_tz' && right.kind === 'timestamp_tz') return { ...left, zone: 'UTC' };
    throw failAt(place, 'TYPE_MISMATCH', `Cannot apply operator: ${typeText(left)} ${operator} ${typeText(right)}`);
  }
  checkOrder(operator, type, place);
  return type;
}

const ORDERS = new Set(['<', '<=', '>', '>=']);

function checkOrder(operator: string, type: Type, place: Place): void {
  if (holds(type, 'map'))
    throw failAt(place, 'NOT_SUPPORTED', 'the comparison of maps is not on the tested list of headwaters local');
  if (holds(type, 'json') && ORDERS.has(operator))
    throw failAt(place, 'TYPE_MISMATCH', `Cannot apply operator: ${typeText(type)} ${operator} ${typeText(type)}`);
}

function holds(type: Type, kind: Type['kind']): boolean {
  if (type.kind === kind) return true;
  if (type.kind === 'array') return holds(type.element, kind);
  return type.kind === 'row' && type.fields.some((field) => holds(field.type, kind));
}
