import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What Trino 405 answered; `ask/` writes it. */
export const ANSWERS = fileURLToPath(new URL('answers.ndjson', import.meta.url));

export type TrinoAnswer =
  { readonly types: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] } | { readonly error: string };

export type Asked = TrinoAnswer & { readonly sql: string };

/** Of all that was answered, what ends in an error that is none of Trino's names is left out: the planner broke. */
export const writeAnswers = (queries: readonly string[], answers: readonly TrinoAnswer[]): string =>
  queries
    .map((sql, place): Asked => ({ sql, ...(answers[place] ?? { error: '' }) }))
    .filter((asked) => !('error' in asked) || /^[A-Z_]+: /.test(asked.error))
    .map((asked) => `${JSON.stringify(asked)}\n`)
    .join('');

export const readAnswers = (): readonly Asked[] =>
  readFileSync(ANSWERS, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Asked);
