import type { EventTimeChoice } from './choose-event-time.ts';
import type { KeyChoice } from './choose-key.ts';
import type { FieldGuess, FieldsGuess } from './guess-fields.ts';
import type { PropertyPart, Remark } from './odcs-parts.ts';
import { protection } from './protect-field.ts';

type Path = readonly (string | number)[];

/** A dataset of an ODCS document, with remarks by their path in it. */
export interface DatasetPart {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly remarks: readonly Remark[];
}

/** Writes the guesses of a dataset as ODCS. */
export function datasetPart(name: string, columns: FieldsGuess, key: KeyChoice, time: EventTimeChoice): DatasetPart {
  const remarks: Remark[] = [
    ...key.confirm.map((text) => ({ path: ['customProperties', 0], text, confirm: true })),
    ...time.confirm.map((text) => ({ path: ['customProperties', 1], text, confirm: true })),
  ];
  const identity = key.fields.map((field) => field.name);
  const properties = columns.stated.map((field, index) => {
    const { part, remarks: own } = columnPart(
      field,
      ['properties', index],
      key.repeats === 0 && identity.length === 1 && identity.includes(field.name),
    );
    remarks.push(...own);
    return part;
  });
  remarks.push(...leftOut(columns, ['properties'], ''));
  return {
    schema: {
      name,
      customProperties: [
        { property: 'eventIdFields', value: identity },
        { property: 'eventTimeField', value: time.field.name },
      ],
      properties,
    },
    remarks,
  };
}

function columnPart(field: FieldGuess, path: Path, isKey: boolean): { part: PropertyPart; remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const confirm = (text: string) => remarks.push({ path, text, confirm: true, column: field.name });
  for (const text of field.confirm) confirm(text);
  const inside: Remark[] = [];
  const part = typePart(field, path, field.name, inside);
  const marks = protection(field, confirm);
  const { name, logicalType, logicalTypeOptions, physicalType, required, quality, properties, items } = part;
  return {
    part: {
      ...(name === undefined ? {} : { name }),
      logicalType,
      ...(physicalType === undefined ? {} : { physicalType }),
      ...(logicalTypeOptions === undefined ? {} : { logicalTypeOptions }),
      ...(isKey ? { primaryKey: true } : {}),
      ...(required === undefined ? {} : { required }),
      ...marks,
      ...(quality === undefined ? {} : { quality }),
      ...(properties === undefined ? {} : { properties }),
      ...(items === undefined ? {} : { items }),
    },
    remarks: [...remarks, ...inside],
  };
}

/** A field with what lies within it. */
function typePart(field: FieldGuess, path: Path, place: string, remarks: Remark[]): PropertyPart {
  const { name, part, required, validValues, fields, items } = field;
  const inner = (child: FieldGuess, at: Path, where: string): PropertyPart => {
    const texts = [
      ...child.confirm,
      ...(child.personal === undefined ? [] : [`${child.personal.because}: only a column can be protected`]),
    ];
    remarks.push(...texts.map((text) => ({ path: at, text, confirm: true, column: where })));
    return typePart(child, at, where, remarks);
  };
  const properties = fields?.stated.map((child, index) => inner(child, [...path, 'properties', index], `${place}.${child.name}`));
  if (fields !== undefined) remarks.push(...leftOut(fields, [...path, 'properties'], `${place}.`));
  return {
    ...(name === '' ? {} : { name }),
    ...part,
    ...(required ? { required } : {}),
    ...(validValues === undefined
      ? {}
      : { quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues }, mustBe: 0 }] }),
    ...(properties === undefined ? {} : { properties }),
    ...(items === undefined ? {} : { items: inner(items, [...path, 'items'], `${place}[]`) }),
  };
}

const leftOut = (fields: FieldsGuess, path: Path, place: string): Remark[] =>
  fields.leftOut.map(({ name, because }) => ({
    path,
    text: `left out: '${name}', since ${because}`,
    confirm: false,
    column: `${place}${name}`,
  }));
