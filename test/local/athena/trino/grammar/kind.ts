import { lines } from '../lines.ts';

/**
 * Expressions of Trino by kind: first what is written down, then what is made of others. `$kind` in a text is any expression of that kind.
 * The kinds are few: where a function takes more than a kind says, another line says so.
 */
export interface Kind {
  readonly literals: readonly string[];
  readonly made: readonly string[];
}

export const kind = (literals: string, made = ''): Kind => ({ literals: lines(literals), made: lines(made) });
