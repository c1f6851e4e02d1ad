import type { Row, Stored, Wanted } from './history.ts';

/** A value as text: equal values have equal texts, and -0 is not 0. */
export function textOf(value: Stored): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Stored[]).map(textOf).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Stored>>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`).join(',')}}`;
}

/** A text as it is, and anything else as it would be written. */
export const plain = (value: Stored | undefined): string => (typeof value === 'string' ? value : textOf(value ?? null));

/** Whether a value is the one that is wanted, or has the form that is. */
export const isWanted = (stored: Stored | undefined, wanted: Wanted): boolean =>
  wanted instanceof RegExp
    ? stored !== null && stored !== undefined && wanted.test(plain(stored))
    : Object.is(stored, wanted) || (stored !== undefined && textOf(stored) === textOf(wanted));

/** Columns in which a row is not as wanted: with another value, missing, or not wanted at all. */
export const differingColumns = (row: Row, wanted: Readonly<Record<string, Wanted>>): readonly string[] => [
  ...Object.entries(wanted).flatMap(([name, value]) => (isWanted(row[name], value) ? [] : [name])),
  ...Object.keys(row).filter((name) => !(name in wanted)),
];
