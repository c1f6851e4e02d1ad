import { PARTITION_TRANSFORMS, type PartitionField } from '../iceberg-statement.ts';
import { QueryError } from '../query-error.ts';
import type { Cursor } from './cursor.ts';
import { hiveName } from './hive.ts';

/** Reads `category` or `bucket(16, id)`: in Athena's DDL the number is first. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html */
export function readPartitionField(cursor: Cursor): PartitionField {
  const { kind, text } = cursor.ahead(1);
  if (kind !== 'symbol' || text !== '(') return { transform: 'identity', column: hiveName(cursor) };
  const counted = cursor.takeOne('bucket', 'truncate');
  const transform = counted ?? cursor.takeOne('year', 'month', 'day', 'hour');
  if (transform === undefined) throw cursor.mismatch();
  cursor.expectSymbol('(');
  const parameter = counted === undefined ? {} : { parameter: count(cursor) };
  const column = hiveName(cursor);
  cursor.expectSymbol(')');
  return { transform, column, ...parameter };
}

function count(cursor: Cursor): number {
  if (cursor.token.kind !== 'integer') throw cursor.mismatch('<integer>');
  const value = Number(cursor.next().value);
  cursor.expectSymbol(',');
  return value;
}

const NAME = '([a-z_][a-z0-9_]*|"(?:""|[^"])*")';
const FIELD = new RegExp(
  `^(?:(?:(year|month|day|hour)\\(${NAME}\\)\\s*|(bucket|truncate)\\(${NAME},\\s*(\\d+)\\))|${NAME})$`,
  'i',
);

/**
 * What one text of the property `partitioning` says, `bucket(id, 16)`: in Trino's form the number is last.
 *
 * @throws QueryError INVALID_TABLE_PROPERTY
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html#ctas-table-properties
 */
export function partitionFieldOf(text: string): PartitionField {
  const [, plain, of, counted, ofCounted, parameter, itself] = FIELD.exec(text) ?? [];
  const written = itself ?? of ?? ofCounted;
  const name = (plain ?? counted ?? 'identity').toLowerCase();
  const transform = PARTITION_TRANSFORMS.find((known) => known === name);
  if (written === undefined || transform === undefined) throw invalid(`Invalid partition field declaration: ${text}`);
  return { transform, column: columnOf(written), ...(parameter !== undefined && { parameter: Number(parameter) }) };
}

function columnOf(written: string): string {
  if (!written.startsWith('"')) return written.toLowerCase();
  if (written !== written.toLowerCase()) throw invalid(`Uppercase characters in identifier '${written}' are not supported.`);
  return written.slice(1, -1).replaceAll('""', '"');
}

const invalid = (why: string): QueryError => new QueryError(`INVALID_TABLE_PROPERTY: Unable to parse partitioning value: ${why}`);
