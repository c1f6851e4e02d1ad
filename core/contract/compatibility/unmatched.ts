import { same } from './canonical.ts';

/** What only one of two lists holds; an entry of the one is matched by one equal entry of the other, wherever it stands. */
export function unmatched<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly gone: readonly T[]; readonly come: readonly T[] } {
  const come = [...after];
  const gone = before.filter((entry) => {
    const found = come.findIndex((other) => same(entry, other));
    if (found >= 0) come.splice(found, 1);
    return found < 0;
  });
  return { gone, come };
}
