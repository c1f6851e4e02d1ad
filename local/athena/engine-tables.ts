import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbType, type HiveType } from '../glue/hive-type.ts';
import { identifier, literal } from '../parquet/engine.ts';
import { HIDDEN_COLUMNS, type BaseTable, type Column, type Relation, type StoredTable, type TableObject } from './relations.ts';
import { cast } from './sql/analysis/cast.ts';
import { engineType, fromHive, withoutLengths } from './sql/analysis/type.ts';
import { typed } from './sql/analysis/typed.ts';
import { QueryError } from './sql/query-error.ts';
import { POSITION, rowsOf } from './iceberg/load-files.ts';
import { ICEBERG_HIDDEN_COLUMNS } from './iceberg/iceberg-table.ts';
import { NULL_PARTITION } from './layout.ts';
import { planName } from './plan-name.ts';
import { ENGINE_CATALOG, engineName } from './sql/translator.ts';
import type { TableFormat } from './table-format.ts';

/** The columns of a table with the engine's types, in the order of their places. */
const columnsOf = (table: StoredTable): readonly { readonly name: string; readonly type: string }[] =>
  table.kind === 'iceberg'
    ? table.columns.map(({ name, type }) => ({ name, type: engineType(type) }))
    : [...table.columns, ...table.partitionKeys].map(({ name, type }) => ({ name, type: duckdbType(type) }));

const hiddenOf = (table: StoredTable): readonly { readonly name: string; readonly type: string }[] =>
  table.kind === 'iceberg'
    ? [...ICEBERG_HIDDEN_COLUMNS.map(({ name, type }) => ({ name, type: engineType(type) })), { name: POSITION, type: 'BIGINT' }]
    : HIDDEN_COLUMNS.map(({ name, type }) => ({ name, type: engineType(type) }));

/** The relations of one query inside the engine: first as empty stand-ins that a plan can be made with, then as the files a plan selected. */
export class EngineTables {
  /** Whether anything asks for the file that a row lies in. */
  private asksForFiles = false;

  /** @param folder The query's own, which the caller removes. */
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /** Makes stand-ins for the tables and the views over them. */
  async plan(sql: string, tables: readonly StoredTable[], relations: readonly Relation[]): Promise<void> {
    const texts = [sql, ...relations.flatMap((relation) => (relation.kind === 'view' ? [relation.sql] : []))];
    this.asksForFiles = texts.some((text) => HIDDEN_COLUMNS.some(({ name }) => text.includes(identifier(name))));
    const own = relations.filter((relation) => relation.kind !== 'inline');
    for (const database of new Set(own.map((relation) => relation.database))) {
      await this.connection.run(`create schema if not exists ${identifier(ENGINE_CATALOG)}.${identifier(database)}`);
    }
    for (const [index, table] of tables.entries()) {
      const file = path.join(this.folder, `plan-${index}.parquet`);
      const all = [...columnsOf(table), ...hiddenOf(table)];
      await this.writeEmpty(file, all.map(({ type }, place) => ({ name: planName(index, place), type }))); // prettier-ignore
      const select = all.map(({ name }, place) => `${planName(index, place)} as ${identifier(name)}`);
      await this.view(engineName(table), `select ${select.join(', ')} from read_parquet(${literal(file)})`);
    }
    for (const relation of relations) {
      if (relation.kind !== 'view') continue;
      const columns =
        relation.columns.length === 0 ? '' : ` (${relation.columns.map(({ name }) => identifier(name)).join(', ')})`;
      await this.view(`${engineName(relation)}${columns}`, relation.sql);
    }
  }

  /** Puts the files themselves in a table's place; types are the catalog's, never the file's. */
  async load(index: number, table: StoredTable, objects: readonly TableObject[]): Promise<void> {
    if (table.kind === 'table') return this.loadFiles(index, table, objects);
    const { connection, folder } = this;
    await this.view(engineName(table), await rowsOf({ connection, folder, index, table, objects }));
  }

  private async loadFiles(index: number, table: BaseTable, objects: readonly TableObject[]): Promise<void> {
    const files = await this.link(index, table, objects);
    const lenient = table.format.kind === 'text' && table.format.lenient;
    const select = [
      ...table.columns.map(
        (column) =>
          `${cutToLength(`${lenient ? 'try_cast' : 'cast'}(${identifier(column.name)} as ${duckdbType(column.type)})`, column.type)} as ${identifier(column.name)}`,
      ),
      ...table.partitionKeys.map(
        (key, place) =>
          `${keyValue(`cast(${planName(index, place)} as ${duckdbType(key.type)})`, key.type)} as ${identifier(key.name)}`,
      ),
    ];
    const rows = await this.reader(index, table, files);
    if (!this.asksForFiles) {
      await this.view(engineName(table), `select ${select.join(', ')} from ${rows}`);
      return;
    }
    const hidden = HIDDEN_COLUMNS.map(({ name }) => identifier(name)).join(', ');
    const facts = objects.map(({ bucket, object }, place) => {
      const modified = `make_timestamptz(${object.lastModified * 1000})`;
      return `(${literal(files[place] ?? '')}, ${literal(`s3://${bucket}/${object.key}`)}, ${object.size}::bigint, ${modified})`;
    });
    const known = ['(null, null, null::bigint, null::timestamptz)', ...facts].join(', ');
    await this.view(
      engineName(table),
      `select ${select.join(', ')}, ${hidden} from ${rows} join (values ${known}) as hw_files(hw_file, ${hidden}) on filename = hw_file`,
    );
  }

