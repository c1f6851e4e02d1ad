import type { HiveType } from '../../../glue/hive-type.ts';
import { identifier } from '../../../parquet/engine.ts';
import { QueryError } from '../query-error.ts';
import type { TypeName } from '../syntax/ast.ts';
import { failAt } from '../syntax/token.ts';

type Plain =
  | 'unknown'
  | 'boolean'
  | 'tinyint'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'double'
  | 'varbinary'
  | 'date'
  | 'json'
  | 'uuid'
  | 'interval_day'
  | 'interval_year';

export interface RowField {
  /** Missing for a field without a name. */
  readonly name?: string;
  readonly type: Type;
}

/**
 * A type of Trino's. A timestamp with time zone has its zone in the type: the engine keeps the instant alone, so the zone must be known
 * before the query runs, and what would mix zones is refused.
 */
export type Type =
  | { readonly kind: Plain }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** Without a length there is no bound. */
  | { readonly kind: 'varchar'; readonly length?: number }
  | { readonly kind: 'time' | 'timestamp'; readonly precision: number }
  | { readonly kind: 'timestamp_tz'; readonly precision: number; readonly zone: string }
  | { readonly kind: 'array'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'row'; readonly fields: readonly RowField[] };

export type TypeKind = Type['kind'];
export type DecimalType = Extract<Type, { kind: 'decimal' }>;
export type ArrayType = Extract<Type, { kind: 'array' }>;
export type MapType = Extract<Type, { kind: 'map' }>;
export type RowType = Extract<Type, { kind: 'row' }>;

export const UNKNOWN: Type = { kind: 'unknown' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const INTEGER: Type = { kind: 'integer' };
export const BIGINT: Type = { kind: 'bigint' };
export const REAL: Type = { kind: 'real' };
export const DOUBLE: Type = { kind: 'double' };
export const VARCHAR: Type = { kind: 'varchar' };
export const VARBINARY: Type = { kind: 'varbinary' };
export const DATE: Type = { kind: 'date' };
export const JSON_TYPE: Type = { kind: 'json' };
export const TIMESTAMP: Type = { kind: 'timestamp', precision: 3 };
export const TIMESTAMP_UTC: Type = { kind: 'timestamp_tz', precision: 3, zone: 'UTC' };

/** Digits of an integer type as a decimal. */
const DIGITS: Readonly<Partial<Record<TypeKind, number>>> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };
/** Most digits a decimal has. @see https://trino.io/docs/current/language/types.html#decimal */
export const MOST_DIGITS = 38;
/** Digits of a second that the engine keeps. */
const MOST_PRECISION = 6;

export const isInteger = ({ kind }: Type): boolean => DIGITS[kind] !== undefined;
export const isFloat = ({ kind }: Type): boolean => kind === 'real' || kind === 'double';
export const isNumber = (type: Type): boolean => isInteger(type) || isFloat(type) || type.kind === 'decimal';

/** An integer type as a decimal; a decimal as itself. */
export function asDecimal(type: Type): DecimalType | undefined {
  if (type.kind === 'decimal') return type;
  const precision = DIGITS[type.kind];
  return precision === undefined ? undefined : { kind: 'decimal', precision, scale: 0 };
}

/** The name that the engine's structs know a field by; Athena shows fields without a name so. */
export const fieldName = ({ name }: RowField, place: number): string => name ?? `field${place}`;

/** A type as Trino writes it. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'time':
    case 'timestamp':
      return `${type.kind}(${type.precision})`;
    case 'timestamp_tz':
      return `timestamp(${type.precision}) with time zone`;
    case 'interval_day':
      return 'interval day to second';
    case 'interval_year':
      return 'interval year to month';
    case 'array':
      return `array(${typeText(type.element)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.value)})`;
    case 'row':
      return `row(${type.fields.map(({ name, type: field }) => `${name === undefined ? '' : `${rowName(name)} `}${typeText(field)}`).join(', ')})`;
    default:
      return type.kind;
  }
}

const rowName = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name));

/** The engine's type that holds the values: intervals are milliseconds or months, JSON is its text. */
export function engineType(type: Type): string {
  switch (type.kind) {
    case 'unknown':
      return 'INTEGER';
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'varchar':
    case 'json':
    case 'uuid':
      return 'VARCHAR';
    case 'real':
      return 'FLOAT';
    case 'varbinary':
      return 'BLOB';
    case 'timestamp_tz':
      return 'TIMESTAMPTZ';
    case 'interval_day':
    case 'interval_year':
      return 'BIGINT';
    case 'array':
      return `${engineType(type.element)}[]`;
    case 'map':
      return `MAP(${engineType(type.key)}, ${engineType(type.value)})`;
    case 'row':
      return `STRUCT(${type.fields.map((field, place) => `${identifier(fieldName(field, place))} ${engineType(field.type)}`).join(', ')})`;
    default:
      return type.kind.toUpperCase();
  }
}

