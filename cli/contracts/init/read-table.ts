import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import path from 'node:path';
import type { DeclaredType } from '../../../core/contract/infer/sample-profile.ts';
import { isNumber } from '../../../core/contract/infer/text-kinds.ts';
import { parseEvent, type JsonValue } from '../../../core/record/parse-json.ts';
import { identifier, literal, messageOf } from '../../../local/parquet/engine.ts';
import { CommandError } from '../../command-error.ts';
import { openQuote } from './open-quote.ts';
import type { SampleRow } from './read-ndjson.ts';
import type { SampleFile } from './sample-file.ts';

/** A file as a SQL literal: DuckDB takes stars, question marks and brackets of a name for a pattern. */
const source = (file: string): string => literal(path.resolve(file).replaceAll(/[*?[]/g, '[$&]'));

/**
 * Reads the first rows of a CSV file, all of whose values are texts. An empty cell is no value, a row without any no event.
 *
 * @throws {@link CommandError} `NotCsv`, `NoHeader`, `ColumnTwice`
 */
export async function* readCsv(sample: SampleFile, rows: number): AsyncIterable<SampleRow> {
  const { file, gzipped } = sample;
  const open = await openQuote(sample, rows + 1);
  if (open !== undefined)
    throw new CommandError(
      'NotCsv',
      `'${file}' must be CSV that closes each quote, got one on line ${open} that is never closed; close it, or write a quote of the value twice`,
    );
  const compression = gzipped ? 'gzip' : 'none';
  const sql = `SELECT * FROM read_csv(${source(file)}, all_varchar = true, header = false, compression = '${compression}') LIMIT ${rows + 1}`;
  let names: readonly string[] | undefined;
  const refuse = (line: string | undefined) =>
    new CommandError(
      'NotCsv',
      `'${file}' must be CSV in UTF-8 with as many cells on each line${line === undefined ? '' : `; line ${line} is not`}; mend it, or say what the file is with '--format'`,
    );
  for await (const cells of rowsOf((connection) => connection.stream(sql), refuse)) {
    if (names === undefined) {
      names = headerOf(file, cells);
      if (names.length === 1 && DELIMITER.test(names[0] ?? '')) throw refuse(undefined); // lines that differ are taken for single cells
      continue;
    }
    const filled = names.flatMap((name, index): [string, JsonValue][] => {
      const cell = cells[index];
      return typeof cell === 'string' ? [[name, cell]] : [];
    });
    if (filled.length > 0) yield { row: new Map(filled), text: JSON.stringify(cells) };
  }
}

const DELIMITER = /[,;\t|]/;

/** Names of the columns. A first row of values would make a contract of data: it is refused, and not quoted. */
function headerOf(file: string, cells: readonly unknown[]): readonly string[] {
  const names = cells.filter((cell): cell is string => typeof cell === 'string');
  const values = cells.length - names.filter((name) => !isNumber(name) && !/@|^\d{4}-\d{2}-\d{2}/.test(name)).length;
  if (values > 0)
    throw new CommandError(
      'NoHeader',
      `the first line of '${file}' must name each column, got ${values} of ${cells.length} cells that are empty, numbers, dates or e-mail addresses; add a header`,
    );
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new CommandError(
      'ColumnTwice',
      `the columns of '${file}' must have names of their own, got '${twice}' twice; rename one`,
    );
  return names;
}

/** A Parquet file: the types that it states, and its first rows as events. */
export interface ParquetSample {
  readonly declared: ReadonlyMap<string, DeclaredType>;
  readonly rows: AsyncIterable<SampleRow>;
}

/** @throws {@link CommandError} `NotParquet`, and while reading `NotAnEvent` */
export async function openParquet({ file }: SampleFile, rows: number): Promise<ParquetSample> {
  const table = `read_parquet(${source(file)}, hive_partitioning = false)`;
  const refuse = () =>
    new CommandError('NotParquet', `'${file}' must be a whole Parquet file; choose another, or say what it is with '--format'`);
  const columns = new Map<string, string>();
  for await (const [name, type] of rowsOf((connection) => connection.stream(`DESCRIBE SELECT * FROM ${table}`), refuse))
    columns.set(String(name), String(type));
  const fields = [...columns].map(([name, type]) => `${identifier(name)} := ${asJsonHolds(identifier(name), type)}`);
  const sql = `SELECT to_json(struct_pack(${fields.join(', ')}))::VARCHAR FROM ${table} LIMIT ${rows}`;
  return {
    declared: new Map([...columns].flatMap(([name, type]) => declaredType(name, type))),
    rows: events(
      file,
      rowsOf((connection) => connection.stream(sql), refuse),
    ),
  };
}

async function* events(file: string, rows: AsyncIterable<readonly unknown[]>): AsyncIterable<SampleRow> {
  let count = 0;
  for await (const [json] of rows) {
    count += 1;
    const text = String(json);
    const parsed = parseEvent(text);
    if ('reason' in parsed)
      throw new CommandError(
        'NotAnEvent',
        `row ${count} of '${file}' must be what JSON can hold, got another (${parsed.reason}); choose another sample`,
      );
    yield { row: parsed.event, text };
  }
}

/** JSON has no infinity, and a time with a zone is an instant: it is written in UTC. */
function asJsonHolds(column: string, type: string): string {
  if (type === 'DOUBLE' || type === 'FLOAT') return `CASE WHEN isfinite(${column}) THEN ${column} END`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%fZ')`;
  return column;
}

const SMALL = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT']);

function declaredType(name: string, type: string): [string, DeclaredType][] {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) return [[name, { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) }]];
  if (SMALL.has(type)) return [[name, { kind: 'i32' }]];
  if (type === 'DOUBLE' || type === 'FLOAT') return [[name, { kind: 'double' }]];
  if (type === 'INTERVAL') return [[name, { kind: 'interval' }]];
  if (type === 'BLOB') return [[name, { kind: 'binary' }]];
  return type.startsWith('MAP(') ? [[name, { kind: 'map' }]] : [];
}

/** The rows of a statement as they come; what the engine says of a file may quote its data, so that a line's number is all that is passed on. */
async function* rowsOf(
  ask: (connection: DuckDBConnection) => ReturnType<DuckDBConnection['stream']>,
  refuse: (line: string | undefined) => CommandError,
): AsyncIterable<readonly unknown[]> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    const result = await ask(connection);
    for await (const rows of result.yieldRowsJs()) yield* rows;
  } catch (error) {
    throw error instanceof CommandError ? error : refuse(/Line: (\d+)/.exec(messageOf(error))?.[1]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
