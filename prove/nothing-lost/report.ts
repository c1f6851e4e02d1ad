import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';
import type { Violation } from './history/history.ts';

const number = new Intl.NumberFormat('en-US');

/** `12,345`. */
export const count = (value: number): string => number.format(value);

const FORMS: readonly (readonly [form: IngestionForm, words: string])[] = [
  ['stream', 'Through a stream'],
  ['direct-put', 'Straight into a delivery'],
];

/** What a proof says of each form of ingestion, one after the other. */
export async function ofEachForm(prove: (form: IngestionForm) => Promise<string>): Promise<string> {
  const said: string[] = [];
  for (const [form, words] of FORMS) said.push(`${words}: ${await prove(form)}`);
  return said.join(' ');
}

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
