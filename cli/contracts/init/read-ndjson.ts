import { parseEvent, type JsonObject } from '../../../core/record/parse-json.ts';
import { splitLines } from '../../../core/record/split-lines.ts';
import { splitRecord } from '../../../core/record/split-record.ts';
import { CommandError } from '../../command-error.ts';
import { bytesOf } from './sample-bytes.ts';
import type { SampleFile } from './sample-file.ts';
import { ArrayBroken, splitArray } from './split-array.ts';

/** An event of a sample, and its text. */
export interface SampleRow {
  readonly row: JsonObject;
  readonly text: string;
}

/** Bytes of an event at most: a Kinesis record holds no more, and a file without newlines is no NDJSON. */
const LONGEST_EVENT = 1024 * 1024;

const WHY: Readonly<Record<string, string>> = {
  'not-json': 'is not JSON',
  'not-an-object': 'is not an object',
  'duplicate-key': 'has a key twice',
  'invalid-text': 'holds a text that UTF-8 cannot',
  'too-deep': 'is nested too deep',
};

/**
 * Reads a file of one JSON object a line as the platform will read it: numbers keep their digits. A file that is one JSON array is read
 * item by item: it is what exports give, and no event.
 *
 * @throws {@link CommandError} `NotNdjson` with the line, `NotJsonArray` with the item
 */
export async function* readNdjson(file: SampleFile): AsyncIterable<SampleRow> {
  const chunks = bytesOf(file)[Symbol.asyncIterator]();
  try {
    let head = Buffer.alloc(0);
    for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next()) {
      head = Buffer.concat([head, chunk.value]);
      if (startOf(head) < head.length) break;
    }
    const start = startOf(head);
    const isArray = head[start] === '['.charCodeAt(0);
    const rest = following(isArray ? head.subarray(start + 1) : head, chunks);
    yield* isArray ? readItems(file, rest) : readLines(file, rest);
  } finally {
    await chunks.return?.();
  }
}

async function* following(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  yield first;
  for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next()) yield chunk.value;
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Where the text begins behind a byte order mark and white space. */
function startOf(bytes: Buffer): number {
  let start = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while ([32, 9, 10, 13].includes(bytes[start] ?? 0)) start += 1;
  return start;
}

async function* readItems({ file }: SampleFile, bytes: AsyncIterable<Buffer>): AsyncIterable<SampleRow> {
  let count = 0;
  const refuse = (item: number, why: string) =>
    new CommandError(
      'NotJsonArray',
      `'${file}' begins like one JSON array, which must hold objects and nothing else; item ${item} ${why}; mend it, or write one object a line`,
    );
  try {
    for await (const item of splitArray(bytes, LONGEST_EVENT)) {
      count += 1;
      const text = decode(item);
      if (text === undefined) throw refuse(count, 'is not UTF-8');
      const parsed = parseEvent(text);
      if ('reason' in parsed) throw refuse(count, WHY[parsed.reason] ?? 'is not an event');
      yield { row: parsed.event, text };
    }
  } catch (error) {
    throw error instanceof ArrayBroken ? refuse(error.items + 1, error.why) : error;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });
function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

async function* readLines({ file, gzipped }: SampleFile, bytes: AsyncIterable<Buffer>): AsyncIterable<SampleRow> {
  let line = 0;
  const refuse = (why: string, remedy = "mend it, or say what the file is with '--format'") =>
    new CommandError('NotNdjson', `'${file}' must hold one JSON object on each line; line ${line} ${why}; ${remedy}`);
  for await (const bytesOfLine of splitLines(bytes, LONGEST_EVENT)) {
    line += 1;
    if (bytesOfLine === undefined) throw refuse(`has more than ${LONGEST_EVENT} bytes`);
    for (const { text } of splitRecord(bytesOfLine)) {
      if (text === undefined) throw refuse('is not UTF-8');
      const parsed = parseEvent(text);
      if ('reason' in parsed && text.trim() === '{')
        throw refuse(
          'opens an object that goes on behind it',
          `write it on one line, for example with "${gzipped ? 'gunzip -c' : 'cat'} ${file} | jq -c . > events.ndjson"`,
        );
      if ('reason' in parsed) throw refuse(WHY[parsed.reason] ?? 'is not an event');
      yield { row: parsed.event, text };
    }
  }
}
