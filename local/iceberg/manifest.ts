import * as z from 'zod';
import { readAvro, writeAvro } from './avro-file.ts';
import { avroName, manifestEntry } from './avro-schemas.ts';
import { CONTENTS, type ByColumn, type DataFile, type LiveFile } from './data-file.ts';
import type { ManifestFile } from './manifest-list.ts';
import type { PartitionSpec, Schema } from './metadata.ts';
import { parseTransform, resultType } from './partition-spec.ts';
import { decimalOf, type IcebergType } from './types.ts';
import { checked } from './checked.ts';
import { decimalSize, kindOf, sized, unscaled, type Value } from './value.ts';

const STATUS = { existing: 0, added: 1, deleted: 2 } as const;

/** A line of a manifest. */
export interface ManifestEntry {
  readonly status: keyof typeof STATUS;
  /** The snapshot that added the file, or took it away. */
  readonly snapshotId: bigint;
  /** Missing of a file that was added: it is the snapshot's, which nobody knows before it is committed. */
  readonly sequence?: bigint | undefined;
  readonly file: DataFile;
}

/** What the files of a manifest have in common. */
export interface ManifestShape {
  readonly schema: Schema;
  readonly spec: PartitionSpec;
  /** The type of a column by its id. */
  readonly typeOf: (id: number) => IcebergType;
}

const long = z.bigint();
const longs = z
  .array(z.object({ key: z.int(), value: long }))
  .nullish()
  .transform((list): ByColumn<bigint> => new Map(list?.map(({ key, value }) => [key, value])));
const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));

const bounds = z
  .array(z.object({ key: z.int(), value: bytes }))
  .nullish()
  .transform((list): ByColumn<Buffer> => new Map(list?.map(({ key, value }) => [key, value])));

const entry = z.object({
  status: z.int(),
  snapshot_id: long.nullish(),
  sequence_number: long.nullish(),
  data_file: z.object({
    content: z.int().default(CONTENTS.data),
    file_path: z.string(),
    file_format: z.string(),
    partition: z.looseObject({}),
    record_count: long,
    file_size_in_bytes: long,
    column_sizes: longs,
    value_counts: longs,
    null_value_counts: longs,
    nan_value_counts: longs,
    lower_bounds: bounds,
    upper_bounds: bounds,
  }),
});

/** The types of a spec's values, in order. */
export const partitionTypes = ({ spec, typeOf }: Pick<ManifestShape, 'spec' | 'typeOf'>): readonly IcebergType[] =>
  spec.fields.map(({ transform, 'source-id': id }) => resultType(parseTransform(transform), typeOf(id)));

/** Writes a manifest of files that are all of one kind. */
export async function writeManifest(shape: ManifestShape, entries: readonly ManifestEntry[]): Promise<Buffer> {
  const { schema, spec, typeOf } = shape;
  const deletes = entries[0]?.file.content !== CONTENTS.data;
  const types = partitionTypes(shape);
  const head = {
    schema: JSON.stringify(schema),
    'schema-id': String(schema['schema-id']),
    'partition-spec': JSON.stringify(spec.fields),
    'partition-spec-id': String(spec['spec-id']),
    'format-version': '2',
    content: deletes ? 'deletes' : 'data',
  };
  const records = entries.map(({ status, snapshotId, sequence, file }) => ({
    status: STATUS[status],
    snapshot_id: snapshotId,
    sequence_number: sequence ?? null,
    file_sequence_number: sequence ?? null,
    data_file: {
      content: file.content,
      file_path: file.path,
      file_format: file.format,
      partition: Object.fromEntries(
        spec.fields.map(({ name }, place) => [avroName(name), written(types[place] ?? 'string', file.partition[place] ?? null)]),
      ),
      record_count: file.records,
      file_size_in_bytes: file.size,
      column_sizes: listed(file.columnSizes),
      value_counts: listed(file.valueCounts),
      null_value_counts: listed(file.nullCounts),
      nan_value_counts: listed(file.nanCounts),
      lower_bounds: listed(file.lower),
      upper_bounds: listed(file.upper),
      key_metadata: null,
      split_offsets: null,
      equality_ids: null,
      sort_order_id: file.content === CONTENTS.data ? 0 : null,
    },
  }));
  return writeAvro(manifestEntry(spec, typeOf), { head, records });
}

const listed = <T>(map: ByColumn<T>): readonly { key: number; value: T }[] => [...map].map(([key, value]) => ({ key, value }));

/** A partition's value as Avro takes it. */
function written(type: IcebergType, value: Value | null): unknown {
  const decimal = decimalOf(type);
  return decimal === undefined || value === null ? value : sized(value as bigint, decimalSize(decimal.precision));
}

function read(type: IcebergType, value: unknown): Value | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value) && decimalOf(type) !== undefined) return unscaled(value);
  return kindOf(type) === 'long' ? BigInt(value as number | bigint) : (value as Value);
}

/** Files of a manifest that its snapshot has. @throws IcebergError ICEBERG_INVALID_METADATA */
export async function readManifest(
  body: Buffer,
  { path, specId, snapshotId, sequence }: ManifestFile,
  types: readonly IcebergType[],
): Promise<readonly ManifestEntry[]> {
  const { records } = await readAvro(body, path);
  return records.map((record) => {
    const { status, snapshot_id: own, sequence_number: sequenceOfFile, data_file: file } = checked(entry, record, path);
    const partition = Object.values(file.partition);
    return {
      status: status === STATUS.deleted ? 'deleted' : status === STATUS.added ? 'added' : 'existing',
      snapshotId: own ?? snapshotId,
      sequence: sequenceOfFile ?? sequence,
      file: {
        content: file.content,
        path: file.file_path,
        format: file.file_format.toUpperCase(),
        specId,
        partition: types.map((type, place) => read(type, partition[place])),
        records: file.record_count,
        size: file.file_size_in_bytes,
        columnSizes: file.column_sizes,
        valueCounts: file.value_counts,
        nullCounts: file.null_value_counts,
        nanCounts: file.nan_value_counts,
        lower: file.lower_bounds,
        upper: file.upper_bounds,
      },
    };
  });
}

export const liveFiles = (entries: readonly ManifestEntry[]): readonly LiveFile[] =>
  entries.flatMap(({ status, snapshotId, sequence = 0n, file }) =>
    status === 'deleted' ? [] : [{ ...file, snapshotId, sequence }],
  );
