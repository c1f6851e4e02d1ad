import type { Reason } from '../../../core/record/reasons.ts';
import { eventText, type Fields, type Given, type Line } from './event.ts';

/** An input that somebody may send, good or bad, and what must become of each of its lines. */
export interface Input {
  /** `B17 a text for a number`: the number of the list it is from, where it is from one, and what it is. */
  readonly name: string;
  /** Its lines: more than one where its bytes hold a newline, none where nothing is to be stored. */
  readonly lines: (given: Given) => readonly Line[];
  /** Bytes around its lines, in place of a newline behind each. @default - a newline behind each line */
  readonly record?: (given: Given) => Buffer;
  /** Whether it takes a record of its own even where others are packed together. @default false */
  readonly alone?: boolean;
  /** Whether its lines are these behind a stream alone: Firehose unpacks nothing that is put straight into a delivery. @default false */
  readonly ofStreams?: boolean;
}

/** A line that goes to quarantine. */
export const rejected = (bytes: Buffer | string, reason: Reason): Line => ({
  bytes: Buffer.from(bytes),
  expected: { verdict: 'quarantine', reason },
});

/** An input of one line that goes to quarantine. */
export const refused = (name: string, reason: Reason, bytes: (given: Given) => Buffer | string): Input => ({
  name,
  lines: (given) => [rejected(bytes(given), reason)],
});

/** An input of one line that goes to quarantine for some of its fields. */
export const refusedFor = (name: string, reason: Reason, fields: Fields | ((given: Given) => Fields)): Input =>
  refused(name, reason, (given) => eventText(given, typeof fields === 'function' ? fields(given) : fields));

/** An input whose lines are as they are. */
export const lined = (name: string, lines: (given: Given) => readonly Line[], rest: Partial<Input> = {}): Input => ({
  name,
  lines,
  ...rest,
});

/** The bytes of a record that holds the lines of an input and nothing else. */
export function recordOf(input: Input, given: Given, lines: readonly Line[]): Buffer {
  if (input.record !== undefined) return input.record(given);
  return Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
}
