import type { GoldenRow } from './golden.ts';
import { textOf, type Row } from './rows.ts';

/** How rows differ from those that were reviewed: `+` what is allowed and was not, `-` what was and is not. */
export function differences(rows: readonly Row[], golden: readonly GoldenRow[]): readonly string[] {
  const [now, then] = [rows, golden].map((all) => new Set(all.map(textOf))) as [Set<string>, Set<string>];
  return [
    ...[...now].filter((row) => !then.has(row)).map((row) => `+ ${row}`),
    ...[...then].filter((row) => !now.has(row)).map((row) => `- ${row}`),
  ];
}
