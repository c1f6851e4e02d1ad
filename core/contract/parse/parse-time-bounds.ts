import { formatTimestamp, isDate, isTime, parseTimestamp } from '../../record/time.ts';
import type { Bounds } from '../model.ts';
import type { OdcsTypeOptions } from '../odcs/odcs-shape.ts';
import { BOUNDS, type AddFault } from './option-faults.ts';

type Kind = 'date' | 'time' | 'timestamp';

interface Written {
  /** Formats, as Java's DateTimeFormatter writes them, under which the platform reads what the contract means. */
  readonly format: RegExp;
  readonly example: string;
  /** A bound as the model keeps it; undefined for none. */
  readonly read: (text: string) => string | undefined;
}

const WRITTEN: Readonly<Record<Kind, Written>> = {
  date: { format: /^(yyyy|uuuu)-MM-dd$/, example: 'yyyy-MM-dd', read: (text) => (isDate(text) ? text : undefined) },
  time: { format: /^HH:mm:ss(\.S{1,9})?$/, example: 'HH:mm:ss', read: (text) => (isTime(text) ? text : undefined) },
  timestamp: {
    format: /^(yyyy|uuuu)-MM-dd( |T|'T')HH:mm:ss(\.S{1,9})?(Z|X{1,3}|'Z')?$/,
    example: "yyyy-MM-dd'T'HH:mm:ssXXX",
    read: (text) => {
      const time = parseTimestamp(text, true); // a bound without zone is meant in UTC, as the table is
      return time === undefined ? undefined : formatTimestamp(time);
    },
  },
};

/** The bounds of a date, a time of day or a timestamp, as texts that compare. */
export function parseTimeBounds(kind: Kind, options: OdcsTypeOptions, fault: AddFault): Bounds {
  const { format, example, read } = WRITTEN[kind];
  if (options.format !== undefined && !format.test(options.format))
    fault(
      'UnknownFormat',
      'format',
      `must be '${example}' or a form of it, in which a ${kind} is read, got '${options.format}'; leave it out, and let the producer send that`,
    );
  const found: Partial<Record<keyof Bounds, string>> = {};
  for (const key of BOUNDS) {
    const value = options[key];
    if (value === undefined) continue;
    const bound = typeof value === 'string' ? read(value) : undefined;
    if (bound === undefined)
      fault('InvalidBound', key, `must be a ${kind} as text, written as ${example}, got '${value}'; mend it`);
    else found[key] = bound;
  }
  if (found.minimum !== undefined && found.maximum !== undefined && found.minimum > found.maximum)
    fault(
      'EmptyRange',
      'maximum',
      `must not be before 'minimum' (${found.minimum}), got ${found.maximum}: no event would pass; turn them around`,
    );
  checkExclusive(found, (a, b) => a < b, fault);
  return found;
}

/** Refuses a bound that is not itself allowed, and leaves nothing below or above the other. */
export function checkExclusive(bounds: Bounds, isBefore: (a: string, b: string) => boolean, fault: AddFault): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = bounds;
  for (const [leastKey, least, mostKey, most] of [
    ['minimum', minimum, 'exclusiveMaximum', exclusiveMaximum],
    ['exclusiveMinimum', exclusiveMinimum, 'maximum', maximum],
    ['exclusiveMinimum', exclusiveMinimum, 'exclusiveMaximum', exclusiveMaximum],
  ] as const)
    if (least !== undefined && most !== undefined && !isBefore(least, most))
      fault('EmptyRange', mostKey, `must be more than '${leastKey}' (${least}), got ${most}: no event would pass; mend one`);
}
