import { literal } from '../../../parquet/engine.ts';
import { engineType, type Type } from './type.ts';

/** An expression in the engine's SQL, with the type that Trino gives it. */
export interface Typed {
  readonly sql: string;
  readonly type: Type;
  /** What a literal says: some functions want a text that is known before the query runs. */
  readonly constant?: string;
}

export const typed = (sql: string, type: Type): Typed => ({ sql, type });

/** An expression over values that are computed once, by the names they have there: the engine computes what is written twice twice. */
export const once = (values: Readonly<Record<string, string>>, name: string, body: string): string =>
  `list_transform([{${Object.entries(values)
    .map(([of, sql]) => `'${of}': ${sql}`)
    .join(', ')}}], lambda ${name}: ${body})[1]`;

/** The engine's cast, for values that it converts as Trino does. */
export const engineCast = (sql: string, type: Type): string => `cast(${sql} as ${engineType(type)})`;

/** What makes the engine fail with these words; `TRY` catches no refusal. */
export const raise = (words: string): string =>
  `${words.startsWith('NOT_SUPPORTED') ? 'hw_refuse' : 'hw_fail'}(${literal(words)})`;

/** An expression that fails as soon as it is evaluated; the words must hold no data. */
export const failure = (words: string, type: Type): string => engineCast(raise(words), type);
