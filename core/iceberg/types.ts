import * as z from 'zod';

/** Types without parts that a definition may give. Times are UTC: Athena makes no column of `timestamptz`. */
export const ICEBERG_PRIMITIVES = ['boolean', 'int', 'long', 'double', 'string', 'date', 'timestamp'] as const;

/**
 * A type as a definition gives it, in the words of the Iceberg specification, without ids.
 *
 * @see https://iceberg.apache.org/spec/#schemas-and-data-types
 */
export type IcebergType = IcebergPrimitive | IcebergStruct | IcebergList | IcebergMap;

/** A type without parts. */
export type IcebergPrimitive = (typeof ICEBERG_PRIMITIVES)[number] | `decimal(${number},${number})`;

/** Fields by their names. */
export interface IcebergStruct {
  readonly type: 'struct';
  readonly fields: readonly IcebergColumn[];
}

/** Elements of one type. */
export interface IcebergList {
  readonly type: 'list';
  readonly element: IcebergType;
  /** Whether no element is null. */
  readonly elementRequired: boolean;
}

/** Values by their keys. */
export interface IcebergMap {
  readonly type: 'map';
  readonly key: IcebergType;
  readonly value: IcebergType;
  /** Whether no value is null. */
  readonly valueRequired: boolean;
}

/** A column of a table, or a field of a struct. */
export interface IcebergColumn {
  /** Of a-z, 0-9 and _, as Athena knows names. */
  readonly name: string;
  readonly type: IcebergType;
  /** Whether no value is null. A column that comes to a table later is optional, whatever stands here. */
  readonly required: boolean;
  /** What it holds, for people; the catalog keeps 255 bytes of it. */
  readonly comment?: string | undefined;
}

/** Digits that a decimal has at most. */
const MOST_DIGITS = 38;

const decimal = z.templateLiteral(['decimal(', z.int(), ',', z.int(), ')']).refine((text) => isLawfulDecimal(text), {
  error: `must have 1 to ${MOST_DIGITS} digits, and no more of them behind the point`,
});

export const icebergType: z.ZodType<IcebergType> = z.lazy(() =>
  z.union([
    z.enum(ICEBERG_PRIMITIVES),
    decimal,
    z.strictObject({ type: z.literal('struct'), fields: z.array(icebergColumn).min(1) }),
    z.strictObject({ type: z.literal('list'), element: icebergType, elementRequired: z.boolean() }),
    z.strictObject({ type: z.literal('map'), key: icebergType, value: icebergType, valueRequired: z.boolean() }),
  ]),
);

export const icebergColumn: z.ZodType<IcebergColumn> = z.lazy(() =>
  z.strictObject({ name: z.string().min(1), type: icebergType, required: z.boolean(), comment: z.string().optional() }),
);

/** A type as a table's metadata has it: its parts have ids, which never change. */
export type NumberedType = string | NumberedStruct | NumberedList | NumberedMap;

export interface NumberedStruct {
  readonly type: 'struct';
  readonly fields: readonly NumberedField[];
}

export interface NumberedList {
  readonly type: 'list';
  readonly 'element-id': number;
  readonly 'element-required': boolean;
  readonly element: NumberedType;
}

export interface NumberedMap {
  readonly type: 'map';
  readonly 'key-id': number;
  readonly key: NumberedType;
  readonly 'value-id': number;
  readonly 'value-required': boolean;
  readonly value: NumberedType;
}

/** A column, or a field of a struct, by whose id files hold its values. */
export interface NumberedField {
  readonly id: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: NumberedType;
  readonly doc?: string | undefined;
}

export const numberedType: z.ZodType<NumberedType> = z.lazy(() =>
  z.union([
    z.string(), // any word: what a definition never names is kept as it is
    z.object({ type: z.literal('struct'), fields: z.array(numberedField) }),
    z.object({ type: z.literal('list'), 'element-id': z.int(), 'element-required': z.boolean(), element: numberedType }),
    z.object({
      type: z.literal('map'),
      'key-id': z.int(),
      key: numberedType,
      'value-id': z.int(),
      'value-required': z.boolean(),
      value: numberedType,
    }),
  ]),
);

export const numberedField: z.ZodType<NumberedField> = z.lazy(() =>
  z.object({ id: z.int(), name: z.string(), required: z.boolean(), type: numberedType, doc: z.string().optional() }),
);

/** Precision and scale of a decimal, however it is spaced; undefined for any other word. */
export function decimalOf(type: string): { readonly precision: number; readonly scale: number } | undefined {
  const found = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(type);
  return found === null ? undefined : { precision: Number(found[1]), scale: Number(found[2]) };
}

function isLawfulDecimal(text: string): boolean {
  const found = decimalOf(text);
  return found !== undefined && found.precision >= 1 && found.precision <= MOST_DIGITS && found.scale <= found.precision;
}

/** Ids of a field and of all that is within it. */
export const idsOf = ({ id, type }: NumberedField): readonly number[] => [id, ...idsWithin(type)];

function idsWithin(type: NumberedType): readonly number[] {
  if (typeof type === 'string') return [];
  switch (type.type) {
    case 'struct':
      return type.fields.flatMap(idsOf);
    case 'list':
      return [type['element-id'], ...idsWithin(type.element)];
    case 'map':
      return [type['key-id'], type['value-id'], ...idsWithin(type.key), ...idsWithin(type.value)];
  }
}
