import {
  asDecimal,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  isFloat,
  MOST_DIGITS,
  VARCHAR,
  type DecimalType,
  type Type,
} from '../analysis/type.ts';
import { cast } from '../analysis/cast.ts';
import { commonOf } from '../analysis/coercion.ts';
import { truncateDecimal } from '../analysis/decimal.ts';
import { orderable } from '../analysis/equality.ts';
import { engineCast, typed } from '../analysis/typed.ts';
import { define, form, unexpected, type Overload, type ScalarFunction } from './definition.ts';
import { common, decimal, first, float, integer, number } from './parameters.ts';

/** A decimal without its fraction, with room for a carry. */
function whole(type: Type | undefined): Type {
  const { precision, scale } = asDecimal(type ?? DOUBLE) ?? { precision: MOST_DIGITS, scale: 0 };
  return { kind: 'decimal', precision: precision - scale + Math.min(scale, 1), scale: 0 };
}

const wider = (type: Type | undefined): Type => {
  const { precision, scale } = type as DecimalType;
  return { kind: 'decimal', precision: Math.min(MOST_DIGITS, precision + 1), scale };
};

/** Of decimals, the result is cast to the type it is said to have. */
const ofDecimals = (
  parameters: Overload['parameters'],
  returns: (type: Type | undefined) => Type,
  sql: (...args: readonly string[]) => string,
): Overload => ({
  parameters,
  returns: ([type]) => returns(type),
  sql: (args, [type]) => engineCast(sql(...args), returns(type)),
});

const toWhole = (name: string): ScalarFunction =>
  define(
    form([integer], first, (x) => x),
    ofDecimals([decimal], whole, (x) => `${name}(${x})`),
    form([float], first, (x) => `${name}(${x})`),
  );

const double = (sql: (...args: readonly string[]) => string, parameters = 1): ScalarFunction =>
  define(
    form(
      Array.from({ length: parameters }, () => DOUBLE),
      DOUBLE,
      sql,
    ),
  );

const bitwise = (sql: (a: string, b: string) => string): ScalarFunction =>
  define(form([BIGINT, BIGINT], BIGINT, (a = '', b = '') => sql(a, b)));

const BITS: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, integer: 32, bigint: 64 };

const shift = (name: string): ScalarFunction =>
  define({
    parameters: [integer, BIGINT],
    returns: first,
    sql: ([x = '', n = ''], [type = BIGINT]) =>
      engineCast(`${name}(cast(${x} as BIGINT), ${n}, cast(${BITS[type.kind] ?? 64} as BIGINT))`, type),
  });

/** NaN is taken where there is nothing else; the engine has it above all numbers. */
const passed = (name: string, args: readonly string[], type: Type): string => {
  if (name === 'least' || !isFloat(type)) return `${name}(${args.join(', ')})`;
  return `coalesce(greatest(${args.map((arg) => `hw_not_nan(${arg})`).join(', ')}), ${engineCast("'nan'", type)})`;
};

const extreme =
  (name: 'greatest' | 'least'): ScalarFunction =>
  (call) => {
    const values = call.args.map((_, index) => call.value(index));
    const type = commonOf(values.map((value) => value.type));
    if (type === undefined || values.length === 0) throw unexpected(call, values);
    const list = values.map((value) => orderable(cast(value, type), type));
    const absent = list.map((item) => `${item} is null`).join(' or ');
    return typed(`case when ${absent} then null else ${passed(name, list, type)} end`, type);
  };

