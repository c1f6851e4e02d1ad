import { clip } from './clip.ts';
import type { Column, ColumnType, DatasetContract } from './model.ts';

export interface GlueColumn {
  readonly name: string;
  /** A Hive type: `bigint`, `decimal(18,4)`, `struct<a:string,b:array<int>>`. */
  readonly type: string;
  readonly comment?: string;
}

/** Columns that the platform adds to every accepted event. */
export const PLATFORM_COLUMNS: readonly GlueColumn[] = [
  { name: '_event_id', type: 'string', comment: 'Identity of the event: its id field as stored, or a hash of several' },
  { name: '_ingested_at', type: 'timestamp', comment: 'When Kinesis took the record, UTC' },
  { name: '_contract_version', type: 'string', comment: 'Version of the contract that judged the event' },
  { name: '_content_hash', type: 'int', comment: "CRC-32 of the contract's columns as stored; decides between copies" },
];

/** The table's columns, in the contract's order; a dropped column is not stored. */
export const glueColumns = (dataset: DatasetContract): readonly GlueColumn[] => [
  ...dataset.columns.filter(({ protection }) => protection !== 'drop').map(glueColumn),
  ...PLATFORM_COLUMNS,
];

/** Bytes of a column comment at most; it is one line. @see https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
const LONGEST_COMMENT = 255;

function glueColumn({ name, type, description, protection }: Column): GlueColumn {
  const comment = [description, protection === undefined ? undefined : `Protected: ${protection}.`]
    .filter((part) => part !== undefined)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return { name, type: hiveType(type), ...(comment === '' ? {} : { comment: clip(comment, LONGEST_COMMENT) }) };
}

/** The Hive type that a Glue table holds for a contract's type. */
export function hiveType(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'double':
      return type.kind;
    case 'time':
      return 'string'; // neither Hive nor Parquet as Firehose writes it has a time of day
    case 'integer':
      return type.bits === 32 ? 'int' : 'bigint';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${hiveType(type.items)}>`;
    case 'map':
      return `map<string,${hiveType(type.values)}>`;
    case 'object':
      return `struct<${type.fields.map((field) => `${field.name}:${hiveType(field.type)}`).join(',')}>`;
  }
}

/** The Trino type of the same, as a view states its columns. */
export function trinoType(hive: string): string {
  if (hive === 'string') return 'varchar';
  if (hive === 'int') return 'integer';
  if (hive === 'timestamp') return 'timestamp(3)';
  if (hive.startsWith('array<')) return `array(${trinoType(hive.slice(6, -1))})`;
  if (hive.startsWith('map<string,')) return `map(varchar, ${trinoType(hive.slice('map<string,'.length, -1))})`;
  if (hive.startsWith('struct<')) {
    const fields = splitTopLevel(hive.slice(7, -1)).map((field) => {
      const colon = field.indexOf(':');
      return `"${field.slice(0, colon)}" ${trinoType(field.slice(colon + 1))}`; // quoted: a field may be called 'order'
    });
    return `row(${fields.join(', ')})`;
  }
  return hive;
}

function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  text.split('').forEach((character, index) => {
    if ('<('.includes(character)) depth += 1;
    if ('>)'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  });
  return [...parts, text.slice(start)];
}
