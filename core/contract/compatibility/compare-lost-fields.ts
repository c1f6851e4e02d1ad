import { CLASSIFICATIONS, type Column, type ColumnType } from '../model.ts';
import type { Change, ChangeCode } from './change.ts';
import { compareClassification } from './compare-classification.ts';
import { compareProtection } from './compare-protection.ts';
import { compareTags } from './compare-tags.ts';
import type { Place } from './place.ts';
import { typeName } from './type-pairs.ts';

/** A field, and where it stood. */
interface Field {
  readonly field: Column;
  readonly path: string;
}

/** A part of a column that became another type. */
interface Turned {
  readonly before: ColumnType;
  readonly after: ColumnType;
  readonly path: string;
}

/**
 * What fields said of their values, where the object that declared them is none any more. The same values may come all the same, as keys of a
 * map or within a text: what holds them is a field of the same name, or else the column itself.
 */
export function compareLostFields(before: Column, after: Column, { path }: Place): readonly Change[] {
  return turnedIn(before.type, after.type, path).flatMap((turned) => {
    const now = fieldsIn(turned.after, turned.path);
    return fieldsIn(turned.before, turned.path).flatMap(({ field, path: at }) => {
      const holder = now.find((other) => other.field.name === field.name)?.field ?? after;
      return lost(field, guarded(holder, after), at).map((change) => ({
        ...change,
        reason: `${change.reason}, as '${turned.path}' is no longer ${typeName(turned.before)} but ${typeName(turned.after)}, and declares the field no more`,
      }));
    });
  });
}

/** Where the two part; objects that stay objects compare their fields themselves. */
function turnedIn(before: ColumnType, after: ColumnType, path: string): readonly Turned[] {
  if (before.kind === 'array' && after.kind === 'array') return turnedIn(before.items, after.items, `${path}[]`);
  if (before.kind === 'map' && after.kind === 'map') return turnedIn(before.values, after.values, `${path}{}`);
  return before.kind === after.kind ? [] : [{ before, after, path }];
}

function fieldsIn(type: ColumnType, path: string): readonly Field[] {
  if (type.kind === 'array') return fieldsIn(type.items, `${path}[]`);
  if (type.kind === 'map') return fieldsIn(type.values, `${path}{}`);
  if (type.kind !== 'object') return [];
  return type.fields.flatMap((field) => {
    const at = `${path}.${field.name}`;
    return [{ field, path: at }, ...fieldsIn(field.type, at)];
  });
}

type Guards = Pick<Column, 'classification' | 'protection' | 'tags'>;

/** What a field says of its values, and what the column says of all that lies within it. */
const guarded = (field: Column, column: Column): Guards => {
  const protection = column.protection === 'drop' ? 'drop' : (field.protection ?? column.protection);
  return {
    classification:
      CLASSIFICATIONS.indexOf(column.classification) > CLASSIFICATIONS.indexOf(field.classification)
        ? column.classification
        : field.classification,
    ...(protection === undefined ? {} : { protection }),
    tags: [...new Set([...field.tags, ...column.tags])],
  };
};

const LOST: readonly ChangeCode[] = ['ClassificationLowered', 'ProtectionWeakened', 'PersonalMarkRemoved'];

const lost = (before: Guards, after: Guards, path: string): readonly Change[] =>
  [
    ...compareClassification(before.classification, after.classification, path),
    ...compareProtection(before.protection, after.protection, path),
    ...compareTags(before.tags, after.tags, path),
  ].filter(({ code }) => LOST.includes(code));
