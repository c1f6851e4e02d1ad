import { failAt, type Place } from '../syntax/token.ts';
import { cast } from './cast.ts';
import { commonOf, commonType } from './coercion.ts';
import { equal, isNested, isPlain, ordered, type Order } from './equality.ts';
import type { InnerQuery } from './expression.ts';
import { BOOLEAN, isFloat, typeText, type Type } from './type.ts';
import { typed, type Typed } from './typed.ts';

/** Compares two values as their common type. @throws QueryError TYPE_MISMATCH */
export function compare(operator: string, left: Typed, right: Typed, place: Place): Typed {
  const type = comparable(operator, left.type, right.type, place);
  return typed(compared(operator, cast(left, type), cast(right, type), type), BOOLEAN);
}

function compared(operator: string, a: string, b: string, type: Type): string {
  if (isOrder(operator)) return ordered(operator, a, b, type);
  switch (operator) {
    case '=':
      return equal(a, b, type);
    case '<>':
    case '!=':
      return isPlain(type) ? `(${a} <> ${b})` : `(not ${equal(a, b, type)})`;
    default:
      return `(${a} ${operator} ${b})`;
  }
}

export function compareList(value: Typed, items: readonly Typed[], place: Place): Typed {
  const types = [value.type, ...items.map((item) => item.type)];
  const type = instants(types) ?? commonOf(types);
  if (type === undefined)
    throw failAt(place, 'TYPE_MISMATCH', 'IN value and list items must be the same type or coercible to a common type');
  checkOrder('=', type, place);
  const [wanted, listed] = [cast(value, type), items.map((item) => cast(item, type))];
  return typed(
    isPlain(type) ? `(${wanted} in (${listed.join(', ')}))` : `(${listed.map((item) => equal(wanted, item, type)).join(' or ')})`,
    BOOLEAN,
  );
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
  if (isNested(type))
    throw failAt(
      place,
      'NOT_SUPPORTED',
      'IN and quantifiers over a query of arrays or rows are not on the tested list of headwaters local',
    );
  const side = (of: Typed): string => (isFloat(type) ? `hw_no_nan(${cast(of, type)})` : cast(of, type));
  const inner = side(typed('c0', column));
  return typed(`(${side(value)} ${operator} (${inner === 'c0' ? query.sql : `select ${inner} from (${query.sql})`}))`, BOOLEAN);
}

function comparable(operator: string, left: Type, right: Type, place: Place): Type {
  const type = instants([left, right]) ?? commonType(left, right);
  if (type === undefined) {
    throw failAt(place, 'TYPE_MISMATCH', `Cannot apply operator: ${typeText(left)} ${operator} ${typeText(right)}`);
  }
  checkOrder(operator, type, place);
  return type;
}

/** Moments of several zones are compared by the instant; one without a zone is of the session's, UTC. */
function instants(types: readonly Type[]): Type | undefined {
  const precisions = types.map((type) =>
    type.kind === 'timestamp_tz' || type.kind === 'timestamp' ? type.precision : type.kind === 'date' ? 0 : undefined,
  );
  return types.some(({ kind }) => kind === 'timestamp_tz') && precisions.every((precision) => precision !== undefined)
    ? { kind: 'timestamp_tz', precision: Math.max(...precisions), zone: 'UTC' }
    : undefined;
}

const isOrder = (operator: string): operator is Order => ['<', '<=', '>', '>='].includes(operator);

function checkOrder(operator: string, type: Type, place: Place): void {
  if (operator.startsWith('is ') && holds(type, 'map'))
    throw failAt(place, 'NOT_SUPPORTED', 'IS DISTINCT FROM of maps is not on the tested list of headwaters local');
  if ((holds(type, 'json') || holds(type, 'map')) && isOrder(operator))
    throw failAt(place, 'TYPE_MISMATCH', `Cannot apply operator: ${typeText(type)} ${operator} ${typeText(type)}`);
}

function holds(type: Type, kind: Type['kind']): boolean {
  if (type.kind === kind) return true;
  if (type.kind === 'array') return holds(type.element, kind);
  if (type.kind === 'map') return holds(type.key, kind) || holds(type.value, kind);
  return type.kind === 'row' && type.fields.some((field) => holds(field.type, kind));
}
