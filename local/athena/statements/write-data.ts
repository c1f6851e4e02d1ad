import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { duckdbType, parseHiveType, type HiveType } from '../../glue/hive-type.ts';
import { identifier, literal } from '../../parquet/engine.ts';
import { NULL_PARTITION } from '../layout.ts';
import type { ReadyQuery } from '../query-runner.ts';
import { decimalText } from '../sql/analysis/cast.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Encoding } from './encoding.ts';

/** A column as it is written: the query's, in its order. */
export interface WrittenColumn {
  readonly name: string;
  /** Hive's text. */
  readonly type: string;
  /** Its place in the query's answer; undefined for a column that the query leaves out. */
  readonly source: number | undefined;
  /** The type of a text that may be longer than the column. */
  readonly cutFrom?: string;
  /** The engine's SQL for a value that becomes one of another type. */
  readonly cast?: string;
}

export interface Writing {
  readonly columns: readonly WrittenColumn[];
  readonly keys: readonly WrittenColumn[];
  readonly encoding: Encoding;
}

/** A file for each partition that has rows, or one. */
export interface WrittenPart {
  readonly partition: readonly string[];
  readonly body: Buffer;
}

/** Partitions that one statement writes, at most. @see https://docs.aws.amazon.com/athena/latest/ug/ctas-insert-into.html */
const MOST_PARTITIONS = 100;

/** Runs a query and encodes its rows. @throws QueryError HIVE_TOO_MANY_OPEN_PARTITIONS; the engine's own error, which may quote data */
export async function writeData(
  { connection, query, folder }: ReadyQuery,
  { columns, keys, encoding }: Writing,
): Promise<{ readonly rows: number; readonly parts: readonly WrittenPart[] }> {
  const sources = [...columns, ...keys].map(({ source, type, cutFrom, cast }, place) => {
    const written = parseHiveType(type);
    const value = cast ?? (source === undefined ? 'null' : `c${source}`);
    const cut =
      cutFrom !== undefined && 'length' in written ? `hw_inserted(${value}, ${written.length ?? 0}, ${literal(cutFrom)})` : value;
    return `cast(${cut} as ${duckdbType(written)}) as w${place}`;
  });
  await connection.run(`create or replace temp table hw_written as select ${sources.join(', ')} from (${query.sql})`);
  const counted = await connection.runAndReadAll('select count(*) from hw_written');
  const rows = Number(counted.getRows()[0]?.[0] ?? 0);
  const texts = keys.map(({ type }, at) => partitionText(`w${columns.length + at}`, parseHiveType(type)));
  const found = keys.length === 0 ? (rows === 0 ? [] : [[]]) : await partitionsOf(connection, texts);
  const select = columns
    .map(({ name, type }, place) => `${fileValue(`w${place}`, type, encoding)} as ${identifier(name)}`)
    .join(', ');
  const parts: WrittenPart[] = [];
  for (const [at, partition] of found.entries()) {
    const file = path.join(folder, `written-${at}`);
    const where = partition.map(
      (value, place) => `${texts[place] ?? ''} is not distinct from ${value === undefined ? 'null' : literal(value)}`,
    );
    const wanted = where.length === 0 ? '' : ` where ${where.join(' and ')}`;
    await connection.run(`copy (select ${select} from hw_written${wanted}) to ${literal(file)} (${encoding.options})`);
    parts.push({ partition: partition.map((value) => value ?? NULL_PARTITION), body: await readFile(file) });
  }
  return { rows, parts };
}

/** A value as Hive writes it: numbers as Java does. */
function valueText(sql: string, type: HiveType): string {
  if (type.kind === 'double') return `hw_double_text(${sql})`;
  if (type.kind === 'float') return `hw_double_text(cast(cast(${sql} as VARCHAR) as DOUBLE))`;
  return type.kind === 'decimal' ? decimalText(sql, type) : `cast(${sql} as VARCHAR)`;
}

/** A key's value as its folder says it; Hive has no folder for an empty text, and reads it as a null. */
const partitionText = (sql: string, type: HiveType): string => `nullif(${valueText(sql, type)}, '')`;

/** @throws QueryError NOT_SUPPORTED for what is more than one value, in a file of text */
function fileValue(sql: string, type: string, { delimiter }: Encoding): string {
  if (delimiter === undefined) return sql;
  const hive = parseHiveType(type);
  switch (hive.kind) {
    case 'double':
    case 'float':
    case 'decimal':
      return valueText(sql, hive);
    case 'binary':
      return `to_base64(${sql})`;
    case 'array':
    case 'map':
    case 'struct':
      throw new QueryError(
        `NOT_SUPPORTED: a column of the type ${type} in a file of text is not one that headwaters local writes`,
      );
    default:
      return sql;
  }
}

async function partitionsOf(connection: ReadyQuery['connection'], texts: readonly string[]): Promise<(string | undefined)[][]> {
  const values = texts.map((text, place) => `${text} as k${place}`).join(', ');
  const reader = await connection.runAndReadAll(
    `select distinct ${values} from hw_written order by all limit ${MOST_PARTITIONS + 1}`,
  );
  const found = reader.getRows().map((row) => row.map((value) => (value === null ? undefined : String(value))));
  if (found.length > MOST_PARTITIONS)
    throw new QueryError(
      `HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${MOST_PARTITIONS} open writers for partitions/buckets`,
    );
  return found;
}
