import { IcebergError } from './iceberg-error.ts';
import type { PartitionField, PartitionSpec } from './metadata.ts';
import type { IcebergType, StructField } from './types.ts';

export type TransformName = 'identity' | 'year' | 'month' | 'day' | 'hour' | 'bucket' | 'truncate' | 'void';

/** How a partition's value comes of a column's. */
export interface Transform {
  readonly name: TransformName;
  /** Buckets, or the width of a truncation. */
  readonly parameter?: number | undefined;
}

/** A partition as a statement names it. */
export interface NewPartitionField extends Transform {
  readonly column: string;
}

/** What a partition's field is called after its column. */
const SUFFIXES: Readonly<Record<TransformName, string>> = {
  identity: '', year: '_year', month: '_month', day: '_day', hour: '_hour', bucket: '_bucket', truncate: '_trunc', void: '_null',
}; // prettier-ignore

/** The first id of a partition's field, less one. */
export const NO_PARTITIONS = 999;

/** @see https://iceberg.apache.org/spec/#partition-transforms */
const SOURCES: Readonly<Record<Exclude<TransformName, 'identity' | 'void'>, RegExp>> = {
  year: /^(?:date|timestamp|timestamptz)$/,
  month: /^(?:date|timestamp|timestamptz)$/,
  day: /^(?:date|timestamp|timestamptz)$/,
  hour: /^(?:timestamp|timestamptz)$/,
  bucket: /^(?:int|long|decimal.*|date|time|timestamp|timestamptz|string|uuid|fixed.*|binary)$/,
  truncate: /^(?:int|long|decimal.*|string|binary)$/,
};

/** The spec of a new table. @throws IcebergError for a column that is not there, a transform that its type has not, and a name that comes twice */
export function newSpec(wanted: readonly NewPartitionField[], columns: readonly StructField[]): PartitionSpec {
  const fields = wanted.map(({ name, parameter, column }, place): PartitionField => {
    const source = columns.find((candidate) => candidate.name === column);
    if (source === undefined)
      throw new IcebergError('COLUMN_NOT_FOUND', `Partition column '${column}' does not exist in the table`);
    const transform = transformText({ name, parameter });
    checkTransform({ name, parameter }, source);
    return { name: `${column}${SUFFIXES[name]}`, transform, 'source-id': source.id, 'field-id': NO_PARTITIONS + 1 + place };
  });
  const twice = fields.find(({ name }, place) => fields.some((other, at) => at < place && other.name === name));
  if (twice !== undefined)
    throw new IcebergError('INVALID_TABLE_PROPERTY', `Cannot use partition name more than once: ${twice.name}`);
  return { 'spec-id': 0, fields };
}

function checkTransform({ name, parameter }: Transform, { name: column, type }: StructField): void {
  const whole = typeof type !== 'string';
  const lawful = name === 'void' || (!whole && (name === 'identity' || SOURCES[name].test(type)));
  if (!lawful)
    throw new IcebergError(
      'NOT_SUPPORTED',
      `Cannot partition by ${name} of column '${column}', whose type is ${whole ? type.type : type}`,
    );
  const wantsNumber = name === 'bucket' || name === 'truncate';
  if (wantsNumber && !(Number.isInteger(parameter) && (parameter ?? 0) > 0))
    throw new IcebergError('INVALID_TABLE_PROPERTY', `${name} of column '${column}' needs a whole number above 0`);
}

const transformText = ({ name, parameter }: Transform): string => (parameter === undefined ? name : `${name}[${parameter}]`);

/** @throws IcebergError for a transform that is none of the specification's */
export function parseTransform(text: string): Transform {
  const [, name = '', parameter] = /^(identity|year|month|day|hour|void|bucket|truncate)(?:\[(\d+)\])?$/.exec(text) ?? [];
  if (name === '')
    throw new IcebergError(
      'ICEBERG_INVALID_METADATA',
      `the partition transform '${text}' is not one that headwaters local reads`,
    );
  return { name: name as TransformName, ...(parameter !== undefined && { parameter: Number(parameter) }) };
}

/** The type of a transform's values; those of `void` are nulls. */
export function resultType({ name }: Transform, source: IcebergType): IcebergType {
  switch (name) {
    case 'bucket':
    case 'year':
    case 'month':
    case 'hour':
      return 'int';
    case 'day':
      return 'date';
    default:
      return source;
  }
}