const HIVE: Readonly<Record<string, Type>> = {
  tinyint: { kind: 'tinyint' }, smallint: { kind: 'smallint' }, int: INTEGER, bigint: BIGINT, float: REAL, double: DOUBLE, boolean: BOOLEAN,
  string: VARCHAR, date: DATE, timestamp: TIMESTAMP, binary: VARBINARY,
}; // prettier-ignore

/** A column's type as Athena reads it; a Hive timestamp has milliseconds. @throws QueryError NOT_SUPPORTED for `char(n)` */
export function fromHive(type: HiveType): Type {
  switch (type.kind) {
    case 'decimal':
      return { kind: 'decimal', precision: type.precision, scale: type.scale };
    case 'array':
      return { kind: 'array', element: fromHive(type.element) };
    case 'map':
      return { kind: 'map', key: fromHive(type.key), value: fromHive(type.value) };
    case 'struct':
      return { kind: 'row', fields: type.fields.map((field) => ({ name: field.name, type: fromHive(field.type) })) };
    default:
      if (type.padded === true)
        throw new QueryError("NOT_SUPPORTED: a column of the type 'char' is not on the tested list of headwaters local");
      if (type.length !== undefined) return { kind: 'varchar', length: type.length };
      return HIVE[type.kind] ?? VARCHAR;
  }
}

/** The same type without lengths of texts: what a file may hold for it. */
export function withoutLengths(type: Type): Type {
  switch (type.kind) {
    case 'varchar':
      return VARCHAR;
    case 'array':
      return { kind: 'array', element: withoutLengths(type.element) };
    case 'map':
      return { kind: 'map', key: withoutLengths(type.key), value: withoutLengths(type.value) };
    case 'row':
      return { kind: 'row', fields: type.fields.map((field) => ({ ...field, type: withoutLengths(field.type) })) };
    default:
      return type;
  }
}

const NAMES: Readonly<Record<string, Type>> = {
  boolean: BOOLEAN, tinyint: { kind: 'tinyint' }, smallint: { kind: 'smallint' }, integer: INTEGER, int: INTEGER, bigint: BIGINT, real: REAL,
  double: DOUBLE, varbinary: VARBINARY, date: DATE, json: JSON_TYPE, uuid: { kind: 'uuid' }, string: VARCHAR,
  'interval day to second': { kind: 'interval_day' }, 'interval year to month': { kind: 'interval_year' }, unknown: UNKNOWN,
}; // prettier-ignore

/** The type that a name means. @throws QueryError TYPE_MISMATCH, NOT_SUPPORTED for one that is known and not held here */
export function namedType(type: TypeName): Type {
  const { name, numbers, types, fields } = type;
  const inner = types.map(namedType);
  const [first, second] = inner;
  switch (name) {
    case 'varchar':
      return numbers[0] === undefined ? VARCHAR : { kind: 'varchar', length: numbers[0] };
    case 'decimal':
    case 'numeric':
    case 'dec':
      return decimal(type);
    case 'time':
    case 'timestamp':
      return { kind: name, precision: precisionOf(type) };
    case 'timestamp with time zone':
      return { kind: 'timestamp_tz', precision: precisionOf(type), zone: 'UTC' };
    case 'array':
      if (first !== undefined && second === undefined) return { kind: 'array', element: first };
      break;
    case 'map':
      if (first !== undefined && second !== undefined) return { kind: 'map', key: first, value: second };
      break;
    case 'row':
      return {
        kind: 'row',
        fields: inner.map((field, place) => ({ type: field, ...(fields[place] !== '' && { name: fields[place] ?? '' }) })),
      };
    default:
  }
  const plain = NAMES[name];
  if (plain !== undefined && numbers.length === 0 && types.length === 0) return plain;
  if (
    ['char', 'ipaddress', 'hyperloglog', 'qdigest', 'tdigest', 'setdigest', 'time with time zone', 'p4hyperloglog'].includes(name)
  ) {
    throw failAt(type, 'NOT_SUPPORTED', `the type '${name}' is not on the tested list of headwaters local`);
  }
  throw failAt(type, 'TYPE_MISMATCH', `Unknown type: ${name}`);
}

function decimal(type: TypeName): Type {
  const [precision = MOST_DIGITS, scale = 0] = type.numbers;
  if (precision < 1 || precision > MOST_DIGITS)
    throw new QueryError(`INVALID_FUNCTION_ARGUMENT: DECIMAL precision must be in range [1, ${MOST_DIGITS}]: ${precision}`);
  if (scale > precision)
    throw new QueryError(`INVALID_FUNCTION_ARGUMENT: DECIMAL scale must be in range [0, precision (${precision})]: ${scale}`);
  return { kind: 'decimal', precision, scale };
}

function precisionOf(type: TypeName): number {
  const [precision = 3] = type.numbers;
  if (precision > MOST_PRECISION)
    throw failAt(
      type,
      'NOT_SUPPORTED',
      `${type.name}(${precision}): headwaters local keeps ${MOST_PRECISION} digits of a second`,
    );
  return precision;
}
