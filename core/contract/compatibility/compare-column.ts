import type { Column } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change, type ChangeCode } from './change.ts';
import { compareClassification } from './compare-classification.ts';
import { compareLostFields } from './compare-lost-fields.ts';
import { compareProtection } from './compare-protection.ts';
import { compareTags } from './compare-tags.ts';
import { compareTypes } from './compare-types.ts';
import { compareValidValues } from './compare-valid-values.ts';
import { judgedAt, type Place } from './place.ts';
import { fromTo } from './words.ts';

type Judge = (before: Column, after: Column, place: Place) => readonly Change[];

/** Two versions of one column, whatever its name was. */
export const compareColumn: Judge = (before, after, place) =>
  Object.values(JUDGES).flatMap((judge) => judge(before, after, place));

const read =
  (key: keyof Column, code: ChangeCode): Judge =>
  (before, after, { path }) =>
    same(before[key], after[key]) ? [] : [metadata(code, path, fromTo(before[key], after[key]))];

/** NULL is in no list, equals nothing and joins with nothing: where there was none, queries answer otherwise without a word. */
const required: Judge = (before, after, place) => {
  if (before.required === after.required) return [];
  return after.required
    ? [
        breaking(
          'ColumnMadeRequired',
          place.path,
          ['producers'],
          'from optional to required: events without it are refused',
          'wait until every producer sends it; rows stored before may still hold none',
        ),
      ]
    : [
        judgedAt(place, 'ColumnMadeOptional', ['readers'], 'from required to optional: queries meet NULL where there was none', {
          additive: 'nothing but a new minor version: nobody reads it',
          breaking: 'agree on a day with the readers: comparisons, joins and counts skip NULL in silence',
        }),
      ];
};

/** The dataset's own list tells of its columns; a field has no other place to be told. */
const primaryKey: Judge = (before, after, place) =>
  !place.nested || before.primaryKey === after.primaryKey
    ? []
    : [
        metadata(
          'KeyChanged',
          place.path,
          `from ${key(before)} to ${key(after)}: a field within a column is part of no table's key`,
        ),
      ];
const key = (column: Column): string => (column.primaryKey ? 'a part of the key' : 'no part of the key');

const unique: Judge = (before, after, place) => {
  if (before.unique === after.unique) return [];
  return after.unique
    ? [
        additive(
          'UniqueAdded',
          place.path,
          'from repeatable to unique: no two events may hold one value',
          'nothing is refused at the door; see that stored rows hold no value twice',
        ),
      ]
    : [
        judgedAt(place, 'UniqueRemoved', ['readers'], 'from unique to repeatable: joins and counts by it may grow', {
          additive: 'nothing but a new minor version: nobody reads it',
          breaking: 'agree on a day with the readers who join or count by it',
        }),
      ];
};

const JUDGES: { readonly [K in keyof Required<Column>]: Judge } = {
  name: () => [], // what another name means is told of the list: a rename, or one that went and one that came
  description: read('description', 'DescriptionChanged'),
  businessName: read('businessName', 'BusinessNameChanged'),
  type: (before, after, place) => [...compareTypes(before.type, after.type, place), ...compareLostFields(before, after, place)],
  required,
  primaryKey,
  unique,
  validValues: (before, after, { path }) => compareValidValues(before.validValues, after.validValues, path),
  examples: read('examples', 'ExamplesChanged'),
  classification: (before, after, { path }) => compareClassification(before.classification, after.classification, path),
  protection: (before, after, { path }) => compareProtection(before.protection, after.protection, path),
  tags: (before, after, { path }) => compareTags(before.tags, after.tags, path),
};
