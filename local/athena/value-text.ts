import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { QueryError } from './sql/query-error.ts';

/** A column of a result, as `ColumnInfo` names its type. */
export interface ResultType {
  readonly name: string;
  readonly precision: number;
  readonly scale: number;
}

const TYPES: Readonly<Partial<Record<DuckDBTypeId, ResultType>>> = {
  [DuckDBTypeId.BOOLEAN]: { name: 'boolean', precision: 0, scale: 0 },
  [DuckDBTypeId.TINYINT]: { name: 'tinyint', precision: 3, scale: 0 },
  [DuckDBTypeId.SMALLINT]: { name: 'smallint', precision: 5, scale: 0 },
  [DuckDBTypeId.INTEGER]: { name: 'integer', precision: 10, scale: 0 },
  [DuckDBTypeId.BIGINT]: { name: 'bigint', precision: 19, scale: 0 },
  [DuckDBTypeId.HUGEINT]: { name: 'bigint', precision: 19, scale: 0 }, // the engine's sum of whole numbers; Trino's is a bigint
  [DuckDBTypeId.FLOAT]: { name: 'float', precision: 17, scale: 0 },
  [DuckDBTypeId.DOUBLE]: { name: 'double', precision: 17, scale: 0 },
  [DuckDBTypeId.VARCHAR]: { name: 'varchar', precision: 2147483647, scale: 0 },
  [DuckDBTypeId.BLOB]: { name: 'varbinary', precision: 1073741824, scale: 0 },
  [DuckDBTypeId.DATE]: { name: 'date', precision: 0, scale: 0 },
  [DuckDBTypeId.TIMESTAMP]: { name: 'timestamp', precision: 3, scale: 0 },
  [DuckDBTypeId.TIMESTAMP_TZ]: { name: 'timestamp with time zone', precision: 3, scale: 0 },
  [DuckDBTypeId.LIST]: { name: 'array', precision: 0, scale: 0 },
  [DuckDBTypeId.ARRAY]: { name: 'array', precision: 0, scale: 0 },
  [DuckDBTypeId.MAP]: { name: 'map', precision: 0, scale: 0 },
  [DuckDBTypeId.STRUCT]: { name: 'row', precision: 0, scale: 0 },
  [DuckDBTypeId.SQLNULL]: { name: 'unknown', precision: 0, scale: 0 },
};

/** @throws QueryError NOT_SUPPORTED for a type that no query of Athena's answers */
export function resultType(type: DuckDBType): ResultType {
  if (type instanceof DuckDBDecimalType) return { name: 'decimal', precision: type.width, scale: type.scale };
  const found = TYPES[type.typeId];
  if (found === undefined) throw new QueryError('NOT_SUPPORTED: the query answers a type that headwaters local does not know');
  return found;
}

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** A value as Athena writes it; undefined for null. @throws QueryError NUMERIC_VALUE_OUT_OF_RANGE for a sum beyond a bigint */
export function valueText(value: DuckDBValue, type: DuckDBType): string | undefined {
  if (value === null) return undefined;
  switch (type.typeId) {
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT:
      return javaDouble(Number(value));
    case DuckDBTypeId.HUGEINT:
      if (typeof value === 'bigint' && (value < LEAST || value > MOST))
        throw new QueryError('NUMERIC_VALUE_OUT_OF_RANGE: bigint addition overflow');
      return String(value);
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

/** Trino's timestamps have milliseconds here: the engine's finer digits are cut. */
function milliseconds(micros: bigint): string {
  const whole = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  return new Date(Number(whole)).toISOString().replace('T', ' ').replace('Z', '');
}

/** A double as Java writes it: `10.0`, `1.0E7`. */
function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = String(value);
    return Object.is(value, -0) ? '-0.0' : text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
