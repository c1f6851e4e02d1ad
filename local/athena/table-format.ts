import type { GlueTable } from '../glue/table.ts';
import { QueryError } from './sql/query-error.ts';

/** How the files of a table are read. */
export type TableFormat =
  | { readonly kind: 'parquet' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'text';
      readonly delimiter: string;
      /** Absent where values stand bare. */
      readonly quote?: string | undefined;
      readonly escape?: string | undefined;
      /** What stands for a null. */
      readonly nullText?: string | undefined;
      /** Lines at the head of each file that are no rows. */
      readonly header: number;
      /** Whether a text that is no value of its column is null, rather than a failure. */
      readonly lenient: boolean;
    };

/** Reads how a table's files are to be read, from its SerDe. @throws QueryError NOT_SUPPORTED */
export function formatOf(table: GlueTable): TableFormat {
  const storage = table.StorageDescriptor;
  const library = storage?.SerdeInfo?.SerializationLibrary ?? '';
  const classes = `${library} ${storage?.InputFormat ?? ''}`.toLowerCase();
  if (classes.includes('parquet')) return { kind: 'parquet' };
  if (classes.includes('json')) return { kind: 'json' };
  const settings = storage?.SerdeInfo?.Parameters ?? {};
  const header = Number(table.Parameters?.['skip.header.line.count'] ?? 0);
  if (/lazysimpleserde/.test(classes)) {
    return {
      kind: 'text',
      delimiter: settings['field.delim'] ?? settings['serialization.format'] ?? '\u0001',
      escape: settings['escape.delim'],
      nullText: settings['serialization.null.format'] ?? '\\N',
      header,
      lenient: true,
    };
  }
  if (/opencsvserde/.test(classes)) {
    return {
      kind: 'text',
      delimiter: character(settings['separatorChar'] ?? ','),
      quote: character(settings['quoteChar'] ?? '"'),
      escape: character(settings['escapeChar'] ?? '\\'),
      header,
      lenient: false,
    };
  }
  throw new QueryError(
    `NOT_SUPPORTED: the files of table '${table.Name}' are none of Parquet, JSON or delimited text, which is what headwaters local reads`,
  );
}

/** A setting of one character, which Hive lets stand behind a backslash. */
const character = (text: string): string =>
  text === '\\t' ? '\t' : text.length > 1 && text.startsWith('\\') ? text.slice(1) : text;
