import { sameSet } from './canonical.ts';
import type { Change } from './change.ts';
import { loosened, restated, tightened } from './rule-changes.ts';
import { fromTo, shown } from './words.ts';

type List = readonly string[] | undefined;

/** A closed list of values. That it grows is the commonest change there is: readers expect it, and no list is closed to its own future. */
export function compareValidValues(before: List, after: List, path: string): readonly Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [tightened('ValidValuesAdded', path, `from any value to ${shown(after)} alone`)];
  if (after === undefined) return [loosened('ValidValuesRemoved', path, `from ${shown(before)} alone to any value`)];
  const added = after.filter((value) => !before.includes(value));
  const cut = before.filter((value) => !after.includes(value));
  const words = fromTo(before, after);
  return [
    ...(cut.length > 0 ? [tightened('ValidValuesCut', path, `${words}, without ${shown(cut)}`)] : []),
    ...(added.length > 0 ? [loosened('ValidValuesExtended', path, `${words}, with ${shown(added)}`)] : []),
    ...(sameSet(before, after) && JSON.stringify(before) !== JSON.stringify(after) ? [restated(path, words)] : []),
  ];
}
