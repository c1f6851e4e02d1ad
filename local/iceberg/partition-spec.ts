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

/** Transforms of which one is enough for a column. */
const OF_TIME = new Set<TransformName>(['year', 'month', 'day', 'hour']);

/** The spec of a new table. @throws IcebergError INVALID_TABLE_PROPERTY in the words of Iceberg's library */
export function newSpec(wanted: readonly NewPartitionField[], columns: readonly StructField[]): PartitionSpec {
  const fields = wanted.map(({ name, parameter, column }, place): PartitionField => {
    const source = columns.find((candidate) => candidate.name === column);
    if (source === undefined) throw invalid(`Cannot find source column: ${column}`);
    checkTransform({ name, parameter }, source);
    return {
      name: `${column}${SUFFIXES[name]}`,
      transform: transformText({ name, parameter }),
      'source-id': source.id,
      'field-id': NO_PARTITIONS + 1 + place,
    };
  });
  for (const [place, field] of fields.entries()) {
    const earlier = fields.slice(0, place);
    if (earlier.some(({ name }) => name === field.name)) throw invalid(`Cannot use partition name more than once: ${field.name}`);
    const redundant = earlier.find((other) => other['source-id'] === field['source-id'] && kindOf(other) === kindOf(field));
    if (redundant !== undefined)
      throw invalid(`Cannot add redundant partition: ${inWords(redundant)} conflicts with ${inWords(field)}`);
  }
  return { 'spec-id': 0, fields };
}

const invalid = (reason: string): IcebergError => new IcebergError('INVALID_TABLE_PROPERTY', reason);

const inWords = (field: PartitionField): string =>
  `${field['field-id']}: ${field.name}: ${field.transform}(${field['source-id']})`;

const kindOf = ({ transform }: PartitionField): string => (OF_TIME.has(parseTransform(transform).name) ? 'time' : transform);

/** @throws IcebergError for a transform that the type of a column has not */
export function checkTransform({ name, parameter }: Transform, { type }: StructField): void {
  if (typeof type !== 'string') throw invalid(`Cannot partition by non-primitive source field: ${type.type}`);
  if (name === 'void' || name === 'identity') return;
  if (!SOURCES[name].test(type)) {
    if (name === 'bucket') throw invalid(`Cannot bucket by type: ${type}`);
    throw invalid(name === 'truncate' ? `Cannot truncate type: ${type}` : `Cannot partition type ${type} by ${name}`);
  }
  if (name !== 'bucket' && name !== 'truncate') return;
  if (!Number.isInteger(parameter) || (parameter ?? 0) <= 0)
    throw invalid(
      name === 'bucket'
        ? `Invalid number of buckets: ${parameter ?? ''} (must be > 0)`
        : `Invalid truncate width: ${parameter ?? ''} (must be > 0)`,
    );
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
