import { RESERVED_WORDS } from './reserved-words.ts';

/** What a column must be called. */
export const COLUMN_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
export const LONGEST_NAME = 128;
/** What the folders of the lake's keys are called: many tools read them as partitions, and a column of that name would hide one. */
export const PARTITION_KEYS = ['dt', 'hr'];
/** Folder of the versions that were released, beside the domains: no domain may be called so. */
export const RELEASED = 'released';

/** Whether a contract may have a column of this name; fields within a column may be called like a partition. */
export const isLawfulName = (name: string, nested: boolean): boolean =>
  COLUMN_NAME.test(name) &&
  name.length <= LONGEST_NAME &&
  !RESERVED_WORDS.has(name) &&
  (nested || !PARTITION_KEYS.includes(name));

/** A lawful name that people read as the same; undefined where there is none, as for letters that are not of a to z. */
export function mendName(name: string, nested = true): string | undefined {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (/[^\P{L}A-Za-z]/u.test(plain)) return undefined;
  const words = plain
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const started = /^\d/.test(words) ? `n${words}` : words;
  const mended = isLawfulName(started, nested) ? started : `${started}_value`;
  return words !== '' && isLawfulName(mended, nested) ? mended : undefined;
}
