/** One line of a Kinesis record: its text, or the bytes that are not UTF-8. */
export interface Fragment {
  /** Place in the record, from 0, blank lines counted. */
  readonly ordinal: number;
  readonly text?: string;
  /** As it came: its text with a byte order mark, or its bytes. */
  readonly line: string | Uint8Array;
}

const NEWLINE = 10;
const BYTE_ORDER_MARK = '\ufeff';
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Splits a record at its newlines. Blank lines are separators; one line that is not UTF-8 leaves its neighbours alone. */
export function splitRecord(bytes: Uint8Array): Fragment[] {
  const text = decode(bytes);
  if (text === undefined) return splitBytes(bytes);
  const fragments: Fragment[] = [];
  let ordinal = 0;
  for (let start = 0; start <= text.length; ordinal += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    if (!isBlank(line)) fragments.push({ ordinal, text: withoutMark(line), line });
    start = end + 1;
  }
  return fragments;
}

/** The bytes of a line, as they came. */
export const bytesOf = ({ line }: Fragment): Uint8Array => (typeof line === 'string' ? encoder.encode(line) : line);

/** Whether the record ends as a producer should end it, so that records stay apart in `raw`. */
export const isTerminated = (bytes: Uint8Array): boolean => bytes.at(-1) === NEWLINE;

function splitBytes(bytes: Uint8Array): Fragment[] {
  const fragments: Fragment[] = [];
  let ordinal = 0;
  for (let start = 0; start <= bytes.length; ordinal += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    const text = decode(line);
    if (text === undefined) fragments.push({ ordinal, line });
    else if (!isBlank(text)) fragments.push({ ordinal, text: withoutMark(text), line });
    start = end + 1;
  }
  return fragments;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

const isBlank = (text: string): boolean => /^[ \t\r\ufeff]*$/.test(text); // JSON's white space, and a byte order mark
const withoutMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
