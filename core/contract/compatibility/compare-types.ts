import type { ColumnType } from '../model.ts';
import type { Change, ChangeCode, Party } from './change.ts';
import { compareColumns } from './compare-columns.ts';
import { compareRules } from './compare-rules.ts';
import { judgedAt, within, type Place } from './place.ts';
import { typeName, typePair, type TypePair } from './type-pairs.ts';

/** What a column's type was and is: the type itself, the rules of its values, and all that lies within. */
export function compareTypes(before: ColumnType, after: ColumnType, place: Place): readonly Change[] {
  const pair = typePair(before, after);
  return [
    ...compareKinds(before, after, pair, place),
    ...(pair.accepted === 'none' ? [] : compareRules(before, after, place.path)),
    ...compareInside(before, after, place),
  ];
}

function compareKinds(before: ColumnType, after: ColumnType, pair: TypePair, place: Place): readonly Change[] {
  const [old, now] = [typeName(before), typeName(after)];
  if (old === now) return [];
  const refusal = { all: undefined, some: `values that are no ${now} are refused`, none: 'every value sent before is refused' };
  const consequences: readonly (readonly [Party, string | undefined])[] = [
    ['producers', refusal[pair.accepted]],
    ['readers', pair.queried ? undefined : `queries written for ${old} meet ${now}`],
    ['stored data', pair.stored ? undefined : `files that hold ${old} are not read as ${now}`],
  ];
  const broken = consequences.filter(([, text]) => text !== undefined);
  const told = broken.length === 0 ? 'every value sent before is accepted, and files are read as they lie' : '';
  return [
    judgedAt(
      place,
      codeOf(before, after),
      broken.map(([party]) => party),
      `from ${old} to ${now}: ${told}${broken.map(([, text]) => text).join('; ')}`,
      {
        additive: place.stored
          ? `tell readers that values may be any ${now}`
          : 'nothing but a new minor version: nobody reads it',
        breaking:
          pair.stored || !place.stored
            ? 'agree on a day with those it breaks; rows stored before stay as they are'
            : 'add a column of the new type beside the old one, fill both, and remove the old one in a later major version',
      },
    ),
  ];
}

/** A type is wider or narrower than another that the table holds in the same way, whatever values the rules leave it; any other is a change. */
function codeOf(before: ColumnType, after: ColumnType): ChangeCode {
  const { accepted, queried } = typePair(bare(before), after);
  const alike = queried || (before.kind === 'time' && after.kind === 'string');
  if (!alike) return 'TypeChanged';
  return accepted === 'all' ? 'TypeWidened' : 'TypeNarrowed';
}

/** A number's type without the rules of its values. */
function bare(type: ColumnType): ColumnType {
  if (type.kind === 'integer') return { kind: type.kind, bits: type.bits };
  if (type.kind === 'decimal') return { kind: type.kind, precision: type.precision, scale: type.scale };
  return type;
}

function compareInside(before: ColumnType, after: ColumnType, place: Place): readonly Change[] {
  if (before.kind === 'array' && after.kind === 'array') return compareTypes(before.items, after.items, within(place, '[]'));
  if (before.kind === 'map' && after.kind === 'map') return compareTypes(before.values, after.values, within(place, '{}'));
  if (before.kind === 'object' && after.kind === 'object')
    return compareColumns(before.fields, after.fields, { ...place, nested: true });
  return [];
}
