import { appendLists } from '../functions/array.ts';
import { local } from '../functions/datetime.ts';
import type { BinaryOperator } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { cast, coerce } from './cast.ts';
import { commonType } from './coercion.ts';
import { decimalArithmetic, type DecimalOperator } from './decimal.ts';
import { asDecimal, isFloat, isInteger, isNumber, typeText, VARBINARY, VARCHAR, type Type } from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';
import { toInstant } from './zone.ts';

/** `+ - * / %` by Trino's rules for the types at hand. @throws QueryError TYPE_MISMATCH */
export function arithmetic(operator: DecimalOperator, left: Typed, right: Typed, place: Place): Typed {
  return (
    numbers(operator, left, right) ??
    spans(operator, left, right) ??
    moments(operator, left, right, place) ??
    mismatch(operator, left, right, place)
  );
}

function mismatch(operator: BinaryOperator, left: Typed, right: Typed, place: Place): never {
  const [a, b] = [typeText(left.type), typeText(right.type)];
  if (operator === '||') throw failAt(place, 'FUNCTION_NOT_FOUND', `Unexpected parameters (${a}, ${b}) for function concat`);
  throw failAt(place, 'TYPE_MISMATCH', `Cannot apply operator: ${a} ${operator} ${b}`);
}

/** A divisor that is written down: nothing can fail, and the dividend, which is looked at where something can, is written once. */
const POSITIVE = /^(?:cast\()?[1-9]\d*(?: as [A-Z]+\))?$/;

function numbers(operator: DecimalOperator, left: Typed, right: Typed): Typed | undefined {
  const type = commonType(left.type, right.type);
  if (type === undefined || !isNumber(type)) return undefined;
  const [a, b] = [left, right].map((side) => (side.type.kind === 'unknown' ? typed(cast(side, type), type) : side));
  if (a === undefined || b === undefined) return undefined;
  if (type.kind === 'decimal' && asDecimal(a.type) && asDecimal(b.type)) return decimalArithmetic(operator, a, b);
  const [x, y] = [cast(a, type), cast(b, type)];
  if (isInteger(type) && (operator === '/' || operator === '%') && POSITIVE.test(y))
    return typed(`(${x} ${operator === '/' ? '//' : '%'} ${y})`, type);
  if (isInteger(type) && (operator === '/' || operator === '%'))
    return typed(`${operator === '/' ? 'hw_divide' : 'hw_modulus'}(${x}, ${y})`, type);
  if (isFloat(type) && operator === '%') return typed(`hw_float_modulus(${x}, ${y})`, type);
  return typed(`(${x} ${operator} ${y})`, type);
}

const isSpan = ({ kind }: Type): boolean => kind === 'interval_day' || kind === 'interval_year';

function spans(operator: DecimalOperator, left: Typed, right: Typed): Typed | undefined {
  const [a, b] = [left.type, right.type];
  if (isSpan(a) && a.kind === b.kind && (operator === '+' || operator === '-'))
    return typed(`(${left.sql} ${operator} ${right.sql})`, a);
  if (isSpan(a) && isNumber(b) && (operator === '*' || operator === '/'))
    return typed(`cast(trunc(${left.sql} ${operator} cast(${right.sql} as DOUBLE)) as BIGINT)`, a);
  return isSpan(b) && isNumber(a) && operator === '*' ? spans('*', right, left) : undefined;
}

function moments(operator: DecimalOperator, left: Typed, right: Typed, place: Place): Typed | undefined {
  if (operator !== '+' && operator !== '-') return undefined;
  if (isSpan(left.type) && operator === '+' && !isSpan(right.type)) return moments('+', right, left, place);
  if (isSpan(right.type)) return shifted(operator, left, right, place);
  const type = commonType(left.type, right.type);
  if (operator !== '-' || type === undefined) return undefined;
  if (type.kind === 'date') return typed(`(datesub('day', ${right.sql}, ${left.sql}) * 86400000)`, { kind: 'interval_day' });
  if (type.kind !== 'timestamp' && type.kind !== 'timestamp_tz') return undefined;
  return typed(`datesub('millisecond', ${cast(right, type)}, ${cast(left, type)})`, { kind: 'interval_day' });
}

const DAY = 86_400_000;

function shifted(operator: '+' | '-', moment: Typed, span: Typed, place: Place): Typed | undefined {
  const { type } = moment;
  const months = span.type.kind === 'interval_year';
  const amount = months ? `to_months(cast(${span.sql} as INTEGER))` : `to_milliseconds(${span.sql})`;
  switch (type.kind) {
    case 'date': {
      if (months) return typed(`cast((${moment.sql} ${operator} ${amount}) as DATE)`, type);
      const written = /^cast\((-?\d+) as BIGINT\)$/.exec(span.sql)?.[1];
      if (written !== undefined && Number(written) % DAY !== 0)
        throw failAt(place, 'INVALID_FUNCTION_ARGUMENT', 'Cannot add hour, minutes or seconds to a date');
      return typed(
        `cast((${moment.sql} ${operator} to_days(${written === undefined ? `hw_days(${span.sql})` : Number(written) / DAY})) as DATE)`,
        type,
      );
    }
    case 'timestamp':
      return typed(`(${moment.sql} ${operator} ${amount})`, {
        ...type,
        precision: months ? type.precision : Math.max(3, type.precision),
      });
    case 'timestamp_tz': {
      const precision = months ? type.precision : Math.max(3, type.precision);
      // milliseconds go by the instant, months by the wall clock
      const sql = months
        ? toInstant(`(${local(moment)} ${operator} ${amount})`, type.zone, moment.sql)
        : `timezone('UTC', (timezone('UTC', ${moment.sql}) ${operator} ${amount}))`;
      return typed(sql, { ...type, precision });
    }
    case 'time':
      return months
        ? undefined
        : typed(`(${moment.sql} ${operator} ${amount})`, { ...type, precision: Math.max(3, type.precision) });
    default:
      return undefined;
  }
}

/** `||` of texts, bytes or arrays; null where one side is. @throws QueryError TYPE_MISMATCH */
export function concatenate(left: Typed, right: Typed, place: Place): Typed {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'array' || b.kind === 'array') {
    return appendLists([asList(left, b), asList(right, a)]) ?? mismatch('||', left, right, place);
  }
  const bytes = a.kind === 'varbinary' || b.kind === 'varbinary';
  const texts = [a, b].every(({ kind }) => kind === (bytes ? 'varbinary' : 'varchar') || kind === 'unknown');
  if (!texts) return mismatch('||', left, right, place);
  const wanted = bytes ? VARBINARY : VARCHAR;
  return typed(`(${coerce(left, wanted)} || ${coerce(right, wanted)})`, wanted);
}

/** An element beside an array is an array of one. */
function asList(value: Typed, other: Type): Typed {
  if (value.type.kind === 'array') return value;
  const element = other.kind === 'array' && value.type.kind === 'unknown' ? other.element : value.type;
  const item = engineCast(value.sql, element);
  return typed(value.type.kind === 'unknown' ? `[${item}]` : `case when ${item} is not null then [${item}] end`, {
    kind: 'array',
    element,
  });
}

export { mismatch as operatorMismatch };
