import { readFileSync } from 'node:fs';
import { isCode } from '../glue/glue-error.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Execution, ResultShape } from './execution.ts';
import { invalid } from './invalid-request.ts';
import { fromCsv, toCsv, type QueryResult, type ResultColumn, type ResultRow } from './result.ts';
import { toMetadata } from './result-metadata.ts';
import { putOptions } from './result-settings.ts';

/** What a statement answers. */
export type Outcome =
  /** `literal`: it selects literals and nothing else, which Athena answers without its engine. */
  | ({ readonly kind: 'rows'; readonly literal?: boolean } & QueryResult)
  | {
      readonly kind: 'text';
      readonly columns: readonly ResultColumn[];
      readonly lines: readonly string[];
      /** @default - Athena tells no count */
      readonly updated?: number;
      /** Who answers. `nobody`: there is nothing to say, and no columns are told. @default 'hive' */
      readonly by?: 'engine' | 'hive' | 'nobody';
    }
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
    const type = contentType(outcome);
    const put = async (name: string, body: Buffer): Promise<void> =>
      this.put(caller, settings.bucket, name, body, execution, type);
    const columns = outcome.kind === 'written' ? [ROWS] : outcome.columns;
    const updated = updatedBy(outcome);
    if (outcome.kind === 'rows') await put(key, toCsv(outcome));
    if (outcome.kind === 'text') await put(key, Buffer.from(outcome.lines.join('\n')));
    if (outcome.kind === 'written' && outcome.files !== undefined) {
      await put(`${key}-manifest.csv`, Buffer.from(outcome.files.map((file) => `${file}\n`).join('')));
      execution.manifest = `s3://${settings.bucket}/${key}-manifest.csv`;
    }
    if (outcome.kind !== 'text' || outcome.by !== 'nobody') await put(`${key}.metadata`, toMetadata(execution, outcome, columns));
    return { kind: outcome.kind, columns, updated };
  }

  /** Leaves the reason of a failure where the result would be, as Hive's statements do; one that cannot be left is not. */
  async writeReason(caller: Caller, execution: Execution, reason: string): Promise<void> {
    const { key, settings } = execution;
    try {
      await this.put(caller, settings.bucket, key, Buffer.from(reason), execution, ENGINE_TYPE);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }

  /** Puts one file of an execution, encrypted as its settings say. @throws ServiceError as S3 refuses */
  async put(
    caller: Caller,
    bucket: string,
    key: string,
    body: Buffer,
    { settings }: Pick<Execution, 'settings'>,
    contentType?: string,
  ): Promise<void> {
    await this.store.putObject(caller, bucket, key, body, {
      ...putOptions(settings),
      ...(contentType !== undefined && { contentType }),
    });
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
  return text === '' ? [] : text.split('\n').map((line) => [line]);
}

/** What Athena tells of rows changed: none of Hive's own answers, and of queries 0. */
function updatedBy(outcome: Outcome): number | undefined {
  if (outcome.kind === 'written') return outcome.rows;
  return outcome.kind === 'rows' ? 0 : outcome.updated;
}

/** What Athena's engine, and Hive, call their files; what is answered without either has the type that S3 gives. */
const ENGINE_TYPE = 'application/octet-stream';

function contentType(outcome: Outcome): string | undefined {
  if (outcome.kind === 'rows') return outcome.literal === true ? undefined : ENGINE_TYPE;
  if (outcome.kind === 'written') return ENGINE_TYPE;
  return outcome.updated === undefined && outcome.by !== 'nobody' ? ENGINE_TYPE : undefined;
}
