import { identifier, literal } from '../../../parquet/engine.ts';
import { QueryError } from '../query-error.ts';
import { isCoercible, sameType } from './coercion.ts';
import { jsonOf } from './json-form.ts';
import { jsonShape } from './json-shape.ts';
import {
  engineType,
  fieldName,
  isFloat,
  isInteger,
  isNumber,
  typeText,
  type DecimalType,
  type RowType,
  type Type,
} from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';
import { toInstant, toLocal } from './zone.ts';

/** A value that Trino does not make another type of by itself. */
export class NotCoercible extends QueryError {}

/** Makes a value of another type where Trino does so by itself. @throws NotCoercible */
export function coerce(value: Typed, to: Type): string {
  if (!isCoercible(value.type, to))
    throw new NotCoercible(`TYPE_MISMATCH: Cannot coerce ${typeText(value.type)} to ${typeText(to)}`);
  return cast(value, to);
}

/**
 * Trino's CAST.
 *
 * @throws QueryError TYPE_MISMATCH for types that do not convert, NOT_SUPPORTED for a conversion that is not on the list
 */
export function cast({ sql, type: from }: Typed, to: Type): string {
  if (sameType(from, to)) return sql;
  if (from.kind === 'unknown') return engineCast(sql, to);
  const converted =
    toText(sql, from, to) ??
    fromJson(sql, from, to) ??
    toJson(sql, from, to) ??
    toNumber(sql, from, to) ??
    toTime(sql, from, to) ??
    toNested(sql, from, to) ??
    toOther(sql, from, to);
  if (converted === undefined) throw new QueryError(`TYPE_MISMATCH: Cannot cast ${typeText(from)} to ${typeText(to)}`);
  return converted;
}

function toText(sql: string, from: Type, to: Type): string | undefined {
  if (to.kind !== 'varchar') return undefined;
  const whole = text(sql, from);
  if (
    whole === undefined ||
    to.length === undefined ||
    (from.kind === 'varchar' && from.length !== undefined && from.length <= to.length)
  )
    return whole;
  return from.kind === 'varchar' ? `left(${whole}, ${to.length})` : `hw_bounded(${whole}, ${to.length})`;
}

function text(sql: string, from: Type): string | undefined {
  switch (from.kind) {
    case 'varchar':
    case 'uuid':
      return sql;
    case 'real':
      return `hw_real_varchar(cast(${sql} as DOUBLE))`;
    case 'double':
      return `hw_double_varchar(${sql})`;
    case 'json':
      return `hw_json_text(${sql})`;
    case 'timestamp':
    case 'timestamp_tz':
    case 'time':
    case 'interval_day':
    case 'interval_year':
      return momentText(sql, from);
    case 'array':
    case 'map':
    case 'row':
    case 'varbinary':
      return undefined;
    case 'decimal':
      return decimalText(sql, from);
    default:
      return `cast(${sql} as VARCHAR)`;
  }
}

/** A decimal as Trino writes it: only where all its digits are after the point does the engine write it otherwise. */
export const decimalText = (sql: string, { precision, scale }: Pick<DecimalType, 'precision' | 'scale'>): string =>
  precision === scale ? `hw_decimal_text(cast(${sql} as VARCHAR))` : `cast(${sql} as VARCHAR)`;

/** A moment or a span as Trino writes it. */
function momentText(sql: string, type: Type): string {
  switch (type.kind) {
    case 'timestamp':
      return `hw_timestamp_text(${sql}, ${type.precision})`;
    case 'timestamp_tz':
      return `hw_timestamp_text(${toLocal(sql, type.zone)}, ${type.precision}) || ${literal(` ${type.zone}`)}`;
    case 'time':
      return `hw_time_text(${sql}, ${type.precision})`;
    case 'interval_day':
      return `hw_interval_day_text(${sql})`;
    case 'interval_year':
      return `hw_interval_year_text(${sql})`;
    default:
      return `cast(${sql} as VARCHAR)`;
  }
}

function fromJson(sql: string, from: Type, to: Type): string | undefined {
  if (from.kind !== 'json') return undefined;
  const shape = jsonShape(to);
  if (shape === undefined) return undefined;
  return `json_extract(hw_json_cast(${sql}, ${literal(shape)}), '$')::${engineType(to)}`;
}

const toJson = (sql: string, from: Type, to: Type): string | undefined => (to.kind === 'json' ? jsonOf(sql, from) : undefined);

function toNumber(sql: string, from: Type, to: Type): string | undefined {
  if (!isNumber(to)) return undefined;
  const engine = engineType(to);
  if (from.kind === 'boolean')
    return to.kind === 'decimal' ? `cast(cast(${sql} as INTEGER) as ${engine})` : `cast(${sql} as ${engine})`;
  if (from.kind === 'varchar') {
    const reader = isInteger(to) ? 'hw_whole' : isFloat(to) ? 'hw_float' : 'hw_number';
    return `cast(${reader}(${sql}) as ${engine})`;
  }
  if (isFloat(from)) return `cast(${ofFloat(sql, from, to)} as ${engine})`;
  if (from.kind === 'decimal') return isInteger(to) ? `cast(round(${sql}) as ${engine})` : `cast(${sql} as ${engine})`;
  return isInteger(from) ? `cast(${sql} as ${engine})` : undefined;
}

