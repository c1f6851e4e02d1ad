import * as z from 'zod';
import { readAvro, writeAvro } from './avro-file.ts';
import { MANIFEST_FILE } from './avro-schemas.ts';
import { checked } from './checked.ts';
import type { DataFile } from './data-file.ts';
import type { IcebergType } from './types.ts';
import { toBytes, type Value } from './value.ts';

/** A manifest as its snapshot's list tells of it. */
export interface ManifestFile {
  readonly path: string;
  readonly length: bigint;
  readonly specId: number;
  readonly content: number;
  readonly sequence: bigint;
  readonly minSequence: bigint;
  readonly snapshotId: bigint;
  readonly added: Counted;
  readonly existing: Counted;
  readonly deleted: Counted;
  /** In the order of the spec's fields. */
  readonly partitions: readonly FieldSummary[];
}

export interface Counted {
  readonly files: number;
  readonly rows: bigint;
}

export interface FieldSummary {
  readonly containsNull: boolean;
  readonly containsNan?: boolean | undefined;
  readonly lower?: Buffer | undefined;
  readonly upper?: Buffer | undefined;
}

const long = z.bigint();
const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));
const count = z.int().nullish().transform((value) => value ?? 0); // prettier-ignore
const rows = long.nullish().transform((value) => value ?? 0n);

const manifestFile = z.object({
  manifest_path: z.string(),
  manifest_length: long,
  partition_spec_id: z.int(),
  content: z.int().default(0),
  sequence_number: long.default(0n),
  min_sequence_number: long.default(0n),
  added_snapshot_id: long.nullish().transform((value) => value ?? 0n),
  added_files_count: count,
  existing_files_count: count,
  deleted_files_count: count,
  added_data_files_count: count,
  existing_data_files_count: count,
  deleted_data_files_count: count,
  added_rows_count: rows,
  existing_rows_count: rows,
  deleted_rows_count: rows,
  partitions: z
    .array(
      z.object({
        contains_null: z.boolean(),
        contains_nan: z.boolean().nullish(),
        lower_bound: bytes.nullish(),
        upper_bound: bytes.nullish(),
      }),
    )
    .nullish(),
});

/** @throws IcebergError ICEBERG_INVALID_METADATA */
export async function readManifestList(body: Buffer, path: string): Promise<readonly ManifestFile[]> {
  const { records } = await readAvro(body, path);
  return records.map((record) => {
    const found = checked(manifestFile, record, path);
    return {
      path: found.manifest_path,
      length: found.manifest_length,
      specId: found.partition_spec_id,
      content: found.content,
      sequence: found.sequence_number,
      minSequence: found.min_sequence_number,
      snapshotId: found.added_snapshot_id,
      // the older of two names of the same field is what Iceberg's Java library writes
      added: { files: found.added_files_count || found.added_data_files_count, rows: found.added_rows_count },
      existing: { files: found.existing_files_count || found.existing_data_files_count, rows: found.existing_rows_count },
      deleted: { files: found.deleted_files_count || found.deleted_data_files_count, rows: found.deleted_rows_count },
      partitions: (found.partitions ?? []).map(({ contains_null, contains_nan, lower_bound, upper_bound }) => ({
        containsNull: contains_null,
        containsNan: contains_nan ?? undefined,
        lower: lower_bound ?? undefined,
        upper: upper_bound ?? undefined,
      })),
    };
  });
}

/** @param head What tells the snapshot: its id, its parent's and its sequence number. */
export const writeManifestList = (head: Readonly<Record<string, string>>, manifests: readonly ManifestFile[]): Promise<Buffer> =>
  writeAvro(MANIFEST_FILE, {
    head,
    records: manifests.map((manifest) => ({
      manifest_path: manifest.path,
      manifest_length: manifest.length,
      partition_spec_id: manifest.specId,
      content: manifest.content,
      sequence_number: manifest.sequence,
      min_sequence_number: manifest.minSequence,
      added_snapshot_id: manifest.snapshotId,
      added_files_count: manifest.added.files,
      existing_files_count: manifest.existing.files,
      deleted_files_count: manifest.deleted.files,
      added_rows_count: manifest.added.rows,
      existing_rows_count: manifest.existing.rows,
      deleted_rows_count: manifest.deleted.rows,
      partitions: manifest.partitions.map(({ containsNull, containsNan, lower, upper }) => ({
        contains_null: containsNull,
        contains_nan: containsNan ?? null,
        lower_bound: lower ?? null,
        upper_bound: upper ?? null,
      })),
      key_metadata: null,
    })),
  });

/** What a manifest's list says of the partitions of its files. */
export function summaries(types: readonly IcebergType[], files: readonly DataFile[]): readonly FieldSummary[] {
  return types.map((type, place) => {
    const values = files.map(({ partition }) => partition[place] ?? null);
    const known = values.filter((value) => value !== null);
    const numbers = known.filter((value) => !Number.isNaN(value)).sort(compare);
    const [first, last] = [numbers.at(0), numbers.at(-1)];
    return {
      containsNull: known.length < values.length,
      containsNan: numbers.length < known.length,
      lower: first === undefined ? undefined : toBytes(type, first),
      upper: last === undefined ? undefined : toBytes(type, last),
    };
  });
}

/** The order of values of one type. */
export function compare(a: Value, b: Value): number {
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a === b ? 0 : a < b ? -1 : 1;
}
