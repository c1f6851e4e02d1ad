import { Malformed, QueryError } from '../query-error.ts';
import type { RowFormat, Statement, StoredAs } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { hiveColumn, hiveName, hiveProperties, hiveRelationName, ifNotExists, optional, refuse } from './hive.ts';
import { refuseQuoted } from './quoted-names.ts';
import { readPartitionField } from './partitioning.ts';

/**
 * Reads `CREATE EXTERNAL TABLE`, and `CREATE TABLE` for Iceberg's; undefined, with nothing read, where it is another statement.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html
 */
export function readCreateTable(cursor: Cursor): Statement | undefined {
  if (cursor.take('create', 'external', 'table')) {
    if (isIceberg(cursor)) throw new QueryError('External keyword not supported for table type ICEBERG');
    return externalTable(cursor);
  }
  if (!cursor.take('create', 'table')) return undefined;
  refuseQuoted(cursor, 'create table', cursor.sees('if', 'not', 'exists') ? 3 : 0);
  if (!isIceberg(cursor)) throw hiveTable(cursor);
  return icebergTable(cursor);
}

/** Whether the properties say so; they stand last, and what may stand before them depends on it. */
function isIceberg(cursor: Cursor): boolean {
  let begun = false;
  for (let ahead = 0; cursor.ahead(ahead).kind !== 'end'; ahead += 1) {
    const { kind, value } = cursor.ahead(ahead);
    begun ||= kind === 'word' && value === 'tblproperties';
    if (begun && kind === 'string' && value === 'table_type' && cursor.ahead(ahead + 1).text === '=')
      return cursor.ahead(ahead + 2).value.toUpperCase() === 'ICEBERG';
  }
  return false;
}

/** Why `CREATE TABLE` makes no table of Hive's. */
function hiveTable(cursor: Cursor): Malformed {
  for (let ahead = 0; cursor.ahead(ahead).kind !== 'end'; ahead += 1)
    if (cursor.ahead(ahead).value === 'location' && cursor.ahead(ahead + 1).kind === 'string')
      return new Malformed('External keyword required for table type HIVE');
  return new Malformed('No location was specified for table. An S3 location must be specified');
}

function icebergTable(cursor: Cursor): Statement {
  const absent = ifNotExists(cursor);
  const table = hiveRelationName(cursor);
  const columns = cursor.group(() => hiveColumn(cursor));
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  const partitionedBy = cursor.take('partitioned', 'by') ? cursor.group(() => readPartitionField(cursor)) : [];
  const location = cursor.take('location') ? cursor.string() : undefined;
  cursor.expect('tblproperties');
  const properties = hiveProperties(cursor);
  return {
    kind: 'create_iceberg_table', table, ifNotExists: absent, columns, partitionedBy, properties,
    ...optional('comment', comment), ...optional('location', location),
  }; // prettier-ignore
}

function externalTable(cursor: Cursor): Statement {
  const absent = ifNotExists(cursor);
  const table = hiveRelationName(cursor);
  const columns = cursor.group(() => hiveColumn(cursor));
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  const partitionedBy = cursor.take('partitioned', 'by') ? cursor.group(() => hiveColumn(cursor)) : [];
  if (cursor.sees('clustered')) refuse(cursor, 'CLUSTERED BY');
  const rowFormat = cursor.take('row', 'format') ? readRowFormat(cursor) : undefined;
  if (cursor.sees('with')) refuse(cursor, 'WITH SERDEPROPERTIES without ROW FORMAT SERDE');
  const storedAs = cursor.take('stored', 'as') ? readStoredAs(cursor) : undefined;
  if (cursor.sees('stored', 'by')) refuse(cursor, 'STORED BY');
  const location = cursor.take('location') ? cursor.string() : undefined;
  const properties = cursor.take('tblproperties') ? hiveProperties(cursor) : {};
  return {
    kind: 'create_external_table', table, ifNotExists: absent, columns, partitionedBy, properties,
    ...optional('comment', comment), ...optional('rowFormat', rowFormat), ...optional('storedAs', storedAs), ...optional('location', location),
  }; // prettier-ignore
}

function readRowFormat(cursor: Cursor): RowFormat {
  if (cursor.take('serde')) {
    const library = cursor.string();
    return { kind: 'serde', library, properties: cursor.take('with', 'serdeproperties') ? hiveProperties(cursor) : {} };
  }
  cursor.expect('delimited');
  const fields = cursor.take('fields', 'terminated', 'by') ? control(cursor) : undefined;
  const escapedBy = cursor.take('escaped', 'by') ? control(cursor) : undefined;
  const items = cursor.take('collection', 'items', 'terminated', 'by') ? control(cursor) : undefined;
  const mapKeys = cursor.take('map', 'keys', 'terminated', 'by') ? control(cursor) : undefined;
  const lines = cursor.take('lines', 'terminated', 'by') ? control(cursor) : undefined;
  const nullAs = cursor.take('null', 'defined', 'as') ? control(cursor) : undefined;
  return {
    kind: 'delimited', ...optional('fields', fields), ...optional('escapedBy', escapedBy), ...optional('items', items), ...optional('mapKeys', mapKeys),
    ...optional('lines', lines), ...optional('nullAs', nullAs),
  }; // prettier-ignore
}

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0' };

/** Hive reads `\t` and `\001` in its delimiters. */
const control = (cursor: Cursor): string =>
  cursor
    .string()
    .replaceAll(/\\(?:(\d{3})|(.))/gs, (_, octal?: string, letter?: string) =>
      octal === undefined ? (CONTROLS[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
    );

function readStoredAs(cursor: Cursor): StoredAs {
  if (!cursor.take('inputformat')) return { kind: 'format', format: hiveName(cursor) };
  const input = cursor.string();
  cursor.expect('outputformat');
  return { kind: 'classes', input, output: cursor.string() };
}
