import { QueryError } from '../query-error.ts';
import { cast } from './cast.ts';
import { asDecimal, MOST_DIGITS, typeText, type DecimalType } from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';

export type DecimalOperator = '+' | '-' | '*' | '/' | '%';

const parts = ({ precision, scale }: DecimalType): number => precision - scale;

/** The type of a result. @see https://trino.io/docs/current/functions/decimal.html#binary-arithmetic-decimal-operators */
function resultOf(operator: DecimalOperator, a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const of = (precision: number, digits = scale): DecimalType => ({
    kind: 'decimal',
    precision: Math.min(MOST_DIGITS, precision),
    scale: digits,
  });
  switch (operator) {
    case '+':
    case '-':
      return of(Math.max(parts(a), parts(b)) + scale + 1);
    case '*':
      return of(a.precision + b.precision, a.scale + b.scale);
    case '/':
      return of(a.precision + b.scale + Math.max(b.scale - a.scale, 0));
    case '%':
      return of(Math.min(parts(a), parts(b)) + scale);
    default:
      return operator;
  }
}

/** Trino's arithmetic of decimals, integers among them. @throws QueryError for a scale that no decimal has */
export function decimalArithmetic(operator: DecimalOperator, left: Typed, right: Typed): Typed {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (operator === '/') return divideDecimals(left, right);
  const type = resultOf(operator, a, b);
  if (type.scale > MOST_DIGITS)
    throw new QueryError(`NOT_SUPPORTED: DECIMAL scale must be in range [0, precision (${MOST_DIGITS})]: ${type.scale}`);
  const [x, y] = [cast(left, a), cast(right, b)];
  if (operator !== '%') return typed(engineCast(`(${x} ${operator} ${y})`, type), type);
  const [m, n] = [unscaled(x, a, type.scale - a.scale), unscaled(y, b, type.scale - b.scale)];
  return typed(scaled(`hw_modulus(${m}, ${n})`, type), type);
}

/** A quotient, rounded half up. */
export function divideDecimals(left: Typed, right: Typed): Typed {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  const type = resultOf('/', a, b);
  const shift = type.scale - a.scale + b.scale;
  const quotient = `hw_quotient(${unscaled(cast(left, a), a, shift)}, ${unscaled(cast(right, b), b, 0)})`;
  return typed(scaled(quotient, type), type);
}

/** Without the digits after some place of the fraction, or before it where places are negative. */
export function truncateDecimal(sql: string, type: DecimalType, places: string): string {
  return scaled(`hw_truncated(${unscaled(sql, type, 0)}, ${type.scale} - ${places})`, type);
}

function decimalOf({ type }: Typed): DecimalType {
  const decimal = asDecimal(type);
  if (decimal === undefined) throw new QueryError(`TYPE_MISMATCH: ${typeText(type)} is no decimal`);
  return decimal;
}

/** A decimal's digits as a whole number, moved to the left. */
function unscaled(sql: string, { precision }: DecimalType, shift: number): string {
  const digits = `cast(replace(cast(${sql} as VARCHAR), '.', '') as HUGEINT)`;
  if (shift === 0) return digits;
  const power = `cast('1${'0'.repeat(shift)}' as HUGEINT)`;
  return precision + shift <= MOST_DIGITS
    ? `(${digits} * ${power})`
    : `hw_moved(${digits}, ${power}, cast('1${'0'.repeat(Math.max(0, MOST_DIGITS - shift))}' as HUGEINT))`;
}

/** The decimal whose digits these are. */
function scaled(sql: string, type: DecimalType): string {
  if (type.scale === 0) return engineCast(sql, type);
  return engineCast(
    `(cast(${sql} as DECIMAL(38,0)) * cast('0.${'0'.repeat(type.scale - 1)}1' as DECIMAL(${type.scale},${type.scale})))`,
    type,
  );
}
