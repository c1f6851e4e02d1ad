import { isSafeNumber, parse, stringify } from 'lossless-json';
import * as z from 'zod';
import { IcebergError } from './iceberg-error.ts';
import { structField, type StructField } from './types.ts';

/** A number of 64 bits: JavaScript's own numbers hold 53. */
const long = z.union([z.bigint(), z.int().transform(BigInt)]);

const schema = z.looseObject({
  type: z.literal('struct'),
  'schema-id': z.int(),
  'identifier-field-ids': z.array(z.int()).optional(),
  fields: z.array(structField),
});
export type Schema = z.infer<typeof schema>;

const partitionField = z.object({ name: z.string(), transform: z.string(), 'source-id': z.int(), 'field-id': z.int() });
export type PartitionField = z.infer<typeof partitionField>;
const partitionSpec = z.object({ 'spec-id': z.int(), fields: z.array(partitionField) });
export type PartitionSpec = z.infer<typeof partitionSpec>;

const snapshot = z.looseObject({
  'snapshot-id': long,
  'parent-snapshot-id': long.optional(),
  'sequence-number': long,
  /** Milliseconds since the epoch, simulated. */
  'timestamp-ms': z.number(),
  summary: z.record(z.string(), z.string()),
  'manifest-list': z.string(),
  'schema-id': z.int().optional(),
});
export type Snapshot = z.infer<typeof snapshot>;

const reference = z.looseObject({
  'snapshot-id': long,
  type: z.enum(['branch', 'tag']),
  'min-snapshots-to-keep': z.int().optional(),
  'max-snapshot-age-ms': z.number().optional(),
  'max-ref-age-ms': z.number().optional(),
});
export type Reference = z.infer<typeof reference>;

const logged = z.object({ 'timestamp-ms': z.number(), 'snapshot-id': long });

/** @see https://iceberg.apache.org/spec/#table-metadata-fields */
const tableMetadata = z.looseObject({
  'format-version': z.literal(2),
  'table-uuid': z.string(),
  /** The S3 address of the table, without a slash at its end. */
  location: z.string(),
  'last-sequence-number': long,
  'last-updated-ms': z.number(),
  'last-column-id': z.int(),
  'current-schema-id': z.int(),
  schemas: z.array(schema).min(1),
  'default-spec-id': z.int(),
  'partition-specs': z.array(partitionSpec).min(1),
  'last-partition-id': z.int(),
  'default-sort-order-id': z.int(),
  'sort-orders': z.array(z.object({ 'order-id': z.int(), fields: z.array(z.unknown()) })),
  properties: z.record(z.string(), z.string()).default({}),
  /** -1, or absent, for a table that was never written. */
  'current-snapshot-id': long.nullish(),
  refs: z.record(z.string(), reference).default({}),
  snapshots: z.array(snapshot).default([]),
  statistics: z.array(z.unknown()).default([]),
  'snapshot-log': z.array(logged).default([]),
  'metadata-log': z.array(z.object({ 'timestamp-ms': z.number(), 'metadata-file': z.string() })).default([]),
});

/** The state of a table: what one file of its metadata says. */
export type TableMetadata = z.infer<typeof tableMetadata>;

/** @throws IcebergError ICEBERG_INVALID_METADATA */
export function readMetadata(text: string, location: string): TableMetadata {
  const read = tableMetadata.safeParse(parsed(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new IcebergError(
    'ICEBERG_INVALID_METADATA',
    `Error processing metadata for table metadata file ${location}: ${issue?.path.join('.') ?? ''} is not as the Iceberg specification, version 2, has it`,
  );
}

function parsed(text: string): unknown {
  try {
    return parse(text, undefined, { parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : BigInt(digits)) });
  } catch {
    return undefined;
  }
}

export const writeMetadata = (metadata: TableMetadata): string => stringify(metadata, undefined, 2) ?? '';

/** The schema of now. */
export const currentSchema = (metadata: TableMetadata): Schema => schemaOf(metadata, metadata['current-schema-id']);

/** @throws IcebergError ICEBERG_INVALID_METADATA for an id that the table has no schema of */
export function schemaOf({ schemas }: TableMetadata, id: number): Schema {
  const found = schemas.find((candidate) => candidate['schema-id'] === id);
  if (found === undefined) throw new IcebergError('ICEBERG_INVALID_METADATA', `the table has no schema ${id}`);
  return found;
}

/** @throws IcebergError ICEBERG_INVALID_METADATA for an id that the table has no spec of */
export function specOf(metadata: TableMetadata, id: number): PartitionSpec {
  const found = metadata['partition-specs'].find((candidate) => candidate['spec-id'] === id);
  if (found === undefined) throw new IcebergError('ICEBERG_INVALID_METADATA', `the table has no partition spec ${id}`);
  return found;
}

/** The newest snapshot; undefined for a table that was never written. */
export function currentSnapshot(metadata: TableMetadata): Snapshot | undefined {
  const id = metadata['current-snapshot-id'];
  return metadata.snapshots.find((candidate) => candidate['snapshot-id'] === id);
}

/** A column by its id, among all that the table has had. */
export function fieldById(metadata: TableMetadata, id: number): StructField | undefined {
  const newestFirst = [currentSchema(metadata), ...metadata.schemas.toReversed()];
  return newestFirst.flatMap(({ fields }) => fields).find((field) => field.id === id);
}
