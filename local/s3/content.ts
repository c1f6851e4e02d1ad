import fs from 'node:fs';

/** Bytes that are held at once while files are read or copied. */
const CHUNK = 1024 * 1024;

/** Part of a file. */
export interface Slice {
  readonly file: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** What an object is made from: bytes in memory, or parts of files put end to end. */
export type Content = Buffer | readonly Slice[];

export const wholeFile = ({ file, size }: { readonly file: string; readonly size: number }): Slice => ({
  file,
  start: 0,
  end: size,
});

export const sizeOf = (content: Content): number =>
  Buffer.isBuffer(content) ? content.length : content.reduce((sum, { start, end }) => sum + end - start, 0);

/** The bytes in order, a chunk at a time; a chunk is good until the next is asked for. */
export function* chunksOf(content: Content): Iterable<Buffer> {
  if (Buffer.isBuffer(content)) {
    yield content;
    return;
  }
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (const { file, start, end } of content) {
    const descriptor = fs.openSync(file, 'r');
    try {
      for (let at = start; at < end;) {
        const read = fs.readSync(descriptor, buffer, 0, Math.min(CHUNK, end - at), at);
        if (read === 0) throw new Error(`'${file}' ends before byte ${end}`);
        yield buffer.subarray(0, read);
        at += read;
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }
}
