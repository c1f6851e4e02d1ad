import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseEvent, type JsonObject } from '../../../core/record/parse-json.ts';
import { splitRecord } from '../../../core/record/split-record.ts';
import { CommandError } from '../../command-error.ts';
import type { SampleFile } from './sample-file.ts';

/** An event of a sample, and its text. */
export interface SampleRow {
  readonly row: JsonObject;
  readonly text: string;
}

const NEWLINE = 10;
/** Bytes of an event at most: a Kinesis record holds no more, and a file without newlines is no NDJSON. */
const LONGEST_LINE = 1024 * 1024;

const WHY: Readonly<Record<string, string>> = {
  'not-json': 'is not JSON',
  'not-an-object': 'is not an object',
  'duplicate-key': 'has a key twice',
  'invalid-text': 'holds a text that UTF-8 cannot',
  'too-deep': 'is nested too deep',
};

/**
 * Reads a file of one JSON object a line as the platform will read it: numbers keep their digits.
 *
 * @throws {@link CommandError} `NotNdjson` with the line
 */
export async function* readNdjson({ file, gzipped }: SampleFile): AsyncIterable<SampleRow> {
  let line = 0;
  const refuse = (why: string) =>
    new CommandError(
      'NotNdjson',
      `'${file}' must hold one JSON object on each line; line ${line} ${why}; mend it, or say what the file is with '--format'`,
    );
  for await (const bytes of linesOf(file, gzipped)) {
    line += 1;
    if (bytes.length > LONGEST_LINE) throw refuse(`has more than ${LONGEST_LINE} bytes`);
    for (const { text } of splitRecord(bytes)) {
      if (text === undefined) throw refuse('is not UTF-8');
      const parsed = parseEvent(text);
      if ('reason' in parsed) throw refuse(WHY[parsed.reason] ?? 'is not an event');
      yield { row: parsed.event, text };
    }
  }
}

/** The lines of a file, which may be of any size: no more than one is held. A line that is too long comes cut, and is the last. */
async function* linesOf(file: string, gzipped: boolean): AsyncIterable<Uint8Array> {
  const source = createReadStream(file);
  const stream = gzipped ? pipeline(source, createGunzip(), () => undefined) : source; // an error ends the reading below as well
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.subarray(start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > LONGEST_LINE) break;
    }
  } catch (error) {
    if (String((error as { readonly code?: unknown } | undefined)?.code).startsWith('Z_'))
      throw new CommandError('NotGzip', `'${file}' must be a whole gzip file; it breaks off or is damaged`);
    throw error;
  } finally {
    source.destroy();
  }
  if (rest.length > 0) yield rest;
}
