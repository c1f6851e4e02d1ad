import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What version 2.0.0 of Jayway's JsonPath answered; `ask/` writes it. */
export const ANSWERS = fileURLToPath(new URL('answers.ndjson', import.meta.url));

/** What a path finds in a document, or the class of an exception and its message. */
export type Answer = { readonly value: unknown } | { readonly error: string };

/** A path that compiles, with its answers by the place of a document; or one that does not. */
export type JaywayAnswer =
  | { readonly definite: boolean; readonly answers: readonly (readonly [document: number, answer: Answer])[] }
  | { readonly refused: string };

/** A path, and the documents that it is asked of by their places. */
export interface Question {
  readonly path: string;
  readonly documents: readonly number[];
}

export type Asked = JaywayAnswer & { readonly path: string };

export interface Answered {
  readonly documents: readonly unknown[];
  readonly asked: readonly Asked[];
}

/** A line for all documents, and one for each path. */
export const writeAnswers = ({ documents, asked }: Answered): string =>
  [documents, ...asked].map((line) => `${JSON.stringify(line)}\n`).join('');

export function readAnswers(): Answered {
  const [documents, ...asked] = readFileSync(ANSWERS, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { documents: documents as unknown[], asked: asked as Asked[] };
}
