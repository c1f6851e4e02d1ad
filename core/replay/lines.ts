/** Bytes of a line at most: an envelope holds an event in base64, and Kinesis takes 1 MiB. What is longer lost its end, and is nobody's event. */
const LONGEST_LINE = 2 * 1024 * 1024;
const NEWLINE = 10;

/** The lines of a stream of bytes; undefined for one that is too long to be an event, whose bytes are not kept. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const line = (): Uint8Array | undefined => (size > LONGEST_LINE ? undefined : Buffer.concat(parts));
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size <= LONGEST_LINE) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield line();
      parts = [];
      size = 0;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield line();
}
