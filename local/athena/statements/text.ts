import type { Outcome } from '../result-files.ts';

/** An answer of Hive's: lines of text under the names of its columns, all of them in one value. */
export const text = (columns: readonly string[], lines: readonly string[]): Outcome => ({
  kind: 'text',
  columns: columns.map((label) => ({ label, name: 'string', precision: 0, scale: 0 })),
  lines,
});

/** The answer of a statement that says nothing. */
export const done: Outcome = text([], []);

/** A name matches one of Hive's patterns: `*` stands for any characters, `|` for a choice. */
export function hivePattern(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const choices = pattern.split('|').map((choice) =>
    choice
      .replaceAll('.*', '*')
      .replaceAll(/[+?^${}()[\]\\.]/g, '\\$&')
      .replaceAll('*', '.*'),
  );
  const whole = new RegExp(`^(?:${choices.join('|')})$`, 'i');
  return (name) => whole.test(name);
}

/** A value in a column of text, as wide as Hive makes it. */
export const padded = (value: string): string => value.padEnd(20);
