import type { Column, ColumnType } from './model.ts';

/** The columns that lie within a type: an object's fields, at any depth of lists and maps around it. */
export function fieldsOf(type: ColumnType): readonly Column[] {
  switch (type.kind) {
    case 'object':
      return type.fields;
    case 'array':
      return fieldsOf(type.items);
    case 'map':
      return fieldsOf(type.values);
    case 'string':
    case 'integer':
    case 'double':
    case 'decimal':
    case 'boolean':
    case 'date':
    case 'time':
    case 'timestamp':
      return [];
  }
}
