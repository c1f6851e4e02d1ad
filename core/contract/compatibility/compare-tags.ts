import { PERSONAL } from '../model.ts';
import { same } from './canonical.ts';
import { breaking, metadata, type Change } from './change.ts';
import { fromTo, shown } from './words.ts';

export function compareTags(before: readonly string[], after: readonly string[], path: string): readonly Change[] {
  if (same(before, after)) return [];
  const words = fromTo(before, after);
  return before.includes(PERSONAL) && !after.includes(PERSONAL)
    ? [
        breaking(
          'PersonalMarkRemoved',
          path,
          ['privacy'],
          `${words}: without ${shown(PERSONAL)} the search for leaks looks no longer`,
          'have the owner of the data decide that it is about nobody',
        ),
      ]
    : [metadata('TagsChanged', path, words)];
}
