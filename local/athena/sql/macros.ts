import { literal } from '../../parquet/engine.ts';

const FLOATS = "('DOUBLE', 'FLOAT')";
const isFloat = (...names: string[]): string => `(${names.map((name) => `typeof(${name}) in ${FLOATS}`).join(' or ')})`;
const isDecimal = (...names: string[]): string => `(${names.map((name) => `typeof(${name}) like 'DECIMAL%'`).join(' or ')})`;
const notSupported = (what: string): string => `error(${literal(`NOT_SUPPORTED: ${what} in headwaters local`)})`;

/** Anything but nulls: Trino answers null where one argument is. */
const strictly = (name: string): string =>
  [2, 3, 4, 5]
    .map((count) => Array.from({ length: count }, (_, index) => `a${index}`))
    .map(
      (names) =>
        `(${names.join(', ')}) as case when ${names.map((n) => `${n} is null`).join(' or ')} then null else ${name}(${names.join(', ')}) end`,
    )
    .join(', ');

/** What Trino takes for a whole number, as text; what it refuses becomes `otherwise`. */
const wholeNumber = (otherwise: string): string =>
  `case when typeof(x) = 'VARCHAR' then case when x is null or regexp_full_match(cast(x as varchar), '[+-]?[0-9]+') then cast(x as varchar) else ${otherwise} end ` +
  `when ${isFloat('x')} then cast(cast(round(try_cast(cast(x as varchar) as double)) as hugeint) as varchar) ` +
  `when typeof(x) = 'BOOLEAN' then case cast(x as varchar) when 'true' then '1' when 'false' then '0' end ` +
  `else cast(x as varchar) end`;

/**
 * DuckDB's half of the meaning of Trino's functions. Where a result's type would depend on an argument's in a way the engine cannot follow
 * (decimals), a macro fails instead of answering something else. Macros have no typed overloads: the engine picks among them before it
 * knows the type of an aggregate.
 *
 * @param now Milliseconds since the epoch, simulated: what `now()` and `current_date` answer, in UTC.
 */
export function prelude(now: number): readonly string[] {
  const stamp = new Date(now).toISOString().replace('T', ' ').replace('Z', '');
  const add = (unit: string, count: string): string => `hw_add_${unit}(n, x) as cast_to_type(x + ${count}, x)`;
  const macros = [
    `hw_now() as timestamptz '${stamp}+00'`,
    `hw_localtimestamp() as timestamp '${stamp}'`,
    `hw_current_date() as date '${stamp.slice(0, 10)}'`,
    `hw_divide(a, b) as case when ${isDecimal('a', 'b')} and not ${isFloat('a', 'b')} then ${notSupported('division of decimals; cast one side to double')} ` +
      `when b = 0 and a is not null then case when ${isFloat('a', 'b')} then ${notSupported('a double divided by zero')} ` +
      `else error('DIVISION_BY_ZERO: Division by zero') end else a // b end`,
    `hw_mod(a, b) as case when b = 0 and a is not null then error('DIVISION_BY_ZERO: Division by zero') else a % b end`,
    `hw_not_decimal(x) as case when ${isDecimal('x')} then ${notSupported('the average of decimals; cast to double')} else x end`,
    `hw_floor(x) as case when ${isDecimal('x')} then ${notSupported('floor of a decimal')} else cast_to_type(floor(x), x) end`,
    `hw_ceil(x) as case when ${isDecimal('x')} then ${notSupported('ceil of a decimal')} else cast_to_type(ceil(x), x) end`,
    `hw_round(x, n) as cast_to_type(round(x, n), x)`,
    `hw_shift(x, i) as cast_to_type(x + i, x)`,
    `hw_date_trunc(u, x) as cast_to_type(date_trunc(u, x), x)`,
    `hw_date_diff(u, a, b) as datesub(u, a, b)`, // complete units, where date_diff of the engine counts boundaries
    add('millisecond', 'to_milliseconds(n)'),
    add('second', 'to_seconds(n)'),
    add('minute', 'to_minutes(n)'),
    add('hour', 'to_hours(n)'),
    add('day', 'to_days(cast(n as integer))'),
    add('week', 'to_weeks(cast(n as integer))'),
    add('month', 'to_months(cast(n as integer))'),
    add('quarter', 'to_months(cast(3 * n as integer))'),
    add('year', 'to_years(cast(n as integer))'),
    `hw_format(x, f) as strftime(x, f)`,
    `hw_parse(x, f) as strptime(x, f)`,
    `hw_iso_timestamp(x) as cast(x as timestamptz)`,
    `hw_date(x) as cast(x as date)`,
    `hw_to_unixtime(x) as epoch(x)`,
    `hw_from_unixtime(x) as to_timestamp(x)`,
    `hw_day_of_week(x) as isodow(x)`,
    `hw_concat(a, b) as a || b`,
    `hw_greatest${strictly('greatest')}`,
    `hw_least${strictly('least')}`,
    `hw_element_at(x, k) as x[k]`,
    `hw_subscript(x, k) as case when x is null or k is null then null when k < 1 or k > array_length(x) then error('INVALID_FUNCTION_ARGUMENT: Array subscript is out of bounds') else x[k] end`,
    `hw_split_part(x, d, n) as case when array_length(string_split(x, d)) < n then null else split_part(x, d, n) end`,
    `hw_regexp_extract(x, p) as case when regexp_matches(x, p) then regexp_extract(x, p) end, (x, p, g) as case when regexp_matches(x, p) then regexp_extract(x, p, g) end`,
    `hw_regexp_replace(x, p, r) as regexp_replace(x, p, r, 'g')`,
    `hw_replace(x, s) as replace(x, s, ''), (x, s, r) as replace(x, s, r)`,
    `hw_json_extract_scalar(j, p) as case when not json_valid(j) or json_type(j, p) in ('OBJECT', 'ARRAY') then null else json_extract_string(j, p) end`,
    `hw_whole(x) as ${wholeNumber("error('INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number')")}`,
    `hw_try_whole(x) as ${wholeNumber('null')}`,
    `hw_text(x) as case when ${isFloat('x')} then ${notSupported('a double as varchar')} ` +
      `when typeof(x) = 'TIMESTAMP' then strftime(try_cast(cast(x as varchar) as timestamp), '%Y-%m-%d %H:%M:%S.%g') ` +
      `when typeof(x) = 'TIMESTAMP WITH TIME ZONE' then strftime(try_cast(cast(x as varchar) as timestamp), '%Y-%m-%d %H:%M:%S.%g') || ' UTC' else cast(x as varchar) end`,
  ];
  return [
    "set timezone = 'UTC'",
    "set default_null_order = 'nulls_last'", // Trino's default, ascending and descending
    ...macros.map((text) => `create or replace temp macro ${text}`),
  ];
}
