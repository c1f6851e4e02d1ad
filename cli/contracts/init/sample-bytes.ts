import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../../command-error.ts';
import type { SampleFile } from './sample-file.ts';

/** The bytes of a sample as they come, unpacked where they are packed; the file may be of any size. @throws {@link CommandError} `NotGzip` */
export async function* bytesOf({ file, gzipped }: Pick<SampleFile, 'file' | 'gzipped'>): AsyncIterable<Buffer> {
  const source = createReadStream(file);
  const stream = gzipped ? pipeline(source, createGunzip(), () => undefined) : source; // an error ends the reading below as well
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    if (String((error as { readonly code?: unknown } | undefined)?.code).startsWith('Z_'))
      throw new CommandError('NotGzip', `'${file}' must be a whole gzip file; it breaks off or is damaged`);
    throw error;
  } finally {
    source.destroy();
  }
}
