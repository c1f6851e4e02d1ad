import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TrinoAnswer } from '../answers.ts';

/** What Trino 406 answered; `ask/` writes it. */
export const ANSWERS = fileURLToPath(new URL('answers.ndjson', import.meta.url));

/** What a statement reads, how many rows it writes, why it fails, or nothing. */
export type StepAnswer =
  | (Exclude<TrinoAnswer, { readonly error: string }> & { readonly columns: readonly string[] })
  | { readonly count?: number }
  | { readonly error: string };

/** A script as Trino was asked it. */
export interface AskedScript {
  readonly name: string;
  readonly steps: readonly (StepAnswer & { readonly sql: string })[];
}

export const readAnswers = (): readonly AskedScript[] =>
  readFileSync(ANSWERS, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AskedScript);
