import path from 'node:path';
import { mkdir } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

/** A laptop's share, in DuckDB's spelling: what does not fit goes to the temporary folder. */
const MEMORY_LIMIT = '700MB';
const THREADS = '2';

/**
 * Opens the one DuckDB of a runtime, in memory; conversion and queries share it. It loads nothing from a network.
 *
 * @param scratch A folder that may be deleted at any time the runtime does not run; what exceeds 700 MB of memory spills there.
 */
export async function openDuckdb(scratch: string): Promise<DuckDBInstance> {
  const spill = path.join(scratch, 'duckdb');
  await mkdir(spill, { recursive: true });
  return DuckDBInstance.create(':memory:', {
    threads: THREADS,
    memory_limit: MEMORY_LIMIT,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_file_cache: 'false', // names of files come again with other bytes
  });
}

/** A text as a SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as a SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The words of what the engine threw: it is native code, whose errors may be of another realm than this code's `Error`. */
export function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' ? message : '';
}
