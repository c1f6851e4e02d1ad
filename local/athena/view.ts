import { QueryError } from './sql/query-error.ts';

/** What a Glue view of Athena's making holds. */
export interface PrestoView {
  readonly originalSql: string;
  /** The database that names without one belong to. */
  readonly schema?: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const ENVELOPE = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/;

/** Reads `ViewOriginalText`. @throws QueryError INVALID_VIEW for anything that Athena did not write */
export function readView(name: string, text: string | undefined): PrestoView {
  const encoded = ENVELOPE.exec(text?.trim() ?? '')?.[1];
  const view = encoded === undefined ? undefined : parsed(encoded);
  if (!isRecord(view) || typeof view['originalSql'] !== 'string') {
    throw new QueryError(`INVALID_VIEW: the text of view '${name}' must be a Presto view: base64 of JSON with originalSql`);
  }
  const columns = Array.isArray(view['columns']) ? (view['columns'] as unknown[]) : [];
  return {
    originalSql: view['originalSql'],
    ...(typeof view['schema'] === 'string' && { schema: view['schema'].toLowerCase() }),
    columns: columns.map((column) => {
      if (isRecord(column) && typeof column['name'] === 'string' && typeof column['type'] === 'string') {
        return { name: column['name'].toLowerCase(), type: column['type'] };
      }
      throw new QueryError(`INVALID_VIEW: each column of view '${name}' must have a name and a type`);
    }),
  };
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** `ViewOriginalText` of a view, as Athena writes it. */
export function writeView({ originalSql, schema, columns }: PrestoView): string {
  const view = { originalSql, catalog: 'awsdatacatalog', schema, columns };
  return `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`;
}
