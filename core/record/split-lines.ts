/** Bytes of a line at most: an envelope holds an event in base64, and Kinesis takes 1 MiB. What is longer lost its end, and is nobody's event. */
export const LONGEST_LINE = 2 * 1024 * 1024;
const NEWLINE = 10;

/**
 * The lines of a stream of bytes. One of more than `longest` bytes is undefined, whose bytes are not kept; it comes before its end has, so
 * that nobody need read on.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, longest = LONGEST_LINE): AsyncGenerator<Buffer | undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      const part = chunk.subarray(start, newline === -1 ? chunk.length : newline);
      const fitted = size <= longest;
      size += part.length;
      if (size <= longest) parts.push(part);
      else parts = [];
      if (fitted && size > longest) yield undefined;
      start += part.length + 1;
      if (newline === -1) break;
      if (size <= longest) yield Buffer.concat(parts);
      parts = [];
      size = 0;
    }
  }
  if (size > 0 && size <= longest) yield Buffer.concat(parts);
}
