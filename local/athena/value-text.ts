import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Type, TypeKind } from './sql/analysis/type.ts';
import { javaDouble } from './sql/native/json-text.ts';

/** A column of a result, as `ColumnInfo` names its type. */
export interface ResultType {
  readonly name: string;
  readonly precision: number;
  readonly scale: number;
}

const TYPES: Readonly<Partial<Record<TypeKind, ResultType>>> = {
  boolean: { name: 'boolean', precision: 0, scale: 0 },
  tinyint: { name: 'tinyint', precision: 3, scale: 0 },
  smallint: { name: 'smallint', precision: 5, scale: 0 },
  integer: { name: 'integer', precision: 10, scale: 0 },
  bigint: { name: 'bigint', precision: 19, scale: 0 },
  real: { name: 'float', precision: 17, scale: 0 },
  double: { name: 'double', precision: 17, scale: 0 },
  varbinary: { name: 'varbinary', precision: 1073741824, scale: 0 },
  time: { name: 'time', precision: 3, scale: 0 },
  timestamp: { name: 'timestamp', precision: 3, scale: 0 },
  timestamp_tz: { name: 'timestamp with time zone', precision: 3, scale: 0 },
  interval_day: { name: 'interval day to second', precision: 0, scale: 0 },
  interval_year: { name: 'interval year to month', precision: 0, scale: 0 },
};

/** Characters of a varchar without a bound. */
const UNBOUNDED = 2147483647;

export function resultType(type: Type): ResultType {
  if (type.kind === 'decimal') return { name: 'decimal', precision: type.precision, scale: type.scale };
  if (type.kind === 'varchar') return { name: 'varchar', precision: type.length ?? UNBOUNDED, scale: 0 };
  return TYPES[type.kind] ?? { name: type.kind, precision: 0, scale: 0 };
}

/** A value as Athena writes it; undefined for null. */
export function valueText(value: DuckDBValue, type: DuckDBType): string | undefined {
  if (value === null) return undefined;
  switch (type.typeId) {
    case DuckDBTypeId.DOUBLE:
      return javaDouble(Number(value));
    case DuckDBTypeId.FLOAT:
      return javaDouble(shortest(Number(value)));
    case DuckDBTypeId.TIMESTAMP:
      return milliseconds((value as { micros: bigint }).micros);
    case DuckDBTypeId.TIMESTAMP_TZ:
      return `${milliseconds((value as { micros: bigint }).micros)} UTC`;
    case DuckDBTypeId.BLOB:
      return (
        Buffer.from((value as { bytes: Uint8Array }).bytes)
          .toString('hex')
          .match(/../g) ?? []
      ).join(' ');
    default:
      return nested(value, type) ?? String(value);
  }
}

function nested(value: DuckDBValue, type: DuckDBType): string | undefined {
  const inner = (item: DuckDBValue, itemType: DuckDBType): string => valueText(item, itemType) ?? 'null';
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) {
    const { items } = value as { readonly items: readonly DuckDBValue[] };
    return `[${items.map((item) => inner(item, type.valueType)).join(', ')}]`;
  }
  if (type instanceof DuckDBMapType) {
    const { entries } = value as { readonly entries: readonly { readonly key: DuckDBValue; readonly value: DuckDBValue }[] };
    return `{${entries.map((entry) => `${inner(entry.key, type.keyType)}=${inner(entry.value, type.valueType)}`).join(', ')}}`;
  }
  if (type instanceof DuckDBStructType) {
    const { entries } = value as { readonly entries: Readonly<Record<string, DuckDBValue>> };
    const fields = type.entryNames.map((name, index) => {
      const fieldType = type.entryTypes[index];
      return `${name}=${fieldType === undefined ? 'null' : inner(entries[name] ?? null, fieldType)}`;
    });
    return `{${fields.join(', ')}}`;
  }
  return undefined;
}

/** The double with the fewest digits that is this float: 0.1, not 0.10000000149011612. */
function shortest(value: number): number {
  if (value === 0) return value;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Trino's timestamps have milliseconds here: the engine's finer digits are cut. */
function milliseconds(micros: bigint): string {
  const whole = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  return new Date(Number(whole)).toISOString().replace('T', ' ').replace('Z', '');
}
