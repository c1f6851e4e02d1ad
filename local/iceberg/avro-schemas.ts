import type { Schema } from 'avsc';
import type { PartitionSpec } from './metadata.ts';
import { parseTransform, resultType } from './partition-spec.ts';
import { decimalOf, type IcebergType } from './types.ts';
import { decimalSize } from './value.ts';

type Field = Readonly<Record<string, unknown>>;

const field = (id: number, name: string, type: unknown): Field => ({ name, type, 'field-id': id });
const optional = (id: number, name: string, type: unknown): Field => ({ ...field(id, name, ['null', type]), default: null });

/** Iceberg has no maps of numbers in Avro: each is a list of pairs. */
const byColumn = (key: number, value: number, type: string): object => ({
  type: 'array',
  logicalType: 'map',
  items: { type: 'record', name: `k${key}_v${value}`, fields: [field(key, 'key', 'int'), field(value, 'value', type)] },
});

const list = (element: number, items: unknown): object => ({ type: 'array', 'element-id': element, items });

/** What Avro calls the values of a partition. */
function partitionType(type: IcebergType, id: number): unknown {
  const decimal = decimalOf(type);
  if (decimal !== undefined)
    return { type: 'fixed', name: `decimal_${id}`, size: decimalSize(decimal.precision), logicalType: 'decimal', ...decimal };
  switch (type) {
    case 'date':
      return { type: 'int', logicalType: 'date' };
    case 'timestamp':
    case 'timestamptz':
      return { type: 'long', logicalType: 'timestamp-micros', 'adjust-to-utc': type === 'timestamptz' };
    case 'time':
      return { type: 'long', logicalType: 'time-micros' };
    case 'binary':
      return 'bytes';
    case 'uuid':
      return { type: 'fixed', name: `uuid_${id}`, size: 16, logicalType: 'uuid' };
    default:
      return typeof type === 'string' && type.startsWith('fixed')
        ? { type: 'fixed', name: `fixed_${id}`, size: Number(type.slice(6, -1)) }
        : type;
  }
}

/** @param typeOf The type of a column by its id. @see https://iceberg.apache.org/spec/#manifests */
export function manifestEntry({ fields }: PartitionSpec, typeOf: (id: number) => IcebergType): Schema {
  const partition = fields.map(({ name, transform, 'source-id': source, 'field-id': id }) =>
    optional(id, avroName(name), partitionType(resultType(parseTransform(transform), typeOf(source)), id)),
  );
  const dataFile = {
    type: 'record',
    name: 'r2',
    fields: [
      field(134, 'content', 'int'),
      field(100, 'file_path', 'string'),
      field(101, 'file_format', 'string'),
      field(102, 'partition', { type: 'record', name: 'r102', fields: partition }),
      field(103, 'record_count', 'long'),
      field(104, 'file_size_in_bytes', 'long'),
      optional(108, 'column_sizes', byColumn(117, 118, 'long')),
      optional(109, 'value_counts', byColumn(119, 120, 'long')),
      optional(110, 'null_value_counts', byColumn(121, 122, 'long')),
      optional(137, 'nan_value_counts', byColumn(138, 139, 'long')),
      optional(125, 'lower_bounds', byColumn(126, 127, 'bytes')),
      optional(128, 'upper_bounds', byColumn(129, 130, 'bytes')),
      optional(131, 'key_metadata', 'bytes'),
      optional(132, 'split_offsets', list(133, 'long')),
      optional(135, 'equality_ids', list(136, 'int')),
      optional(140, 'sort_order_id', 'int'),
    ],
  };
  return {
    type: 'record',
    name: 'manifest_entry',
    fields: [
      field(0, 'status', 'int'),
      optional(1, 'snapshot_id', 'long'),
      optional(3, 'sequence_number', 'long'),
      optional(4, 'file_sequence_number', 'long'),
      field(2, 'data_file', dataFile),
    ],
  } as unknown as Schema;
}

/** A name as Avro lets one be. */
export const avroName = (name: string): string =>
  name.replaceAll(/\W/g, (sign) => `_x${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}`).replace(/^(?=\d)/, '_');

/** @see https://iceberg.apache.org/spec/#manifest-lists */
export const MANIFEST_FILE = {
  type: 'record',
  name: 'manifest_file',
  fields: [
    field(500, 'manifest_path', 'string'),
    field(501, 'manifest_length', 'long'),
    field(502, 'partition_spec_id', 'int'),
    field(517, 'content', 'int'),
    field(515, 'sequence_number', 'long'),
    field(516, 'min_sequence_number', 'long'),
    field(503, 'added_snapshot_id', 'long'),
    field(504, 'added_files_count', 'int'),
    field(505, 'existing_files_count', 'int'),
    field(506, 'deleted_files_count', 'int'),
    field(512, 'added_rows_count', 'long'),
    field(513, 'existing_rows_count', 'long'),
    field(514, 'deleted_rows_count', 'long'),
    optional(
      507,
      'partitions',
      list(508, {
        type: 'record',
        name: 'r508',
        fields: [
          field(509, 'contains_null', 'boolean'),
          optional(518, 'contains_nan', 'boolean'),
          optional(510, 'lower_bound', 'bytes'),
          optional(511, 'upper_bound', 'bytes'),
        ],
      }),
    ),
    optional(519, 'key_metadata', 'bytes'),
  ],
} as unknown as Schema;
