import { literal } from '../../parquet/engine.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Properties, PropertyValue } from '../sql/statement.ts';

/** How rows become a file. */
export interface Encoding {
  /** `PARQUET`, `JSON` or `TEXTFILE`. */
  readonly format: string;
  /** What the engine's COPY takes. */
  readonly options: string;
  /** Of the file's name: how readers know that it is packed. */
  readonly suffix: '' | '.gz';
  /** Of text. */
  readonly delimiter?: string | undefined;
}

/** Compressions that the engine writes, by format, the default first. @see https://docs.aws.amazon.com/athena/latest/ug/compression-formats.html */
const COMPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  PARQUET: ['GZIP', 'SNAPPY', 'ZSTD', 'LZ4', 'NONE'],
  JSON: ['GZIP', 'NONE'],
  TEXTFILE: ['GZIP', 'NONE'],
};

/** What Hive puts between the values of a row. */
const FIELD_DELIMITER = '\u0001';

const textOf = (value: PropertyValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Reads how the rows of `CREATE TABLE AS` and `UNLOAD` are encoded.
 *
 * @param compressions Names under which the statement takes its compression.
 * @throws QueryError INVALID_TABLE_PROPERTY, NOT_SUPPORTED by name
 */
export function encodingOf(properties: Properties, format: string, compressions: readonly string[]): Encoding {
  const given = compressions.flatMap((name) => textOf(properties[name])?.toUpperCase() ?? []);
  if (given.length > 1)
    throw new QueryError(`INVALID_TABLE_PROPERTY: only one of ${compressions.join(', ')} can be specified in a query`);
  const level = properties['compression_level'];
  return makeEncoding(format, given[0], textOf(properties['field_delimiter']), level === undefined ? undefined : numberOf(level));
}

/** @throws QueryError INVALID_TABLE_PROPERTY, NOT_SUPPORTED by name */
export function makeEncoding(format: string, wanted?: string, delimiter?: string, level?: number): Encoding {
  const known = Object.hasOwn(COMPRESSIONS, format) ? COMPRESSIONS[format] : undefined;
  if (known === undefined)
    throw new QueryError(
      `NOT_SUPPORTED: the format ${format} is not one that headwaters local writes: ${Object.keys(COMPRESSIONS).join(', ')}`,
    );
  const compression = wanted ?? known[0] ?? 'NONE';
  if (!known.includes(compression))
    throw new QueryError(
      `NOT_SUPPORTED: the compression ${compression} is not one that headwaters local writes for ${format}: ${known.join(', ')}`,
    );
  if (level !== undefined && compression !== 'ZSTD')
    throw new QueryError('INVALID_TABLE_PROPERTY: compression_level applies only to ZSTD compression');
  if (delimiter !== undefined && (format !== 'TEXTFILE' || delimiter.length !== 1))
    throw new QueryError('INVALID_TABLE_PROPERTY: field_delimiter must be one character, of a text format');
  const packed = compression === 'NONE' ? 'uncompressed' : compression.toLowerCase();
  if (format === 'PARQUET')
    return {
      format,
      suffix: '',
      options: `format parquet, compression ${packed}${level === undefined ? '' : `, compression_level ${level}`}`,
    };
  const suffix = compression === 'NONE' ? '' : '.gz';
  if (format === 'JSON') return { format, suffix, options: `format json, compression ${packed}` };
  const between = delimiter ?? FIELD_DELIMITER;
  const text = `delimiter ${literal(between)}, header false, quote '', escape '', nullstr '\\N'`;
  return {
    format,
    suffix,
    delimiter: between,
    options: `format csv, ${text}, compression ${packed === 'uncompressed' ? 'none' : packed}`,
  };
}

function numberOf(value: PropertyValue): number {
  const number = typeof value === 'object' && 'number' in value ? Number(value.number) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= 1 && number <= 22) return number;
  throw new QueryError('INVALID_TABLE_PROPERTY: compression_level must be from 1 to 22');
}