export const MATH: Readonly<Record<string, ScalarFunction>> = {
  abs: define(form([number], first, (x) => `abs(${x})`)),
  ceil: toWhole('ceil'),
  ceiling: toWhole('ceil'),
  floor: toWhole('floor'),
  round: define(
    form([integer], first, (x) => x),
    {
      parameters: [integer, BIGINT],
      returns: first,
      sql: ([x = '', n = ''], [type = BIGINT]) =>
        engineCast(
          `case when ${n} < 0 then hw_whole_round(${x}, cast(pow(10, least(19, -${n})) as HUGEINT)) else ${x} end`,
          type,
        ),
    },
    ofDecimals([decimal], whole, (x) => `round(${x})`),
    {
      parameters: [decimal, BIGINT],
      returns: ([type]) => wider(type),
      sql: ([x = '', n = ''], [type]) => engineCast(`round(${engineCast(x, wider(type))}, cast(${n} as INTEGER))`, wider(type)),
    },
    form([float], first, (x) => `round(${x})`),
    form([float, BIGINT], first, (x, n) => `hw_float_round(${x}, cast(${n} as INTEGER))`),
  ),
  truncate: define(
    ofDecimals(
      [decimal],
      (type) =>
        type?.kind === 'decimal' ? { kind: 'decimal', precision: Math.max(1, type.precision - type.scale), scale: 0 } : DOUBLE,
      (x) => `trunc(${x})`,
    ),
    {
      parameters: [decimal, BIGINT],
      returns: first,
      sql: ([x = '', n = ''], [type]) => truncateDecimal(x, type as DecimalType, n),
    },
    form([float], first, (x) => `trunc(${x})`),
    form([DOUBLE], DOUBLE, (x) => `trunc(${x})`),
  ),
  sign: define(
    { parameters: [integer], returns: first, sql: ([x = ''], [type = BIGINT]) => engineCast(`sign(${x})`, type) },
    ofDecimals(
      [decimal],
      () => ({ kind: 'decimal', precision: 1, scale: 0 }),
      (x) => `sign(${x})`,
    ),
    { parameters: [float], returns: first, sql: ([x = ''], [type = DOUBLE]) => engineCast(`hw_sign(${x})`, type) },
  ),
  sqrt: double((x) => `hw_sqrt(${x})`),
  cbrt: double((x) => `hw_cbrt(${x})`),
  exp: double((x) => `exp(${x})`),
  ln: double((x) => `hw_ln(${x})`),
  log2: double((x) => `(hw_ln(${x}) / ln(2e0))`),
  log10: double((x) => `hw_log10(${x})`),
  log: double((b, x) => `(hw_ln(${x}) / hw_ln(${b}))`, 2),
  power: double((x, y) => `hw_pow(${x}, ${y})`, 2),
  pow: double((x, y) => `hw_pow(${x}, ${y})`, 2),
  degrees: double((x) => `degrees(${x})`),
  radians: double((x) => `radians(${x})`),
  sin: double((x) => `sin(hw_turning(${x}))`),
  cos: double((x) => `cos(hw_turning(${x}))`),
  tan: double((x) => `tan(hw_turning(${x}))`),
  asin: double((x) => `asin(hw_unit(${x}))`),
  acos: double((x) => `acos(hw_unit(${x}))`),
  atan: double((x) => `atan(${x})`),
  atan2: double((y, x) => `atan2(${y}, ${x})`, 2),
  sinh: double((x) => `sinh(${x})`),
  cosh: double((x) => `cosh(${x})`),
  tanh: double((x) => `tanh(${x})`),
  pi: double(() => 'pi()', 0),
  e: double(() => 'exp(1e0)', 0),
  infinity: double(() => `cast('infinity' as DOUBLE)`, 0),
  nan: double(() => `cast('nan' as DOUBLE)`, 0),
  is_nan: define(form([DOUBLE], BOOLEAN, (x) => `isnan(${x})`)),
  is_finite: define(form([DOUBLE], BOOLEAN, (x) => `isfinite(${x})`)),
  is_infinite: define(form([DOUBLE], BOOLEAN, (x) => `isinf(${x})`)),
  width_bucket: define(
    form([DOUBLE, DOUBLE, DOUBLE, BIGINT], BIGINT, (x, low, high, n) => `hw_width_bucket(${x}, ${low}, ${high}, ${n})`),
    form([DOUBLE, { kind: 'array', element: DOUBLE }], BIGINT, (x, bins) => `hw_bins(${x}, ${bins})`),
  ),
  from_base: define(form([VARCHAR, BIGINT], BIGINT, (x, radix) => `hw_from_base(${x}, ${radix})`)),
  to_base: define(form([BIGINT, BIGINT], { kind: 'varchar', length: 64 }, (x, radix) => `hw_to_base(${x}, ${radix})`)),
  random: define(
    form([], DOUBLE, () => 'random()'),
    { parameters: [integer], returns: first, sql: ([n = ''], [type = BIGINT]) => engineCast(`floor(random() * ${n})`, type) },
    {
      parameters: [integer, integer],
      returns: common,
      sql: ([m = '', n = ''], types) => engineCast(`(${m} + floor(random() * (${n} - ${m})))`, common(types)),
    },
  ),
  rand: define(form([], DOUBLE, () => 'random()')),
  greatest: extreme('greatest'),
  least: extreme('least'),
  bitwise_and: bitwise((a, b) => `(${a} & ${b})`),
  bitwise_or: bitwise((a, b) => `(${a} | ${b})`),
  bitwise_xor: bitwise((a, b) => `xor(${a}, ${b})`),
  bitwise_not: define(form([BIGINT], BIGINT, (x) => `(~${x})`)),
  bitwise_left_shift: shift('hw_shift_left'),
  bitwise_right_shift: shift('hw_shift_right'),
  bitwise_right_shift_arithmetic: shift('hw_shift_right_signed'),
  bit_count: define({
    parameters: [BIGINT, BIGINT],
    returns: BIGINT,
    sql: ([x = '', bits = '']) => `hw_bit_count(${x}, ${bits})`,
  }),
};
