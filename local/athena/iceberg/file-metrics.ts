import type { DuckDBConnection } from '@duckdb/node-api';
import type { DataFile } from '../../iceberg/data-file.ts';
import { physicalText } from '../../iceberg/engine-sql.ts';
import { partsOf, type IcebergType, type StructField } from '../../iceberg/types.ts';
import { fromText, toBytes, type Value } from '../../iceberg/value.ts';
import { identifier, literal } from '../../parquet/engine.ts';

export type Metrics = Pick<DataFile, 'records' | 'columnSizes' | 'valueCounts' | 'nullCounts' | 'nanCounts' | 'lower' | 'upper'>;

/** Letters of a text, or bytes, that a bound keeps. @see https://iceberg.apache.org/docs/1.4.2/configuration/#write-properties */
const KEPT = 16;

/** What a manifest tells of a Parquet file: counts and sizes of each column's chunks, and the bounds of those of one value. */
export async function metricsOf(connection: DuckDBConnection, file: string, fields: readonly StructField[]): Promise<Metrics> {
  const ids = new Map(fields.flatMap(({ name, id, type }) => leaves([name], id, type)));
  const chunks = await connection.runAndReadAll(
    `select path_in_schema, sum(total_compressed_size), sum(num_values), sum(stats_null_count) from parquet_metadata(${literal(file)}) group by all`,
  );
  const [columnSizes, valueCounts, nullCounts] = [
    new Map<number, bigint>(),
    new Map<number, bigint>(),
    new Map<number, bigint>(),
  ];
  for (const [path, size, values, nulls] of chunks.getRows()) {
    const id = ids.get(String(path).toLowerCase());
    if (id === undefined) continue;
    columnSizes.set(id, BigInt(String(size)));
    valueCounts.set(id, BigInt(String(values)));
    if (nulls !== null) nullCounts.set(id, BigInt(String(nulls)));
  }
  return { columnSizes, valueCounts, nullCounts, nanCounts: new Map(), ...(await bounds(connection, file, fields)) };
}

/** The columns of a file by the paths that Parquet gives them. */
function leaves(path: readonly string[], id: number, type: IcebergType): readonly (readonly [string, number])[] {
  const between = typeof type === 'string' ? [] : { struct: [], list: ['list'], map: ['key_value'] }[type.type];
  const parts = partsOf(type);
  if (parts.length === 0) return [[path.join(', ').toLowerCase(), id]];
  return parts.flatMap((part) => leaves([...path, ...between, part.name], part.id, part.type));
}

/** Bounds of the columns of one value, those within rows too. A column that holds what is no number has none. */
async function bounds(
  connection: DuckDBConnection,
  file: string,
  fields: readonly StructField[],
): Promise<Pick<Metrics, 'records' | 'lower' | 'upper'>> {
  const plain = fields.flatMap((field) => plainIn(field, identifier(field.name)));
  const cells = plain.flatMap(({ type, sql }) => {
    const bound = (of: 'min' | 'max'): string =>
      /^(?:float|double)$/.test(type) ? `case when not bool_or(isnan(${sql})) then ${of}(${sql}) end` : `${of}(${sql})`;
    return [physicalText(type, bound('min')), physicalText(type, bound('max'))];
  });
  const reader = await connection.runAndReadAll(
    `select ${['count(*)', ...cells].join(', ')} from read_parquet(${literal(file)})`,
  );
  const [count, ...values] = reader.getRows()[0] ?? [];
  const [lower, upper] = [new Map<number, Buffer>(), new Map<number, Buffer>()];
  for (const [place, { id, type }] of plain.entries()) {
    const [least, most] = values.slice(place * 2, place * 2 + 2).map((value) => (value === null ? undefined : String(value)));
    if (least !== undefined) lower.set(id, toBytes(type, lowZero(cutDown(fromText(type, least)))));
    const highest = most === undefined ? undefined : cutUp(highZero(fromText(type, most)));
    if (highest !== undefined) upper.set(id, toBytes(type, highest));
  }
  return { records: BigInt(String(count)), lower, upper };
}

/** The columns of one value that a column is, or has as a row. */
function plainIn(
  { id, type }: StructField,
  sql: string,
): readonly { readonly id: number; readonly type: string; readonly sql: string }[] {
  if (typeof type === 'string') return [{ id, type, sql }];
  if (type.type !== 'struct') return [];
  return type.fields.flatMap((field) => plainIn(field, `struct_extract(${sql}, ${literal(field.name)})`));
}

/** Zeros of both signs are equal, so that the bounds hold either. */
const lowZero = (value: Value): Value => (value === 0 ? -0 : value);
const highZero = (value: Value): Value => (value === 0 ? 0 : value);

/** A bound is cut so that it stays one: a lower one is no higher then, an upper one no lower. */
function cutDown(value: Value): Value {
  if (typeof value === 'string') return Array.from(value).slice(0, KEPT).join('');
  return Buffer.isBuffer(value) ? value.subarray(0, KEPT) : value;
}

/** Undefined where nothing of that length is higher. */
function cutUp(value: Value): Value | undefined {
  if (typeof value === 'string') {
    const letters = Array.from(value);
    if (letters.length <= KEPT) return value;
    return incremented(letters.slice(0, KEPT).map((letter) => letter.codePointAt(0) ?? 0), 0x10ffff, (codes) => String.fromCodePoint(...codes)); // prettier-ignore
  }
  if (!Buffer.isBuffer(value) || value.length <= KEPT) return value;
  return incremented([...value.subarray(0, KEPT)], 0xff, (bytes) => Buffer.from(bytes));
}

/** The next higher of what is no longer: the last that can grow does, and what is behind it goes. */
function incremented<T>(units: readonly number[], highest: number, made: (units: readonly number[]) => T): T | undefined {
  const last = units.findLastIndex((unit) => next(unit) <= highest);
  return last === -1 ? undefined : made([...units.slice(0, last), next(units[last] ?? 0)]);
}

/** Surrogates are no letters. */
const next = (unit: number): number => (unit === 0xd7ff ? 0xe000 : unit + 1);
