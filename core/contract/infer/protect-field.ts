import type { Protection } from '../model.ts';
import type { FieldGuess, FieldsGuess } from './guess-fields.ts';
import type { PropertyPart } from './odcs-parts.ts';
import { PERSONAL_KINDS } from './personal/guess-personal.ts';

/** What a column needs so that no personal value is stored unprotected before somebody has decided. */
export function protection(field: FieldGuess, confirm: (text: string) => void): Partial<PropertyPart> {
  const { personal } = field;
  const by = protectionOf(field);
  const because = personal?.because;
  if (because === undefined) {
    if (by !== undefined)
      confirm('holds what seems personal, so all of it is dropped: let the producer lift that to a column of its own');
  } else if (by === undefined) {
    confirm(`${because}, which only a string can be protected as: let the producer send a string, or drop it`);
    return { classification: 'confidential', tags: ['personal'] };
  } else {
    confirm(
      by === PERSONAL_KINDS[personal?.kind ?? 'birth'].protection
        ? because
        : `${because}; it is dropped, since only a string can be masked, hashed or tokenized`,
    );
  }
  return by === undefined
    ? {}
    : { classification: 'restricted', tags: ['personal'], customProperties: [{ property: 'protection', value: by }] };
}

/** How a column is protected until a person has settled it; a number that names a person cannot be, and is a guess all the same. */
export function protectionOf(field: FieldGuess): Protection | undefined {
  const { personal, part } = field;
  if (personal === undefined) return personalWithin(field).length > 0 ? 'drop' : undefined;
  const by = PERSONAL_KINDS[personal.kind].protection;
  if (part.logicalType === 'string' || by === 'drop') return by;
  return personal.kind === 'person-id' ? undefined : 'drop';
}

/** What seems personal within a column, by its place there: `account.email`, `recipients[]`. */
export function personalWithin({ name, fields, items, personalValues }: FieldGuess, place = name): readonly string[] {
  const inside = (child: FieldGuess, where: string) => [
    ...(child.personal === undefined ? [] : [where]),
    ...personalWithin(child, where),
  ];
  return [
    ...(personalValues === undefined ? [] : [`${place}{}`]),
    ...(fields?.stated ?? []).flatMap((child) => inside(child, `${place}.${child.name}`)),
    ...(items === undefined ? [] : inside(items, `${place}[]`)),
  ];
}

/** Something of the sample that the contract does not state, by its place. */
export interface LeftOut {
  readonly name: string;
  readonly because: string;
}

/** What is left out of a dataset at any depth. */
export function leftOutOf({ stated, leftOut }: FieldsGuess, place = ''): readonly LeftOut[] {
  const within = ({ fields, items }: FieldGuess, where: string): readonly LeftOut[] => [
    ...(fields === undefined ? [] : leftOutOf(fields, `${where}.`)),
    ...(items === undefined ? [] : within(items, `${where}[]`)),
  ];
  return [
    ...leftOut.map(({ name, because }) => ({ name: `${place}${name}`, because })),
    ...stated.flatMap((field) => within(field, `${place}${field.name}`)),
  ];
}
