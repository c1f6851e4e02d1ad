import { bytesOf } from './sample-bytes.ts';
import type { SampleFile } from './sample-file.ts';

const [QUOTE, NEWLINE, RETURN] = [34, 10, 13];
const DELIMITERS = [',', ';', '\t', '|'].map((sign) => sign.charCodeAt(0));
const TAB = 9;
/** Bytes of a quoted cell at most: a Kinesis record holds no more. */
const LONGEST_CELL = 1024 * 1024;

/**
 * The line whose quote is closed nowhere, among the first rows of a CSV file; undefined where all are closed. A reader that guesses how a
 * file is quoted takes such a quote for a sign that nothing is, and lines for single cells. Cells behind tabs are not quoted by everybody: a
 * quote says nothing there.
 */
export async function openQuote(file: SampleFile, rows: number): Promise<number | undefined> {
  let [line, row, length] = [1, 0, 0];
  let delimiter: number | undefined;
  const counts = new Map<number, number>();
  let state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let opened = 0;
  let isFirst = true;
  for await (const chunk of bytesOf(file)) {
    const bytes = isFirst && chunk.subarray(0, 3).equals(Buffer.from('\ufeff')) ? chunk.subarray(3) : chunk;
    isFirst = false;
    for (const byte of bytes) {
      const endsLine = byte === NEWLINE || byte === RETURN;
      if (byte === NEWLINE) line += 1;
      if (state === 'quoted') {
        length += 1;
        if (byte === QUOTE) state = 'closing';
        else if (length > LONGEST_CELL) return opened;
        continue;
      }
      if (state === 'closing' && byte === QUOTE) {
        state = 'quoted'; // a quote twice is one of the value
        continue;
      }
      const endsCell = endsLine || (delimiter === undefined ? DELIMITERS.includes(byte) : byte === delimiter);
      if (state === 'closing' && !endsCell && byte !== 32) {
        if (line > opened) return opened; // that quote opens another cell
        state = 'plain';
      }
      if (delimiter === undefined && DELIMITERS.includes(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
      if (endsLine && delimiter === undefined && counts.size > 0) {
        delimiter = [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
        if (delimiter === TAB) return undefined;
      }
      if (byte === NEWLINE) {
        row += 1;
        if (row > rows) return undefined;
      }
      if (endsCell) state = 'start';
      else if (state === 'start' && byte === QUOTE) [state, opened, length] = ['quoted', line, 0];
      else if (state === 'start') state = 'plain';
    }
  }
  return state === 'quoted' ? opened : undefined;
}
