import type { DataFile } from '../../iceberg/data-file.ts';
import { valueSql } from '../../iceberg/engine-sql.ts';
import { compare } from '../../iceberg/manifest-list.ts';
import { partitionTypes } from '../../iceberg/manifest.ts';
import { currentSchema, specOf, type TableMetadata } from '../../iceberg/metadata.ts';
import { shapeOf } from '../../iceberg/snapshot.ts';
import { partitionKey } from '../../iceberg/summary.ts';
import type { IcebergType, StructField } from '../../iceberg/types.ts';
import { fromBytes, type Value } from '../../iceberg/value.ts';
import { identifier } from '../../parquet/engine.ts';
import { BIGINT, engineType, type RowField, type Type } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { MetadataRows } from './metadata-tables.ts';
import { fromIceberg } from './types.ts';

/** `"t$partitions"`: what each partition has, and the bounds of its columns; a table without partitions has one row. */
export function partitionRows(metadata: TableMetadata, files: readonly DataFile[]): MetadataRows {
  const specId = metadata['default-spec-id'];
  const { fields } = specOf(metadata, specId);
  const types = partitionTypes(shapeOf(metadata, specId));
  const identities = new Set(fields.filter(({ transform }) => transform === 'identity').map((field) => field['source-id']));
  const told = currentSchema(metadata).fields.filter(({ id, type }) => typeof type === 'string' && !identities.has(id));
  const partition: readonly RowField[] = fields.map(({ name }, place) => ({ name, type: fromIceberg(types[place] ?? 'string') }));
  const data: readonly RowField[] = told.map(({ name, type }) => ({
    name: name.toLowerCase(),
    type: boundsType(fromIceberg(type)),
  }));
  if (files.some((file) => file.specId !== specId))
    throw new QueryError(
      'NOT_SUPPORTED: "$partitions" of a table whose partitioning has changed is not what headwaters local lists',
    );
  const groups = new Map<string, DataFile[]>();
  for (const file of files) groups.set(partitionKey(file), [...(groups.get(partitionKey(file)) ?? []), file]);
  const sum = (all: readonly DataFile[], of: (file: DataFile) => bigint): string =>
    String(all.reduce((total, file) => total + of(file), 0n));
  return {
    columns: [
      ...(fields.length === 0 ? [] : [['partition', { kind: 'row', fields: partition }] as const]),
      ['record_count', BIGINT],
      ['file_count', BIGINT],
      ['total_size', BIGINT],
      ...(data.length === 0 ? [] : [['data', { kind: 'row', fields: data }] as const]),
    ],
    rows: [...groups.values()].map((all) => [
      ...(fields.length === 0 ? [] : [struct(partition, types.map((type, place) => sqlOf(type, all[0]?.partition[place])))]),
      sum(all, ({ records }) => records),
      String(all.length),
      sum(all, ({ size }) => size),
      ...(data.length === 0 ? [] : [struct(data, told.map((field) => boundsOf(field, all)))]),
    ]), // prettier-ignore
  };
}

const boundsType = (type: Type): Type => ({
  kind: 'row',
  fields: [
    { name: 'min', type },
    { name: 'max', type },
    { name: 'null_count', type: BIGINT },
    { name: 'nan_count', type: BIGINT },
  ],
});

/** A row of the engine's; one without fields is a null. */
const struct = (fields: readonly RowField[], values: readonly string[]): string =>
  fields.length === 0
    ? 'null'
    : `{${fields.map(({ name = '', type }, place) => `${identifier(name)}: cast(${values[place] ?? 'null'} as ${engineType(type)})`).join(', ')}}`;

const sqlOf = (type: IcebergType, value: Value | null | undefined): string =>
  value === null || value === undefined ? 'null' : valueSql(type, value);

function boundsOf({ id, type }: StructField, files: readonly DataFile[]): string {
  const known = (of: (file: DataFile) => Buffer | undefined): readonly Value[] =>
    files.flatMap((file) => {
      const bytes = of(file);
      return bytes === undefined ? [] : [fromBytes(type, bytes)];
    });
  const lower = known(({ lower: bounds }) => bounds.get(id)).toSorted(compare);
  const upper = known(({ upper: bounds }) => bounds.get(id)).toSorted(compare);
  const nulls = files.reduce((total, { nullCounts }) => total + (nullCounts.get(id) ?? 0n), 0n);
  return struct(boundsFields(fromIceberg(type)), [sqlOf(type, lower.at(0)), sqlOf(type, upper.at(-1)), String(nulls), 'null']);
}

const boundsFields = (type: Type): readonly RowField[] => {
  const bounds = boundsType(type);
  return bounds.kind === 'row' ? bounds.fields : [];
};
