import { COLLECTIONS } from './collections.ts';
import { NUMBERS } from './numbers.ts';
import { TEXTS } from './texts.ts';
import { TIMES } from './times.ts';
import { TRUTHS } from './truths.ts';

export type { Kind } from './kind.ts';

/** All kinds, by their names. */
export const GRAMMAR = {
  ...TRUTHS,
  ...NUMBERS,
  ...TEXTS,
  ...TIMES,
  ...COLLECTIONS,
} as const;

export type KindName = keyof typeof GRAMMAR;
