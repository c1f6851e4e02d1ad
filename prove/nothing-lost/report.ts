import type { Violation } from './history/history.ts';

const number = new Intl.NumberFormat('en-US');

/** `12,345`. */
export const count = (value: number): string => number.format(value);

/** Kinds of findings that are told of one run: what breaks one event mostly breaks a hundred alike. */
const MOST = 10;

/** One line for each kind of violation of a run, with how often it was seen. */
export function linesOf(run: string, violations: readonly Violation[]): string[] {
  const seen = new Map<string, number>();
  for (const { invariant, message } of violations) {
    const line = `${invariant}: ${message}`;
    seen.set(line, (seen.get(line) ?? 0) + 1);
  }
  const lines = [...seen].map(([line, times]) => `${run}: ${line}${times === 1 ? '' : ` (${times} times)`}`);
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), `${run}: ${lines.length - MOST} further kinds of findings`];
}
