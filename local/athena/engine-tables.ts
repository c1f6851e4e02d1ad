import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbType } from '../glue/hive-type.ts';
import { identifier, literal } from '../parquet/engine.ts';
import type { BaseTable, Column, TableObject, View } from './relations.ts';
import { ENGINE_CATALOG } from './sql/references.ts';

/**
 * A column's name as the engine's plan shows it: the plan names neither tables nor files, and these names say both the table's and the
 * column's place.
 */
export const planName = (table: number, column: number): string => `hw${table}_${column}_`;

const nameOf = ({ database, table }: { readonly database: string; readonly table: string }): string =>
  [ENGINE_CATALOG, database, table].map(identifier).join('.');

const allColumns = (table: BaseTable): readonly Column[] => [...table.columns, ...table.partitionKeys];

/** The relations of one query inside the engine: first as empty stand-ins that a plan can be made with, then as the files a plan selected. */
export class EngineTables {
  /** @param folder The query's own, which the caller removes. */
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /** Makes stand-ins for the tables and the views over them. */
  async plan(tables: readonly BaseTable[], relations: readonly (BaseTable | View)[]): Promise<void> {
    for (const database of new Set(relations.map((relation) => relation.database))) {
      await this.connection.run(`create schema if not exists ${identifier(ENGINE_CATALOG)}.${identifier(database)}`);
    }
    for (const [index, table] of tables.entries()) {
      const file = path.join(this.folder, `plan-${index}.parquet`);
      const columns = allColumns(table).map((column, place) => ({ name: planName(index, place), type: column.type }));
      await this.writeEmpty(file, columns);
      const select = allColumns(table).map((column, place) => `${planName(index, place)} as ${identifier(column.name)}`);
      await this.view(nameOf(table), `select ${select.join(', ')} from read_parquet(${literal(file)})`);
    }
    for (const relation of relations) {
      if (relation.kind !== 'view') continue;
      const columns = relation.columns.length === 0 ? '' : ` (${relation.columns.map(identifier).join(', ')})`;
      await this.view(`${nameOf(relation)}${columns}`, relation.sql);
    }
  }

  /** Puts the files themselves in a table's place; types are the catalog's, never the file's. */
  async load(index: number, table: BaseTable, objects: readonly TableObject[]): Promise<void> {
    const files = await this.link(index, table, objects);
    const select = [
      ...table.columns.map(
        (column) => `cast(${identifier(column.name)} as ${duckdbType(column.type)}) as ${identifier(column.name)}`,
      ),
      ...table.partitionKeys.map(
        (key, place) => `cast(${planName(index, place)} as ${duckdbType(key.type)}) as ${identifier(key.name)}`,
      ),
    ];
    await this.view(nameOf(table), `select ${select.join(', ')} from ${await this.reader(index, table, files)}`);
  }

  private async reader(index: number, table: BaseTable, files: readonly string[]): Promise<string> {
    const hive =
      table.partitionKeys.length > 0 ? ', hive_partitioning = true, hive_types_autocast = false' : ', hive_partitioning = false';
    const columns = table.columns.map((column) => `${literal(column.name)}: ${literal(duckdbType(column.type))}`).join(', ');
    if (table.format === 'json' && files.length > 0) {
      return `read_json([${files.map(literal).join(', ')}], format = 'newline_delimited', columns = {${columns}}${hive})`;
    }
    // an empty file of the catalog's columns comes first, so that a column which old files lack is null
    const schema = path.join(this.partitionFolder(index, table.partitionKeys.map(() => '0')), 'schema.parquet'); // prettier-ignore
    await mkdir(path.dirname(schema), { recursive: true });
    await this.writeEmpty(schema, table.columns);
    return `read_parquet([${[schema, ...files].map(literal).join(', ')}], union_by_name = true${hive})`;
  }

  /** A folder for each partition, and in it links to the objects' files, whose own places say nothing about partitions. */
  private async link(index: number, table: BaseTable, objects: readonly TableObject[]): Promise<string[]> {
    const files: string[] = [];
    for (const [place, { object, partition }] of objects.entries()) {
      const folder = this.partitionFolder(index, partition);
      await mkdir(folder, { recursive: true });
      const file = path.join(
        folder,
        `${String(place).padStart(8, '0')}.${table.format}${object.key.endsWith('.gz') ? '.gz' : ''}`,
      );
      await symlink(path.resolve(object.file), file);
      files.push(file);
    }
    return files;
  }

  private partitionFolder(index: number, partition: readonly string[]): string {
    const parts = partition.map((value, place) => `${planName(index, place)}=${encodeURIComponent(value)}`);
    return path.join(this.folder, `table-${index}`, ...parts);
  }

  private async writeEmpty(file: string, columns: readonly Column[]): Promise<void> {
    const select = columns.map((column) => `cast(null as ${duckdbType(column.type)}) as ${identifier(column.name)}`);
    await this.connection.run(`copy (select ${select.join(', ')} limit 0) to ${literal(file)} (format parquet)`);
  }

  private async view(name: string, sql: string): Promise<void> {
    await this.connection.run(`create or replace view ${name} as ${sql}`);
  }
}
