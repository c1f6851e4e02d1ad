import { createReadStream, existsSync } from 'node:fs';
import { CommandError } from '../command-error.ts';

const NEWLINE = 0x0a;

/** The lines of a file, or of standard input for `-`, as bytes: what is no UTF-8 stays what it is. Empty lines are passed over. */
export async function* readLines(file: string): AsyncGenerator<Buffer> {
  if (file !== '-' && !existsSync(file))
    throw new CommandError(
      'FileMissing',
      `the file of events must exist, got '${file}'; mend the path, or write - for standard input`,
    );
  const source: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    let text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE)) {
      const line = trimmed(text.subarray(0, end));
      if (line.length > 0) yield line;
      text = text.subarray(end + 1);
    }
    rest = text;
  }
  const last = trimmed(rest);
  if (last.length > 0) yield last;
}

/** Without the carriage return of a file that was written on Windows. */
const trimmed = (line: Buffer): Buffer => (line.at(-1) === 0x0d ? line.subarray(0, -1) : line);
