import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { duckdbType } from '../glue/hive-type.ts';
import type { GlueColumn } from '../glue/table.ts';
import { checkDocument, schemaOf, type Schema } from './check-document.ts';
import { identifier, literal, messageOf } from './engine.ts';
import { PlainRows } from './plain-rows.ts';
import { skipSpace, splitDocuments } from './split-documents.ts';

export interface ConversionInput {
  readonly records: readonly { readonly id: string; readonly text: string }[];
  /** Columns of the Glue table, without its partition keys. */
  readonly columns: readonly GlueColumn[];
}

export interface Conversion {
  /** One Parquet file, rows in the order of their records; absent if no record could be converted. */
  readonly parquet: Buffer | undefined;
  /** Records that could not be converted; one bad document fails its whole record. Messages name columns, never values. */
  readonly failed: readonly Failed[];
  readonly rows: number;
}

export interface Failed {
  readonly id: string;
  /** Whether the record is no JSON at all, rather than JSON that the table does not take. */
  readonly unparsed: boolean;
  readonly errorMessage: string;
}

/** Characters gathered before they are written. */
const CHUNK = 1 << 20;

/** Converts records of JSON documents to Parquet as Firehose does with the OpenX JSON SerDe, and stricter: nothing is coerced silently. */
export class ParquetConverter {
  /** @param scratch Folder for temporary files, which are removed. */
  constructor(
    private readonly duckdb: DuckDBInstance,
    private readonly scratch: string,
  ) {}

  /** @throws RangeError for a column whose type is no Hive type; Error if the engine fails on checked documents */
  async convert({ records, columns }: ConversionInput): Promise<Conversion> {
    const schema = schemaOf(columns);
    const failed: Failed[] = [];
    const folder = path.join(this.scratch, `convert-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    try {
      const source = path.join(folder, 'rows.json');
      const rows = await this.writeRows(source, records, schema, failed);
      if (rows === 0) return { parquet: undefined, failed, rows };
      const target = path.join(folder, 'rows.parquet');
      await this.copy(source, target, schema);
      return { parquet: await readFile(target), failed, rows };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async writeRows(file: string, records: ConversionInput['records'], schema: Schema, failed: Failed[]): Promise<number> {
    const plain = new PlainRows(schema);
    const out = await open(file, 'w');
    try {
      let written = 0;
      let rows: string[] = [];
      let size = 0;
      const flush = async (): Promise<void> => {
        await out.appendFile(`${rows.join('\n')}\n`);
        written += rows.length;
        rows = [];
        size = 0;
      };
      for (const { id, text } of records) {
        const checked = checkRecord(text, schema, plain);
        if ('fault' in checked) {
          failed.push({ id, unparsed: !isJson(text), errorMessage: checked.fault });
          continue;
        }
        for (const row of checked.rows) rows.push(row);
        size += text.length;
        if (size >= CHUNK) await flush();
      }
      if (rows.length > 0) await flush();
      return written;
    } finally {
      await out.close();
    }
  }

  private async copy(source: string, target: string, schema: Schema): Promise<void> {
    const types = [...schema].map(([name, type]) => `${literal(name)}: ${literal(duckdbType(type))}`);
    const names = [...schema.keys()].map(identifier);
    const connection = await this.duckdb.connect();
    try {
      await connection.run(
        `copy (select ${names.join(', ')} from read_json(${literal(source)}, format = 'newline_delimited', columns = {${types.join(', ')}})) ` +
          `to ${literal(target)} (format parquet, compression snappy)`,
      );
    } catch (error) {
      // the cause stays behind: its words may quote a value
      // eslint-disable-next-line preserve-caught-error
      throw new Error(`the checked documents could not be written as Parquet: ${kindOf(error)}`);
    } finally {
      connection.closeSync();
    }
  }
}

/** The rows of a record: documents that are rows as they stand are found first, and what stands behind is checked document by document. */
function checkRecord(
  text: string,
  schema: Schema,
  plain: PlainRows,
): { readonly rows: readonly string[] } | { readonly fault: string } {
  const rows: string[] = [];
  let at = skipSpace(text, 0);
  for (let end = plain.endOf(text, at); end !== undefined; end = plain.endOf(text, at)) {
    rows.push(text.slice(at, end));
    at = skipSpace(text, end);
  }
  if (at === text.length && rows.length > 0) return { rows };
  const documents = splitDocuments(text.slice(at));
  if (documents === undefined) return { fault: 'the record is not a sequence of JSON objects' };
  for (const document of documents) {
    if (plain.endOf(document, 0) === document.length) {
      rows.push(document);
      continue;
    }
    const checked = checkDocument(document, schema);
    if ('fault' in checked) return checked;
    rows.push(checked.row);
    plain.learn(document);
  }
  return { rows };
}

/** One document or several: each that `splitDocuments` finds was judged, so that what it cannot split is asked for as a whole. */
function isJson(text: string): boolean {
  return (splitDocuments(text) ?? [text]).every((document) => {
    try {
      JSON.parse(document);
      return true;
    } catch {
      return false;
    }
  });
}

/** The engine's words may quote a value: only the kind of its error is told. */
const kindOf = (error: unknown): string => /^[A-Za-z ]+ Error/.exec(messageOf(error))?.[0] ?? 'error';
