import type { Outcome } from '../result-files.ts';

/** Lines of text under the names of their columns, all of them in one value. */
export const text = (columns: readonly string[], lines: readonly string[]): Outcome => ({
  ...uncounted(columns, lines),
  updated: 0,
});

/** The same as Hive itself answers, without a count. */
export const uncounted = (columns: readonly string[], lines: readonly string[]) =>
  ({
    kind: 'text',
    columns: columns.map((label) => ({ label, name: 'string', precision: 0, scale: 0 })),
    lines,
  }) satisfies Outcome;

/** The answer of a statement that says nothing. */
export const done: Outcome = { ...uncounted([], []), by: 'nobody' };

/** A name matches one of Hive's patterns: `*` stands for any characters, `|` for a choice. */
export function hivePattern(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const choices = pattern
    .toLowerCase()
    .split('|')
    .map((choice) => choice.replaceAll('.*', '*').split('*'));
  return (name) => choices.some((parts) => isMadeOf(name.toLowerCase(), parts));
}

/** Whether a text begins and ends with the first and the last part, and has the others between them in order. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** A value in a column of text, as wide as Hive makes it. */
export const padded = (value: string): string => value.padEnd(20);
