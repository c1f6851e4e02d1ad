import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Content } from '../s3/index.ts';
import { ServiceError } from '../service.ts';
import { ChunkDecoder } from './aws-chunked.ts';
import { header, type RequestHead, type WireRequest } from './wire.ts';

/** Bytes of a body above which it is not held in memory: more than the parts in which clients upload unless told otherwise. */
const IN_MEMORY = 8 * 1024 * 1024;

/** A body that lies in a file of its own. */
export interface Spooled {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 in hex, which signatures hold for a body that is not chunked. */
  readonly sha256: string;
}

/** A request whose body may lie in a file; `body` is then empty. */
export type SpooledRequest = WireRequest & { readonly spooled?: Spooled };

/** What a request is made of, for all protocols: the operation's bytes, wherever they are. */
export const contentOf = ({ body, spooled }: SpooledRequest): Content =>
  spooled === undefined ? body : [{ file: spooled.file, start: 0, end: spooled.size }];

/** Whether a request's body is too large for memory; one that says nothing of its length may be. */
export function isLarge(head: Pick<RequestHead, 'headers'>): boolean {
  const length = header(head, 'content-length') ?? header(head, 'x-amz-decoded-content-length');
  return length === undefined ? header(head, 'transfer-encoding') !== undefined : Number(length) > IN_MEMORY;
}

const isChunked = (head: Pick<RequestHead, 'headers'>): boolean =>
  (header(head, 'content-encoding') ?? '').split(/\s*,\s*/).includes('aws-chunked') ||
  header(head, 'x-amz-content-sha256')?.startsWith('STREAMING-') === true;

/**
 * Writes a body to a temporary file as it comes, taken out of its chunks; whoever reads the request removes the file with {@link discard}.
 *
 * @param folder Where the file lies
 * @throws ServiceError IncompleteBody, RequestTimeout
 */
export async function spool(
  incoming: Readable,
  head: Pick<RequestHead, 'headers'>,
  folder = tmpdir(),
): Promise<{ readonly spooled: Spooled; readonly trailers: Readonly<Record<string, string>> }> {
  const file = path.join(folder, `headwaters-body-${randomUUID()}`);
  const decoder = isChunked(head) ? new ChunkDecoder() : undefined;
  const sha256 = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      incoming,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          for (const bytes of decoder?.decode(piece) ?? [piece]) {
            size += bytes.length;
            sha256.update(bytes);
            yield bytes;
          }
        }
      },
      createWriteStream(file, { mode: 0o600 }),
    );
    const expected = Number(header(head, 'x-amz-decoded-content-length') ?? size);
    if (size !== expected)
      throw new ServiceError('IncompleteBody', "the body is not as long as 'x-amz-decoded-content-length' says");
    return { spooled: { file, size, sha256: sha256.digest('hex') }, trailers: decoder?.end() ?? {} };
  } catch (error) {
    await rm(file, { force: true });
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('RequestTimeout', 'The connection was closed before the request was complete');
  }
}

/** Removes what a request left in a file. */
export async function discard({ spooled }: SpooledRequest): Promise<void> {
  if (spooled !== undefined) await rm(spooled.file, { force: true });
}
