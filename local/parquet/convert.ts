import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import { duckdbType } from '../glue/hive-type.ts';
import type { GlueColumn } from '../glue/table.ts';
import { checkDocument, schemaOf, type Schema } from './check-document.ts';
import { identifier, literal, messageOf } from './engine.ts';
import { splitDocuments } from './split-documents.ts';

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
const LINE_FEED = 10;

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
    const out = createWriteStream(file);
    const done = finished(out);
    done.catch(() => undefined); // awaited below; a failure in between must not end the process
    let rows = 0;
    let chunk: string[] = [];
    let size = 0;
    for (const { id, text } of records) {
      const checked = checkRecord(text, schema);
      if ('fault' in checked) failed.push({ id, unparsed: !isJson(text), errorMessage: checked.fault });
      else {
        rows += checked.rows;
        size += checked.lines.length;
        chunk.push(checked.lines);
      }
      if (size < CHUNK) continue;
      if (!out.write(chunk.join(''))) await Promise.race([once(out, 'drain'), done]);
      chunk = [];
      size = 0;
    }
    out.end(chunk.join(''));
    await done;
    return rows;
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

function checkRecord(
  text: string,
  schema: Schema,
): { readonly rows: number; readonly lines: string } | { readonly fault: string } {
  const documents = splitDocuments(text);
  if (documents === undefined) return { fault: 'the record is not a sequence of JSON objects' };
  const rows: string[] = [];
  let asTheyCame = true;
  for (const document of documents) {
    const checked = checkDocument(document, schema);
    if ('fault' in checked) return checked;
    rows.push(checked.row);
    asTheyCame &&= checked.row === document;
  }
  return { rows: rows.length, lines: asTheyCame && isLines(text, documents) ? text : `${rows.join('\n')}\n` };
}

/** Whether a record is nothing but its documents, each ended by a line feed. */
function isLines(text: string, documents: readonly string[]): boolean {
  let at = 0;
  for (const { length } of documents) {
    at += length;
    if (text.charCodeAt(at) !== LINE_FEED) return false;
    at += 1;
  }
  return at === text.length;
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
