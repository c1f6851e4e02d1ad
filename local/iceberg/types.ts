import * as z from 'zod';

/** A type as table metadata writes it: a word for a primitive one, `decimal(p, s)` and `fixed[n]` among them. */
export type IcebergType = string | StructType | ListType | MapType;

export interface StructType {
  readonly type: 'struct';
  readonly fields: readonly StructField[];
}

/** A column, or a field of a struct. Its id never changes; its name and its place may. */
export interface StructField {
  readonly id: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: IcebergType;
  readonly doc?: string | undefined;
}

export interface ListType {
  readonly type: 'list';
  readonly 'element-id': number;
  readonly 'element-required': boolean;
  readonly element: IcebergType;
}

export interface MapType {
  readonly type: 'map';
  readonly 'key-id': number;
  readonly key: IcebergType;
  readonly 'value-id': number;
  readonly 'value-required': boolean;
  readonly value: IcebergType;
}

/** @see https://iceberg.apache.org/spec/#primitive-types */
const PRIMITIVE =
  /^(?:boolean|int|long|float|double|date|time|timestamp|timestamptz|string|uuid|binary|decimal\(\d+,\s*\d+\)|fixed\[\d+\])$/;

export const icebergType: z.ZodType<IcebergType> = z.lazy(() =>
  z.union([
    z.string().regex(PRIMITIVE),
    z.object({ type: z.literal('struct'), fields: z.array(structField) }),
    z.object({ type: z.literal('list'), 'element-id': z.int(), 'element-required': z.boolean(), element: icebergType }),
    z.object({
      type: z.literal('map'),
      'key-id': z.int(),
      key: icebergType,
      'value-id': z.int(),
      'value-required': z.boolean(),
      value: icebergType,
    }),
  ]),
);

export const structField: z.ZodType<StructField> = z.lazy(() =>
  z.object({ id: z.int(), name: z.string(), required: z.boolean(), type: icebergType, doc: z.string().optional() }),
);

/** Precision and scale of a decimal; undefined for any other type. */
export function decimalOf(type: IcebergType): { readonly precision: number; readonly scale: number } | undefined {
  const found = typeof type === 'string' ? /^decimal\((\d+),\s*(\d+)\)$/.exec(type) : null;
  return found === null ? undefined : { precision: Number(found[1]), scale: Number(found[2]) };
}

/** A list of what is within a type, with the ids of its parts. */
export function partsOf(
  type: IcebergType,
): readonly { readonly id: number; readonly name: string; readonly type: IcebergType }[] {
  if (typeof type === 'string') return [];
  switch (type.type) {
    case 'struct':
      return type.fields;
    case 'list':
      return [{ id: type['element-id'], name: 'element', type: type.element }];
    case 'map':
      return [
        { id: type['key-id'], name: 'key', type: type.key },
        { id: type['value-id'], name: 'value', type: type.value },
      ];
  }
}
