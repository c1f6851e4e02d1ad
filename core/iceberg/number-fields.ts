import { clip } from '../contract/clip.ts';
import type { IcebergColumn, IcebergType, NumberedField, NumberedType } from './types.ts';

/** Bytes of a column's comment that Glue keeps. @see https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergStructField.html */
const LONGEST_DOC = 255;

/** Gives ids that no field had before. */
export type NextId = () => number;

/** Ids behind those that were given so far. */
export function idsAfter(last: number): NextId {
  let given = last;
  return () => (given += 1);
}

/**
 * Columns with ids, in the order in which Iceberg's own library numbers a new table: all fields of a struct, then what is within each. A
 * catalog that numbers anew what it is given comes to the same ids.
 *
 * @param optional Whether none of them may be required, as nothing is that joins rows which are there
 */
export function numberFields(
  columns: readonly IcebergColumn[],
  nextId: NextId,
  { optional = false }: { readonly optional?: boolean } = {},
): readonly NumberedField[] {
  const ids = columns.map(() => nextId());
  return columns.map(({ name, type, required, comment }, place) => ({
    id: ids[place] ?? nextId(),
    name,
    required: required && !optional,
    type: numberType(type, nextId, optional),
    ...docOf(comment),
  }));
}

/** A type whose parts have ids. */
export function numberType(type: IcebergType, nextId: NextId, optional: boolean): NumberedType {
  if (typeof type === 'string') return type;
  switch (type.type) {
    case 'struct':
      return { type: 'struct', fields: numberFields(type.fields, nextId, { optional }) };
    case 'list': {
      const id = nextId();
      const element = numberType(type.element, nextId, optional);
      return { type: 'list', 'element-id': id, 'element-required': type.elementRequired && !optional, element };
    }
    case 'map': {
      const keyId = nextId();
      const valueId = nextId();
      const key = numberType(type.key, nextId, false); // a key is always there
      const value = numberType(type.value, nextId, optional);
      return {
        type: 'map',
        'key-id': keyId,
        key,
        'value-id': valueId,
        'value-required': type.valueRequired && !optional,
        value,
      };
    }
  }
}

/** A comment as metadata keeps it. */
export const docOf = (comment: string | undefined): { readonly doc?: string } =>
  comment === undefined || comment === '' ? {} : { doc: clip(comment, LONGEST_DOC) };
