import { additive, breaking, metadata, type Change, type ChangeCode } from './change.ts';
import type { Direction } from './interval.ts';
import { fromTo } from './words.ts';

/** A rule that keeps out more breaks producers. */
export const tightened = (code: ChangeCode, path: string, words: string, refusal = 'are'): Change =>
  breaking(
    code,
    path,
    ['producers'],
    `${words}: values that were accepted ${refusal} refused`,
    'agree on a day with the producers; rows stored before stay as they are, whatever the new rule says',
  );

/** A rule that lets in more breaks nobody: readers bear with any value of the column's type. */
export const loosened = (code: ChangeCode, path: string, words: string): Change =>
  additive(code, path, `${words}: values that were refused are accepted`, 'tell readers which values they may now meet');

export const restated = (path: string, words: string): Change =>
  metadata('RuleRestated', path, `${words}: the same values are accepted`);

/** A rule of which it is decided what it lets in. */
export function ruleMoved(
  path: string,
  codes: { readonly tighter: ChangeCode; readonly looser: ChangeCode },
  { tighter, looser }: Direction,
  words: string,
): readonly Change[] {
  if (!tighter && !looser) return [restated(path, words)];
  return [...(tighter ? [tightened(codes.tighter, path, words)] : []), ...(looser ? [loosened(codes.looser, path, words)] : [])];
}

/** A rule of which it is not: another one may refuse what was accepted, and is held to do so. */
export function ruleChanged(
  path: string,
  codes: { readonly added: ChangeCode; readonly changed: ChangeCode; readonly removed: ChangeCode },
  before: string | undefined,
  after: string | undefined,
): readonly Change[] {
  if (before === after) return [];
  const words = fromTo(before, after);
  if (before === undefined) return [tightened(codes.added, path, words)];
  if (after === undefined) return [loosened(codes.removed, path, words)];
  return [tightened(codes.changed, path, words, 'may be')];
}