  private async reader(index: number, table: BaseTable, files: readonly string[]): Promise<string> {
    const hive =
      table.partitionKeys.length > 0 ? ', hive_partitioning = true, hive_types_autocast = false' : ', hive_partitioning = false';
    const options = `${hive}${this.asksForFiles ? ', filename = true' : ''}`;
    const list = `[${files.map(literal).join(', ')}]`;
    if (table.format.kind === 'json' && files.length > 0) {
      const columns = table.columns.map((column) => `${literal(column.name)}: ${literal(duckdbType(column.type))}`).join(', ');
      return `read_json(${list}, format = 'newline_delimited', columns = {${columns}}${options})`;
    }
    if (table.format.kind === 'text' && files.length > 0)
      return `read_csv(${list}, ${textOptions(table.format, table.columns)}${options})`;
    // an empty file of the catalog's columns comes first, so that a column which old files lack is null
    const schema = path.join(this.partitionFolder(index, table.partitionKeys.map(() => NULL_PARTITION)), 'schema.parquet'); // prettier-ignore
    await mkdir(path.dirname(schema), { recursive: true });
    await this.writeEmpty(schema, table.columns.map(({ name, type }) => ({ name, type: duckdbType(type) }))); // prettier-ignore
    return `read_parquet([${[schema, ...files].map(literal).join(', ')}], union_by_name = true${options})`;
  }

  /** A folder for each partition, and in it links to the objects' files, whose own places say nothing about partitions. */
  private async link(index: number, table: BaseTable, objects: readonly TableObject[]): Promise<string[]> {
    const files: string[] = [];
    for (const [place, { object, partition }] of objects.entries()) {
      const folder = this.partitionFolder(index, partition);
      await mkdir(folder, { recursive: true });
      const packed = object.key.endsWith('.gz') && table.format.kind !== 'parquet' ? '.gz' : '';
      const file = path.join(folder, `${String(place).padStart(8, '0')}.${table.format.kind}${packed}`);
      await symlink(path.resolve(object.file), file);
      files.push(file);
    }
    return files;
  }

  private partitionFolder(index: number, partition: readonly string[]): string {
    const parts = partition.map((value, place) => `${planName(index, place)}=${encodeURIComponent(value)}`);
    return path.join(this.folder, `table-${index}`, ...parts);
  }

  /** @param columns With the engine's types. */
  private async writeEmpty(file: string, columns: readonly { readonly name: string; readonly type: string }[]): Promise<void> {
    const select = columns.map(({ name, type }) => `cast(null as ${type}) as ${identifier(name)}`);
    await this.connection.run(`copy (select ${select.join(', ')} limit 0) to ${literal(file)} (format parquet)`);
  }

  private async view(name: string, sql: string): Promise<void> {
    await this.connection.run(`create or replace view ${name} as ${sql}`);
  }
}

/** A column's value, whose texts are cut to the length that the catalog states, as Athena's readers cut them. */
function cutToLength(value: string, column: HiveType): string {
  const type = fromHive(column);
  return cast(typed(value, withoutLengths(type)), type);
}

/** A partition's value, which must not be longer than its key's type. */
const keyValue = (value: string, { length }: HiveType & { readonly length?: number }): string =>
  length === undefined ? value : `hw_partition_value(${value}, ${length})`;

/** How the engine reads delimited text: every value as text, missing ones as null. @throws QueryError NOT_SUPPORTED */
function textOptions(format: Extract<TableFormat, { kind: 'text' }>, columns: readonly Column[]): string {
  const nested = columns.find(({ type }) => ['array', 'map', 'struct', 'binary'].includes(type.kind));
  if (nested !== undefined)
    throw new QueryError(`NOT_SUPPORTED: column '${nested.name}' has a type that headwaters local does not read from text`);
  const names = columns.map((column) => `${literal(column.name)}: 'VARCHAR'`).join(', ');
  const settings = {
    delim: format.delimiter,
    quote: format.quote ?? '',
    escape: format.quote === undefined ? '' : (format.escape ?? ''),
    ...(format.nullText !== undefined && { nullstr: format.nullText }),
  };
  const written = Object.entries(settings).map(([name, value]) => `${name} = ${literal(value)}`);
  return [
    ...written, `columns = {${names}}`, 'header = false', `skip = ${format.header}`, 'auto_detect = false', 'null_padding = true',
    'ignore_errors = false', 'strict_mode = false',
  ].join(', '); // prettier-ignore
}
