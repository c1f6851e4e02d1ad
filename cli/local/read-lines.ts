import { createReadStream, statSync } from 'node:fs';
import { LONGEST_LINE, splitLines } from '../../core/record/split-lines.ts';
import { CommandError } from '../command-error.ts';
import { LARGEST_EVENT } from '../platform/put-records.ts';

/**
 * The lines of a file, or of standard input for `-`, as bytes: what is no UTF-8 stays what it is. Empty lines are passed over.
 *
 * @throws {@link CommandError} `FileMissing`, `EventTooLarge` for a line that is longer than any event
 */
export async function* readLines(file: string): AsyncGenerator<Buffer> {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false)
    throw new CommandError(
      'FileMissing',
      `the file of events must exist, and be no folder, got '${file}'; mend the path, or write - for standard input`,
    );
  const source: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  let number = 0;
  for await (const whole of splitLines(source)) {
    number += 1;
    if (whole === undefined)
      throw new CommandError(
        'EventTooLarge',
        `an event must stay under ${LARGEST_EVENT} bytes, got more than ${LONGEST_LINE} in line ${number}; split it`,
      );
    const line = trimmed(whole);
    if (line.length > 0) yield line;
  }
}

/** Without the carriage return of a file that was written on Windows. */
const trimmed = (line: Buffer): Buffer => (line.at(-1) === 0x0d ? line.subarray(0, -1) : line);
