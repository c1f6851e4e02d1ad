import { fieldName, isFloat, isInteger, type Type } from './type.ts';

/** What a JSON text must become, for the function that reads it: `number`, `[inner]`, `{*: inner}`, `{fields}`. */
export type JsonShape =
  | { readonly is: 'boolean' | 'integer' | 'double' | 'decimal' | 'text' | 'json' }
  | { readonly is: 'array'; readonly of: JsonShape }
  | { readonly is: 'map'; readonly of: JsonShape }
  | { readonly is: 'row'; readonly fields: readonly { readonly name: string; readonly of: JsonShape }[] };

/** The shape of a type that JSON can be cast to, as JSON; undefined for a type that it cannot. */
export function jsonShape(type: Type): string | undefined {
  const shape = shapeOf(type);
  return shape === undefined ? undefined : JSON.stringify(shape);
}

function shapeOf(type: Type): JsonShape | undefined {
  if (isInteger(type)) return { is: 'integer' };
  if (isFloat(type)) return { is: 'double' };
  switch (type.kind) {
    case 'boolean':
    case 'decimal':
    case 'json':
      return { is: type.kind };
    case 'varchar':
      return { is: 'text' };
    case 'array': {
      const of = shapeOf(type.element);
      return of && { is: 'array', of };
    }
    case 'map': {
      const of = shapeOf(type.value);
      return type.key.kind === 'varchar' ? of && { is: 'map', of } : undefined;
    }
    case 'row': {
      const fields = type.fields.map((field, place) => ({ name: fieldName(field, place), of: shapeOf(field.type) }));
      return fields.every((field): field is { name: string; of: JsonShape } => field.of !== undefined)
        ? { is: 'row', fields }
        : undefined;
    }
    default:
      return undefined;
  }
}
