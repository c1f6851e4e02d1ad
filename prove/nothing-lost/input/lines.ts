const NEWLINE = 10;
/** What JSON takes for white space beside the newline, and the bytes of a byte order mark. */
const BLANKS = new Set([9, 13, 32, 0xef, 0xbb, 0xbf]);
const BLANK = /^[\t\r \ufeff]*$/;

/** The lines of a text that hold something: what stands between two newlines, as bytes. Written apart from the product's own. */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    if (!isBlank(line)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

const isBlank = (line: Buffer): boolean => line.every((byte) => BLANKS.has(byte)) && BLANK.test(line.toString());
