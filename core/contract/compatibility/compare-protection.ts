import type { Protection } from '../model.ts';
import { breaking, type Change } from './change.ts';
import { fromTo } from './words.ts';

type Protected = Protection | undefined;

/**
 * How much of a value is kept from readers. What stands between clear and dropped is not ordered: a mask shows a part and joins with
 * nothing, a token shows nothing and joins with every dataset of its domain.
 */
const strength = (protection: Protected): number => {
  switch (protection) {
    case undefined:
      return 0;
    case 'mask':
    case 'hash':
    case 'tokenize':
      return 1;
    case 'drop':
      return 2;
  }
};

export function compareProtection(before: Protected, after: Protected, path: string): readonly Change[] {
  if (before === after) return [];
  const words = fromTo(before, after);
  const stronger = strength(after) - strength(before);
  if (stronger > 0) {
    return [
      breaking(
        'ProtectionStrengthened',
        path,
        ['readers', 'stored data'],
        `${words}: ${after === 'drop' ? 'queries that name it fail' : 'queries meet other values than before'}, and rows stored before are not protected`,
        'erase or rewrite what is stored of it, in raw and quarantine too',
      ),
    ];
  }
  if (stronger < 0) {
    return [
      breaking(
        'ProtectionWeakened',
        path,
        ['readers', 'privacy'],
        `${words}: more of each value is stored and seen than before`,
        'have the owner of the data decide it; rows stored before stay as they are, so that one column holds both',
      ),
    ];
  }
  return [
    breaking(
      'ProtectionChanged',
      path,
      ['readers', 'stored data'],
      `${words}: one value is stored in two ways, and joins over the day of the change find nothing`,
      'rewrite what is stored, or keep the old column until it has expired',
    ),
  ];
}
