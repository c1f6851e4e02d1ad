import { randomUUID } from 'node:crypto';
import { NO_PARTITIONS } from './partition-spec.ts';
import { currentSchema, type PartitionSpec, type Schema, type TableMetadata } from './metadata.ts';
import type { StructField } from './types.ts';

export interface NewTable {
  /** The S3 address of the table, without a slash at its end. */
  readonly location: string;
  readonly fields: readonly StructField[];
  /** The highest id among them and what is within them. */
  readonly lastColumnId: number;
  readonly spec: PartitionSpec;
  readonly properties: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
}

/** The state of a table that nobody has written to. */
export const newTable = ({ location, fields, lastColumnId, spec, properties, now }: NewTable): TableMetadata => ({
  'format-version': 2,
  'table-uuid': randomUUID(),
  location,
  'last-sequence-number': 0n,
  'last-updated-ms': now,
  'last-column-id': lastColumnId,
  'current-schema-id': 0,
  schemas: [{ type: 'struct', 'schema-id': 0, fields: [...fields] }],
  'default-spec-id': 0,
  'partition-specs': [spec],
  'last-partition-id': NO_PARTITIONS + spec.fields.length,
  'default-sort-order-id': 0,
  'sort-orders': [{ 'order-id': 0, fields: [] }],
  properties: { ...properties },
  'current-snapshot-id': -1n,
  refs: {},
  snapshots: [],
  statistics: [],
  'snapshot-log': [],
  'metadata-log': [],
});

/** The same table with other columns. A schema that it has had before is taken again. */
export function withFields(
  metadata: TableMetadata,
  fields: readonly StructField[],
  lastColumnId: number,
  now: number,
  identifiers = currentSchema(metadata)['identifier-field-ids'],
): TableMetadata {
  const same = ({ fields: own, 'identifier-field-ids': ids }: Schema): boolean =>
    JSON.stringify([own, ids ?? []]) === JSON.stringify([fields, identifiers ?? []]);
  const known = metadata.schemas.find(same);
  const id = known?.['schema-id'] ?? Math.max(...metadata.schemas.map((schema) => schema['schema-id'])) + 1;
  const added = {
    type: 'struct' as const,
    'schema-id': id,
    ...(identifiers && { 'identifier-field-ids': identifiers }),
    fields: [...fields],
  };
  return {
    ...metadata,
    'last-updated-ms': now,
    'last-column-id': Math.max(metadata['last-column-id'], lastColumnId),
    'current-schema-id': id,
    schemas: known === undefined ? [...metadata.schemas, added] : metadata.schemas,
  };
}

/** Files of earlier states that a table tells of, at most, unless its properties say otherwise. */
const LOGGED = 100;

/** A state as the next file of a table's metadata: where that lies, and what it holds. */
export function nextFile(
  metadata: TableMetadata,
  previous: { readonly address: string; readonly metadata: TableMetadata } | undefined,
): { readonly address: string; readonly metadata: TableMetadata } {
  const number = previous === undefined ? 0 : Number(/\/(\d+)-[^/]*$/.exec(previous.address)?.[1] ?? -1) + 1;
  const address = `${metadata.location}/metadata/${String(number).padStart(5, '0')}-${randomUUID()}.metadata.json`;
  if (previous === undefined) return { address, metadata };
  const entry = { 'timestamp-ms': previous.metadata['last-updated-ms'], 'metadata-file': previous.address };
  const most = Number(metadata.properties['write.metadata.previous-versions-max'] ?? LOGGED);
  return {
    address,
    metadata: {
      ...metadata,
      'metadata-log': [...metadata['metadata-log'], entry].slice(Math.max(0, metadata['metadata-log'].length + 1 - most)),
    },
  };
}
