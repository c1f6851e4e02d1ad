import type { Column } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change } from './change.ts';
import { compareColumn } from './compare-column.ts';
import { findRenames, type Renames } from './find-renames.ts';
import { judgedAt, type Place } from './place.ts';
import { fromTo, shown } from './words.ts';

/** The columns of a dataset, or the fields of an object within it, by their names. */
export function compareColumns(
  before: readonly Column[],
  after: readonly Column[],
  place: Place,
  renames: Renames = findRenames(before, after),
): readonly Change[] {
  const nameNow = ({ name }: Column) => renames.get(name)?.to ?? name;
  const kept = new Map(
    before.filter((column) => after.some(({ name }) => name === nameNow(column))).map((column) => [nameNow(column), column]),
  );
  return [
    ...before.filter((column) => !kept.has(nameNow(column))).map((column) => removed(column, place)),
    ...after.flatMap((column) => {
      const old = kept.get(column.name);
      if (old === undefined) return [added(column, place)];
      return [...renamed(old, column, renames, place), ...compareColumn(old, column, at(place, column, old))];
    }),
    ...reordered([...kept.keys()], after, place),
  ];
}

const at = (place: Place, column: Column, old: Column = column): Place => ({
  path: `${place.path}.${column.name}`,
  stored: place.stored && isStored(column) && isStored(old),
  nested: place.nested,
});
const isStored = ({ protection }: Column): boolean => protection !== 'drop';

function removed(column: Column, place: Place): Change {
  return judgedAt(
    at(place, column),
    'ColumnRemoved',
    ['readers'],
    `${shown(column.name)} is no longer promised: ${isStored(column) ? 'queries that name it fail, and what producers still send of it is not stored' : 'it was dropped at the door, and is no longer judged there'}`,
    {
      additive: 'tell producers that they may stop sending it',
      breaking: 'say in a version before that it will go, and wait until no query names it',
    },
  );
}

function added(column: Column, place: Place): Change {
  const { path } = at(place, column);
  const words = `${shown(column.name)} is promised`;
  return column.required
    ? breaking(
        'ColumnAdded',
        path,
        ['producers'],
        `${words}: events without it are refused`,
        'add it as optional, and make it required in a major version when every producer sends it',
      )
    : additive(
        'ColumnAdded',
        path,
        `${words}: events may hold it, and rows stored before read as NULL`,
        'see that no producer already sends an attribute of that name: it is judged from now on',
      );
}

function renamed(old: Column, column: Column, renames: Renames, place: Place): readonly Change[] {
  const rename = renames.get(old.name);
  if (rename === undefined) return [];
  const { path, stored } = at(place, column);
  return [
    breaking(
      'ColumnRenamed',
      path,
      stored ? ['producers', 'readers', 'stored data'] : ['producers'],
      `${fromTo(old.name, column.name)}, taken for one column by ${rename.basis.join(' and ')}: the old name is not taken, stored or found`,
      'keep the old column beside the new one, fill both, and remove the old one in a later major version',
    ),
  ];
}

/** Names are the promise, positions are not: a column may be added anywhere, JSON has no order, and Athena reads Parquet by name. */
function reordered(names: readonly string[], after: readonly Column[], place: Place): readonly Change[] {
  const now = after.map(({ name }) => name).filter((name) => names.includes(name));
  return same(names, now)
    ? []
    : [metadata('ColumnsReordered', place.path, `${moved(names, now)}: only \`SELECT *\` shows another order`)];
}

/** The first column that stands elsewhere, by its neighbours. */
function moved(before: readonly string[], after: readonly string[]): string {
  const name = after.find((column, index) => before[index] !== column) ?? '';
  const neighbour = (list: readonly string[]) => {
    const left = list[list.indexOf(name) - 1];
    return left === undefined ? 'the first' : `after ${shown(left)}`;
  };
  return `${shown(name)} was ${neighbour(before)} and is ${neighbour(after)}`;
}
