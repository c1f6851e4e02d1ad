import { readFileSync } from 'node:fs';
import { isCode } from '../glue/glue-error.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { Caller } from '../service.ts';
import type { Execution, ResultShape } from './execution.ts';
import { invalid } from './invalid-request.ts';
import { fromCsv, toCsv, type QueryResult, type ResultColumn, type ResultRow } from './result.ts';
import { toMetadata } from './result-metadata.ts';
import { putOptions } from './result-settings.ts';

/** What a statement answers. */
export type Outcome =
  | ({ readonly kind: 'rows' } & QueryResult)
  | { readonly kind: 'text'; readonly columns: readonly ResultColumn[]; readonly lines: readonly string[] }
  /** `files` are S3 addresses; a statement that writes none has no manifest. */
  | { readonly kind: 'written'; readonly rows: number; readonly files?: readonly string[] | undefined };

/** Files whose contents are kept at hand while a client reads page after page. */
const AT_HAND = 4;

/** The column that a statement which writes rows answers with. */
const ROWS: ResultColumn = { label: 'rows', name: 'bigint', precision: 19, scale: 0 };

/** The files that executions leave in S3, written and read as their callers. */
export class ResultFiles {
  private readonly atHand = new Map<string, readonly ResultRow[]>();

  constructor(private readonly store: ObjectStore) {}

  /** Leaves the files of an outcome. @returns what `GetQueryResults` must know of it later. @throws ServiceError as S3 refuses */
  async write(caller: Caller, execution: Execution, outcome: Outcome): Promise<ResultShape> {
    const { key, settings } = execution;
    const put = async (name: string, body: Buffer): Promise<void> => this.put(caller, settings.bucket, name, body, execution);
    const columns = outcome.kind === 'written' ? [ROWS] : outcome.columns;
    const updated = outcome.kind === 'written' ? outcome.rows : 0;
    if (outcome.kind === 'rows') await put(key, toCsv(outcome));
    if (outcome.kind === 'text') await put(key, Buffer.from(outcome.lines.map((line) => `${line}\n`).join('')));
    if (outcome.kind === 'written' && outcome.files !== undefined) {
      await put(`${key}-manifest.csv`, Buffer.from(outcome.files.map((file) => `${file}\n`).join('')));
      execution.manifest = `s3://${settings.bucket}/${key}-manifest.csv`;
    }
    await put(`${key}.metadata`, toMetadata(execution.id, columns));
    return { kind: outcome.kind, columns, updated };
  }

  /** Puts one file of an execution, encrypted as its settings say. @throws ServiceError as S3 refuses */
  async put(caller: Caller, bucket: string, key: string, body: Buffer, { settings }: Pick<Execution, 'settings'>): Promise<void> {
    await this.store.putObject(caller, bucket, key, body, putOptions(settings));
  }

  /**
   * The rows of a result, a header among them, which the caller must be allowed to read where they lie.
   *
   * @throws ServiceError AccessDenied; InvalidRequestException where the file is gone
   */
  read(caller: Caller, { id, key, settings }: Execution, kind: ResultShape['kind']): readonly ResultRow[] {
    const { etag, file } = this.open(caller, settings.bucket, kind === 'written' ? `${key}.metadata` : key);
    if (kind === 'written') return [];
    const name = `${id} ${etag}`;
    const rows = this.atHand.get(name) ?? parse(readFileSync(file, 'utf8'), kind);
    this.atHand.delete(name);
    this.atHand.set(name, rows);
    for (const oldest of this.atHand.keys()) if (this.atHand.size > AT_HAND) this.atHand.delete(oldest);
    return rows;
  }

  private open(caller: Caller, bucket: string, key: string): { readonly etag: string; readonly file: string } {
    try {
      return this.store.getObject(caller, bucket, key);
    } catch (error) {
      throw isCode(error, 'NoSuchKey') ? invalid('Could not find results', 'RESULT_NOT_FOUND') : error;
    }
  }
}

function parse(text: string, kind: 'rows' | 'text'): readonly ResultRow[] {
  if (kind === 'rows') return fromCsv(text);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => [line]);
}
