import type { GlueStorageDescriptor } from '../../glue/table.ts';
import type { ColumnDefinition, CreateExternalTable } from '../sql/statement.ts';
import { QueryError } from '../sql/query-error.ts';
import { ddlFailure } from './context.ts';

const TEXT_INPUT = 'org.apache.hadoop.mapred.TextInputFormat';
const TEXT_OUTPUT = 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat';
const LAZY = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';

/** The classes behind a word of `STORED AS`, or of `format` in `WITH (…)`. */
const FORMATS: Readonly<Record<string, { readonly serde: string; readonly input: string; readonly output: string }>> = {
  PARQUET: {
    serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  },
  JSON: { serde: 'org.apache.hive.hcatalog.data.JsonSerDe', input: TEXT_INPUT, output: TEXT_OUTPUT },
  TEXTFILE: { serde: LAZY, input: TEXT_INPUT, output: TEXT_OUTPUT },
};

type Storage = Omit<GlueStorageDescriptor, 'Columns' | 'Location'>;

/** @throws QueryError for a location that a statement may not give a table */
export function checkLocation(location: string): void {
  if (!/^s3:\/\/[^/]+/.test(location)) throw ddlFailure(`MetaException(message:${location} is not a valid S3 address)`);
}

/** How a table is stored that a query writes. @throws QueryError NOT_SUPPORTED for a format that is not written here */
export function writtenStorage(format: string, delimiter: string | undefined): Storage {
  const { serde, input, output } = classesOf(format);
  const settings: Readonly<Record<string, string>> =
    format === 'TEXTFILE'
      ? { 'field.delim': delimiter ?? '\u0001', 'serialization.format': delimiter ?? '\u0001' }
      : { 'serialization.format': '1' };
  return {
    InputFormat: input,
    OutputFormat: output,
    Compressed: false,
    SerdeInfo: { SerializationLibrary: serde, Parameters: settings },
  };
}

/** How a table is stored that `CREATE EXTERNAL TABLE` defines. @throws QueryError NOT_SUPPORTED */
export function definedStorage({ rowFormat, storedAs }: CreateExternalTable): Storage {
  const word = storedAs?.kind === 'format' ? storedAs.format.toUpperCase() : 'TEXTFILE';
  const classes = storedAs?.kind === 'classes' ? { ...storedAs, serde: LAZY } : classesOf(word);
  return {
    InputFormat: classes.input,
    OutputFormat: classes.output,
    Compressed: false,
    NumberOfBuckets: -1,
    SerdeInfo: {
      SerializationLibrary: rowFormat?.kind === 'serde' ? rowFormat.library : classes.serde,
      Parameters: { 'serialization.format': '1', ...serdeSettings(rowFormat) },
    },
  };
}

function serdeSettings(rowFormat: CreateExternalTable['rowFormat']): Readonly<Record<string, string>> {
  if (rowFormat === undefined) return {};
  if (rowFormat.kind === 'serde') return rowFormat.properties;
  const { fields, escapedBy, lines, items, mapKeys, nullAs } = rowFormat;
  return {
    ...(fields !== undefined && { 'field.delim': fields, 'serialization.format': fields }),
    ...(escapedBy !== undefined && { 'escape.delim': escapedBy }),
    ...(lines !== undefined && { 'line.delim': lines }),
    ...(items !== undefined && { 'collection.delim': items }),
    ...(mapKeys !== undefined && { 'mapkey.delim': mapKeys }),
    ...(nullAs !== undefined && { 'serialization.null.format': nullAs }),
  };
}

function classesOf(format: string): { readonly serde: string; readonly input: string; readonly output: string } {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known !== undefined) return known;
  throw new QueryError(
    `NOT_SUPPORTED: the format ${format} is not one that headwaters local reads and writes: ${Object.keys(FORMATS).join(', ')}`,
  );
}

/** Columns as the catalog keeps them. */
export const glueColumns = (columns: readonly ColumnDefinition[]): { Name: string; Type: string; Comment?: string }[] =>
  columns.map(({ name, type, comment }) => ({ Name: name, Type: type, ...(comment !== undefined && { Comment: comment }) }));
