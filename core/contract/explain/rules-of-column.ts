import type { Reason } from '../../record/reasons.ts';
import type { Bounds, Column, ColumnType } from '../model.ts';

/** One thing that is held at the door, in words, and the reason under which an event that breaks it is found in quarantine. */
export interface HeldRule {
  /** As people write it: `fare`, `site.grid`, `samples[]`. */
  readonly column: string;
  readonly rule: string;
  readonly reason: Reason;
}

/** Everything that is asked of one column's values. */
export const rulesOfColumn = (column: Column, above = ''): readonly HeldRule[] => {
  const name = above === '' ? column.name : `${above}.${column.name}`;
  return [
    ...(column.required ? [held(name, 'is there and not null', 'missing-value')] : []),
    ...listed(name, column.validValues),
    ...rulesOfType(name, column.type),
  ];
};

const held = (column: string, rule: string, reason: Reason): HeldRule => ({ column, rule, reason });

const listed = (name: string, values: readonly string[] | undefined): HeldRule[] =>
  values === undefined ? [] : [held(name, `is one of ${values.join(', ')}`, 'not-listed')];

function rulesOfType(name: string, type: ColumnType): readonly HeldRule[] {
  switch (type.kind) {
    case 'string':
      return [
        held(name, 'is a text', 'wrong-type'),
        ...range(name, 'characters', type.minLength, type.maxLength),
        ...(type.format === undefined ? [] : [held(name, `is written as ${type.format}`, 'wrong-format')]),
        ...(type.pattern === undefined ? [] : [held(name, `matches ${type.pattern}`, 'pattern-mismatch')]),
      ];
    case 'integer':
      return [
        held(name, `is a whole number of ${type.bits} bits`, 'wrong-type'),
        ...bounds(name, type),
        ...multiple(name, type.multipleOf),
      ];
    case 'double':
      return [held(name, 'is a number', 'wrong-type'), ...bounds(name, type), ...multiple(name, type.multipleOf)];
    case 'decimal':
      return [
        held(name, 'is a number without an exponent', 'wrong-type'),
        held(
          name,
          `has at most ${type.precision - type.scale} digits before the point and ${type.scale} after it`,
          'out-of-range',
        ),
        ...bounds(name, type),
        ...multiple(name, type.multipleOf),
      ];
    case 'boolean':
      return [held(name, 'is true or false', 'wrong-type')];
    case 'date':
      return [held(name, 'is a day of the calendar, yyyy-mm-dd', 'bad-time'), ...bounds(name, type)];
    case 'time':
      return [held(name, 'is a time of day, hh:mm:ss', 'bad-time'), ...bounds(name, type)];
    case 'timestamp':
      return [
        held(
          name,
          `is an ISO 8601 time${type.zonelessIsUtc ? '; without a zone it is read as UTC' : ' with its zone'}`,
          'bad-time',
        ),
        ...bounds(name, type),
      ];
    case 'array':
      return [
        held(name, 'is a list', 'wrong-type'),
        ...range(name, 'items', type.minItems, type.maxItems),
        ...(type.uniqueItems === true ? [held(name, 'holds no item twice', 'duplicate-key')] : []),
        ...listed(`${name}[]`, type.validValues),
        ...rulesOfType(`${name}[]`, type.items),
      ];
    case 'map':
      return [
        held(name, 'is an object', 'wrong-type'),
        ...range(name, 'keys', type.minProperties, type.maxProperties),
        ...rulesOfType(`${name}{}`, type.values),
      ];
    case 'object':
      return [
        held(name, 'is an object', 'wrong-type'),
        ...range(name, 'keys', type.minProperties, type.maxProperties),
        ...type.fields.flatMap((field) => rulesOfColumn(field, name)),
      ];
  }
}

function range(name: string, what: string, least: number | undefined, most: number | undefined): HeldRule[] {
  if (least === undefined && most === undefined) return [];
  const words =
    least === most
      ? `${least ?? 0}`
      : [least === undefined ? '' : `${least} or more`, most === undefined ? '' : `${most} or fewer`]
          .filter((part) => part !== '')
          .join(', ');
  return [held(name, `has ${words} ${what}`, 'wrong-length')];
}

function bounds(name: string, { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): HeldRule[] {
  const parts =
    minimum !== undefined && maximum !== undefined
      ? [`from ${minimum} to ${maximum}`]
      : [minimum === undefined ? '' : `${minimum} or more`, maximum === undefined ? '' : `${maximum} or less`];
  const words = [
    ...parts,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter((part) => part !== '');
  return words.length === 0 ? [] : [held(name, `is ${words.join(' and ')}`, 'out-of-range')];
}

const multiple = (name: string, of: string | undefined): HeldRule[] =>
  of === undefined ? [] : [held(name, `is a multiple of ${of}`, 'out-of-range')];
