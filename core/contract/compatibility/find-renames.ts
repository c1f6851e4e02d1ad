import type { Column } from '../model.ts';
import { same } from './canonical.ts';

export interface Rename {
  readonly to: string;
  /** Why the two are taken for one. */
  readonly basis: readonly string[];
}
/** By the name before. */
export type Renames = ReadonlyMap<string, Rename>;

interface Listed {
  readonly column: Column;
  /** Between which columns that both versions have, and as which of how many there. */
  readonly place: string;
}

/**
 * Columns that seem to have another name only: everything that is held of their values is the same, and so is their description or their
 * place. A column that could have become either of two has become neither: then one is removed and the others are added.
 */
export function findRenames(before: readonly Column[], after: readonly Column[]): Renames {
  const removed = gone(before, after);
  const added = gone(after, before);
  const pairs = removed.flatMap((old) =>
    added.map((now) => ({ old, now, basis: basisOf(old, now) })).filter(({ basis }) => basis.length > 1),
  );
  const rivals = (pair: (typeof pairs)[number]) =>
    pairs.filter((other) => other !== pair && (other.old === pair.old || other.now === pair.now));
  return new Map(
    pairs
      .filter((pair) => rivals(pair).every(({ basis }) => basis.length < pair.basis.length))
      .map(({ old, now, basis }) => [old.column.name, { to: now.column.name, basis }]),
  );
}

function basisOf(old: Listed, now: Listed): readonly string[] {
  if (!same(held(old.column), held(now.column))) return [];
  const { description } = old.column;
  return [
    'the same type and rules',
    ...(description !== undefined && description === now.column.description ? ['the same description'] : []),
    ...(old.place === now.place ? ['the same place'] : []),
  ];
}

const held = ({ type, required, primaryKey, unique, validValues }: Column) => ({
  type,
  required,
  primaryKey,
  unique,
  validValues,
});

/** The columns of a list that another lacks, each with its place. */
function gone(columns: readonly Column[], others: readonly Column[]): readonly Listed[] {
  const isKept = ({ name }: Column) => others.some((other) => other.name === name);
  return columns.flatMap((column, index) => {
    if (isKept(column)) return [];
    const first = columns.slice(0, index).findLastIndex(isKept);
    const next = columns.findIndex((other, place) => place > index && isKept(other));
    const last = next < 0 ? columns.length : next;
    return [{ column, place: [columns[first]?.name, index - first, last - first, columns[next]?.name].join('|') }];
  });
}