function ofFloat(sql: string, from: Type, to: Type): string {
  if (to.kind === 'bigint') return `hw_long(hw_rounded(${sql}))`;
  if (isInteger(to)) return `hw_rounded(${sql})`;
  // by the digits that it is written with, not by its bits
  if (to.kind === 'decimal') return `hw_double_text(${from.kind === 'real' ? `cast(cast(${sql} as VARCHAR) as DOUBLE)` : sql})`;
  return to.kind === 'real' && from.kind === 'double' ? `hw_real(${sql})` : sql;
}

function toTime(sql: string, from: Type, to: Type): string | undefined {
  switch (to.kind) {
    case 'date':
      if (from.kind === 'varchar') return `cast(hw_date_text(${sql}) as DATE)`;
      if (from.kind === 'timestamp') return `cast(${sql} as DATE)`;
      return from.kind === 'timestamp_tz' ? `cast(${toLocal(sql, from.zone)} as DATE)` : undefined;
    case 'timestamp':
      if (from.kind === 'varchar') return rounded(`cast(hw_timestamp_read(${sql}) as TIMESTAMP)`, 6, to.precision);
      if (from.kind === 'date') return `cast(${sql} as TIMESTAMP)`;
      if (from.kind === 'timestamp') return rounded(sql, from.precision, to.precision);
      return from.kind === 'timestamp_tz' ? rounded(toLocal(sql, from.zone), from.precision, to.precision) : undefined;
    case 'timestamp_tz':
      if (from.kind === 'varchar') return `cast(hw_utc_read(${sql}) as TIMESTAMPTZ)`;
      if (from.kind === 'date') return toInstant(`cast(${sql} as TIMESTAMP)`, to.zone);
      if (from.kind === 'timestamp') return toInstant(rounded(sql, from.precision, to.precision), to.zone);
      return from.kind === 'timestamp_tz'
        ? `timezone('UTC', ${rounded(`timezone('UTC', ${sql})`, from.precision, to.precision)})`
        : undefined;
    case 'time':
      if (from.kind === 'varchar') return roundedTime(`cast(hw_time_read(${sql}) as TIME)`, 6, to.precision);
      if (from.kind === 'timestamp') return roundedTime(`cast(${sql} as TIME)`, from.precision, to.precision);
      return from.kind === 'time' && from.precision <= to.precision ? sql : undefined;
    default:
      return undefined;
  }
}

/** To fewer digits of a second Trino rounds. */
const rounded = (sql: string, from: number, to: number): string => (to >= from ? sql : `hw_round_timestamp(${sql}, ${to})`);

const roundedTime = (sql: string, from: number, to: number): string => (to >= from ? sql : `hw_round_time(${sql}, ${to})`);

function toNested(sql: string, from: Type, to: Type, depth = 0): string | undefined {
  if (from.kind === 'array' && to.kind === 'array') {
    if (from.element.kind === 'unknown') return engineCast(sql, to);
    return `list_transform(${sql}, lambda e${depth}: ${inner(`e${depth}`, from.element, to.element, depth)})`;
  }
  if (from.kind === 'map' && to.kind === 'map') {
    if (from.key.kind === 'unknown') return engineCast(sql, to);
    const part = (list: string, of: Type, into: Type): string =>
      `list_transform(${list}(${sql}), lambda e${depth}: ${inner(`e${depth}`, of, into, depth)})`;
    return `hw_map(${part('map_keys', from.key, to.key)}, ${part('map_values', from.value, to.value)})`;
  }
  return from.kind === 'row' && to.kind === 'row' && from.fields.length === to.fields.length
    ? row(sql, from, to, depth)
    : undefined;
}

function inner(item: string, from: Type, to: Type, depth: number): string {
  if (sameType(from, to)) return item;
  return toNested(item, from, to, depth + 1) ?? cast(typed(item, from), to);
}

function row(sql: string, from: RowType, to: RowType, depth: number): string {
  const fields = to.fields.map((field, place) => {
    const of = from.fields[place];
    if (of === undefined) return '';
    return `${identifier(fieldName(field, place))} := ${inner(`struct_extract(${sql}, ${literal(fieldName(of, place))})`, of.type, field.type, depth)}`;
  });
  return `case when ${sql} is null then null else struct_pack(${fields.join(', ')}) end`;
}

function toOther(sql: string, from: Type, to: Type): string | undefined {
  if (to.kind === 'boolean') {
    if (from.kind === 'varchar') return `hw_truth(${sql})`;
    return isNumber(from) ? `(${sql} <> 0)` : undefined;
  }
  if (to.kind === 'varbinary' && from.kind === 'varchar') return `encode(${sql})`;
  if (to.kind === 'uuid' && from.kind === 'varchar') return `lower(cast(cast(${sql} as UUID) as VARCHAR))`;
  return undefined;
}

/** TRY_CAST where the engine has one that fails as Trino's does; undefined where only `TRY` around the cast would do. */
export function tryCast(value: Typed, to: Type): string | undefined {
  const sql = cast(value, to);
  if (sql === value.sql || NEVER_FAILS.test(sql)) return sql;
  const [, reader, rest] =
    /^cast\((?:(hw_whole|hw_float|hw_number|hw_date_text|hw_timestamp_read|hw_utc_read|hw_time_read)(?=\())?(.*)\)$/s.exec(sql) ??
    [];
  if (
    rest === undefined ||
    !(value.type.kind === 'varchar' ? reader !== undefined : isNumber(value.type) && !sql.includes('hw_'))
  )
    return undefined;
  return `try_cast(${reader === undefined ? '' : `${reader}_or_null`}${rest})`;
}

/** To text, everything converts that converts at all. */
const NEVER_FAILS = /^(?:hw_decimal_text\()?cast\(.* as VARCHAR\)+$/s;
