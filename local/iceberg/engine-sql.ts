import { literal } from '../parquet/engine.ts';
import { withPoint } from './java-text.ts';
import type { Transform } from './partition-spec.ts';
import { decimalOf, type IcebergType } from './types.ts';
import { kindOf, type Value } from './value.ts';

/** Microseconds of an hour. */
const HOUR = 3_600_000_000;

/** A value of the engine as a text that `fromText` reads: a date as days, a time as microseconds, a decimal without its point. */
export function physicalText(type: IcebergType, sql: string): string {
  const kind = kindOf(type);
  if (type === 'date') return `cast(date_diff('day', date '1970-01-01', ${sql}) as varchar)`;
  if (kind === 'long' && type !== 'long') return `cast(epoch_us(${sql}) as varchar)`;
  if (kind === 'decimal') return `cast(${digitsOf(type, sql)} as varchar)`;
  if (kind === 'bytes') return `hex(${sql})`;
  return `cast(${sql} as varchar)`;
}

/** Digits of a decimal without its point, as a whole number. */
const digitsOf = (type: IcebergType, sql: string): string =>
  decimalOf(type)?.scale === 0 ? `cast(${sql} as hugeint)` : `cast(replace(cast(${sql} as varchar), '.', '') as hugeint)`;

/** A value as the engine writes it. */
export function valueSql(type: IcebergType, value: Value): string {
  if (Buffer.isBuffer(value)) return `unhex('${value.toString('hex')}')`;
  const decimal = decimalOf(type);
  if (decimal !== undefined)
    return `'${withPoint(String(value), decimal.scale)}'::decimal(${decimal.precision},${decimal.scale})`;
  switch (type) {
    case 'date':
      return `(date '1970-01-01' + ${Number(value)})`;
    case 'timestamp':
      return `make_timestamp(${String(value)}::bigint)`;
    case 'timestamptz':
      return `make_timestamptz(${String(value)}::bigint)`;
    case 'int':
    case 'long':
    case 'boolean':
      return String(value);
    case 'float':
    case 'double':
      return `'${String(value)}'::${type}`;
    default:
      return literal(String(value));
  }
}

/**
 * The engine's SQL for a partition's value. A null gives a null.
 *
 * @see https://iceberg.apache.org/spec/#partition-transforms
 */
export function transformSql({ name, parameter = 1 }: Transform, type: IcebergType, sql: string): string {
  const moment = type === 'timestamptz' ? `make_timestamp(epoch_us(${sql}))` : sql;
  switch (name) {
    case 'identity':
      return sql;
    case 'void':
      return 'null';
    case 'year':
      return `cast(year(${moment}) - 1970 as integer)`;
    case 'month':
      return `cast((year(${moment}) - 1970) * 12 + month(${moment}) - 1 as integer)`;
    case 'day':
      return `cast(${moment} as date)`;
    case 'hour':
      return `cast(${floored(`epoch_us(${sql})`, HOUR)} // ${HOUR} as integer)`;
    case 'truncate':
      return truncated(type, sql, parameter);
    case 'bucket':
      return `hw_iceberg_bucket(${hashed(type, sql)}, ${parameter})`;
  }
}

/** How far a whole number is above the next multiple of a width below it. */
const above = (sql: string, width: number): string => `(((${sql} % ${width}) + ${width}) % ${width})`;

/** The multiple of a width that is next below a whole number. */
const floored = (sql: string, width: number): string => `(${sql} - ${above(sql, width)})`;

function truncated(type: IcebergType, sql: string, width: number): string {
  const decimal = decimalOf(type);
  if (decimal !== undefined) {
    // what is taken away has few digits, so that a division is exact enough for it and would not be for the whole
    const { precision, scale } = decimal;
    const less = `cast(${above(digitsOf(type, sql), width)} / 1e${scale} as decimal(38,${scale}))`;
    return `cast(${sql} - ${less} as decimal(${precision},${scale}))`;
  }
  if (type === 'string') return `left(${sql}, ${width})`;
  if (type === 'binary') return `unhex(left(hex(${sql}), ${width * 2}))`;
  const whole = floored(`cast(${sql} as hugeint)`, width);
  return type === 'int' ? `cast(${wrapped(whole, 32)} as integer)` : `cast(${wrapped(whole, 64)} as bigint)`;
}

/** A number below the least of some bits comes back from above, as in the arithmetic of those who write the specification. */
const wrapped = (sql: string, bits: number): string =>
  `case when ${sql} < -${2n ** BigInt(bits - 1)} then ${sql} + ${2n ** BigInt(bits)} else ${sql} end`;

/** The bytes, as hexadecimal digits, that a value's bucket is told by. */
function hashed(type: IcebergType, sql: string): string {
  switch (kindOf(type)) {
    case 'int':
    case 'long':
      return `hw_iceberg_long(cast(${type === 'int' || type === 'long' ? sql : physicalText(type, sql)} as bigint))`;
    case 'decimal':
      return `hw_iceberg_decimal(${physicalText(type, sql)})`;
    case 'string':
      return `hex(encode(${sql}))`;
    default:
      return `hex(${sql})`;
  }
}
