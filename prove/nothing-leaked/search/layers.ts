import { readFileSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { chunksOfParquet, footerOfParquet, rowsOfDatabase, rowsOfParquet } from './engine.ts';
import { pagesOf } from './parquet-pages.ts';

/** Some of what a file holds, and how deep it lay. */
export interface Layer {
  readonly layer: string;
  readonly bytes: Uint8Array;
}

/** A file that is packed in a way which a search does not open: what lies in it would not be found. */
export class Unsearchable extends Error {
  readonly code = 'Unsearchable';
  constructor(file: string, how: string) {
    super(`Unsearchable: '${file}' is packed as ${how}, which the search does not open; teach it to`);
  }
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const PARQUET = ascii('PAR1');
const DUCKDB = { at: 8, magic: ascii('DUCK') } as const;
/** First bytes of what is packed in other ways. */
const SEALED: readonly (readonly [string, Buffer])[] = [
  ['ZIP', ascii('PK\x03\x04')],
  ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['bzip2', ascii('BZh')],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ['LZ4', Buffer.from([0x04, 0x22, 0x4d, 0x18])],
  ['framed Snappy', Buffer.from([0xff, 0x06, 0x00, 0x00, 0x73])],
  ['Parquet with a packed footer', ascii('PARE')],
];

/**
 * Everything that a file holds: its bytes, and what they hold once they are unpacked.
 *
 * @throws Unsearchable for a file that it cannot open
 */
export async function* layersOf(file: string, connection: DuckDBConnection): AsyncGenerator<Layer> {
  const bytes = readFileSync(file);
  for (const [how, magic] of SEALED) if (begins(bytes, magic)) throw new Unsearchable(file, how);
  yield { layer: 'bytes', bytes };
  yield* unpacked(bytes);
  if (begins(bytes, PARQUET)) {
    yield { layer: 'rows', bytes: await rowsOfParquet(connection, file) };
    yield { layer: 'footer', bytes: await footerOfParquet(connection, file) };
    for (const chunk of await chunksOfParquet(connection, file)) {
      for (const page of pagesOf(bytes, chunk)) yield { layer: page.kind, bytes: page.bytes };
    }
  }
  if (begins(bytes.subarray(DUCKDB.at), DUCKDB.magic)) yield { layer: 'rows', bytes: await rowsOfDatabase(connection, file) };
}

/** What gzip has packed, at the beginning or within, however often. */
function* unpacked(bytes: Buffer, depth = 1): Generator<Layer> {
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
    const inner = gunzipAt(bytes, at);
    if (inner === undefined) continue;
    yield { layer: 'gzip '.repeat(depth).trimEnd(), bytes: inner };
    yield* unpacked(inner, depth + 1);
  }
}

/** Also of a stream that was cut short: what was written before it. */
function gunzipAt(bytes: Buffer, at: number): Buffer | undefined {
  try {
    return gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined; // three bytes that look like a beginning and are none
  }
}

const begins = (bytes: Buffer, magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
