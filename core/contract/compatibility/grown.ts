import type { Change } from './change.ts';

/** What it means that a number is more or less than before; the same is no change. */
export function grown(
  before: number,
  after: number,
  { more, less }: { readonly more: () => Change; readonly less: () => Change },
): readonly Change[] {
  if (before === after) return [];
  return [after > before ? more() : less()];
}
