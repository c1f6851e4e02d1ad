const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);
const END = 93;
const SPACE = new Set([32, 9, 10, 13]);

/** What breaks a JSON array, and after how many whole items. */
export class ArrayBroken extends Error {
  constructor(
    readonly items: number,
    readonly why: string,
  ) {
    super(why);
  }
}

/**
 * Splits the text of one JSON array into its items as they come: no more than one is held. Only what lies between items is judged here;
 * the items are for a parser to judge.
 *
 * @param chunks The bytes behind the opening bracket
 * @param longest Bytes that an item may have
 * @throws {@link ArrayBroken}
 */
export async function* splitArray(chunks: AsyncIterable<Buffer>, longest: number): AsyncIterable<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  let items = 0;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let isClosed = false;
  /** What may come: an item, and behind one a comma. */
  let state: 'first' | 'item' | 'inside' | 'behind' = 'first';
  const hold = (part: Buffer) => {
    length += part.length;
    if (length > longest) throw new ArrayBroken(items, `has more than ${longest} bytes`);
    if (part.length > 0) parts.push(Buffer.from(part));
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inText) {
        inText = escaped || byte !== QUOTE;
        escaped = !escaped && byte === BACKSLASH;
        continue;
      }
      if (state !== 'inside') {
        if (SPACE.has(byte)) continue;
        if (isClosed) throw new ArrayBroken(items, 'is followed by more than the array');
        if (state === 'behind' && byte === COMMA) {
          state = 'item';
          continue;
        }
        if (byte === END && state !== 'item') {
          isClosed = true;
          continue;
        }
        if (state === 'behind' || byte === COMMA || byte === END) throw new ArrayBroken(items, 'is not JSON');
        state = 'inside';
        start = at;
      }
      if (byte === QUOTE) inText = true;
      else if (OPENING.has(byte)) depth += 1;
      else if (depth === 0 && (byte === COMMA || byte === END)) {
        // a number or a word has ended; the sign that ends it is judged again
        hold(chunk.subarray(start, at));
        at -= 1;
        state = 'behind';
      } else if (CLOSING.has(byte)) {
        depth -= 1;
        if (depth === 0) {
          hold(chunk.subarray(start, at + 1));
          state = 'behind';
        }
      }
      if (state === 'behind') {
        yield Buffer.concat(parts);
        items += 1;
        [parts, length] = [[], 0];
      }
    }
    if (state === 'inside') hold(chunk.subarray(start));
  }
  if (!isClosed) throw new ArrayBroken(items, 'breaks off');
}
