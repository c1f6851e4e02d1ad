import { randomBytes, randomUUID } from 'node:crypto';
import { CONTENTS, type DataFile } from './data-file.ts';
import { IcebergError } from './iceberg-error.ts';
import { readManifestList, summaries, writeManifestList, type Counted, type ManifestFile } from './manifest-list.ts';
import { partitionTypes, readManifest, writeManifest, type ManifestEntry, type ManifestShape } from './manifest.ts';
import { currentSchema, currentSnapshot, fieldById, specOf, type Snapshot, type TableMetadata } from './metadata.ts';
import { isOf, summaryOf } from './summary.ts';

/** The objects of a table, as whoever reads or writes it may; places are S3 addresses. */
export interface TableObjects {
  readonly read: (address: string) => Promise<Buffer>;
  readonly write: (address: string, body: Buffer) => Promise<void>;
}

export type Operation = 'append' | 'overwrite' | 'delete' | 'replace';

/** What a statement changes. */
export interface Change {
  readonly operation: Operation;
  readonly added: readonly DataFile[];
  /** Addresses of files, data and deletes, that the table has no more. */
  readonly removed: ReadonlySet<string>;
}

/** The manifests of a snapshot, with the files of each. */
export interface OpenManifest {
  readonly manifest: ManifestFile;
  readonly entries: readonly ManifestEntry[];
}

/** How the manifests of a table's spec are read and written. */
export const shapeOf = (metadata: TableMetadata, specId: number): ManifestShape => ({
  schema: currentSchema(metadata),
  spec: specOf(metadata, specId),
  typeOf: (id) => {
    const field = fieldById(metadata, id);
    if (field === undefined) throw new IcebergError('ICEBERG_INVALID_METADATA', `the table has no column of the id ${id}`);
    return field.type;
  },
});

/** @throws IcebergError, and what the reader of objects refuses with */
export async function openSnapshot(
  metadata: TableMetadata,
  snapshot: Snapshot | undefined,
  read: TableObjects['read'],
): Promise<readonly OpenManifest[]> {
  if (snapshot === undefined) return [];
  const list = snapshot['manifest-list'];
  const open: OpenManifest[] = [];
  for (const manifest of await readManifestList(await read(list), list)) {
    const types = partitionTypes(shapeOf(metadata, manifest.specId));
    open.push({ manifest, entries: await readManifest(await read(manifest.path), manifest, types) });
  }
  return open;
}

/**
 * Writes what a new snapshot of a table consists of, and gives the table's state with it; nobody sees it before the catalog points there.
 *
 * @param now Milliseconds since the epoch, simulated.
 */
export async function newSnapshot(
  metadata: TableMetadata,
  change: Change,
  objects: TableObjects,
  now: number,
): Promise<TableMetadata> {
  const parent = currentSnapshot(metadata);
  const id = snapshotId(metadata);
  const sequence = metadata['last-sequence-number'] + 1n;
  const folder = `${metadata.location}/metadata`;
  const name = randomUUID();
  const kept = await openSnapshot(metadata, parent, objects.read);
  const manifests: ManifestFile[] = [];
  const write = async (specId: number, entries: readonly ManifestEntry[]): Promise<void> => {
    const shape = shapeOf(metadata, specId);
    const path = `${folder}/${name}-m${manifests.length}.avro`;
    const body = await writeManifest(shape, entries);
    await objects.write(path, body);
    manifests.push(described(path, body, shape, entries, id, sequence));
  };
  for (const files of alike(change.added))
    await write(files[0]?.specId ?? 0, files.map((file) => ({ status: 'added', snapshotId: id, file }))); // prettier-ignore
  const removed: DataFile[] = [];
  for (const { manifest, entries } of kept) {
    const live = entries.filter(({ status }) => status !== 'deleted');
    const gone = live.filter(({ file }) => change.removed.has(file.path));
    if (gone.length === 0) {
      if (live.length > 0) manifests.push(manifest);
      continue;
    }
    removed.push(...gone.map(({ file }) => file));
    await write(
      manifest.specId,
      live.map((entry) =>
        gone.includes(entry) ? { ...entry, status: 'deleted', snapshotId: id } : { ...entry, status: 'existing' },
      ),
    );
  }
  const list = `${folder}/snap-${id}-1-${name}.avro`;
  const head = {
    'snapshot-id': String(id),
    'parent-snapshot-id': String(parent?.['snapshot-id'] ?? null),
    'sequence-number': String(sequence),
    'format-version': '2',
  };
  await objects.write(list, await writeManifestList(head, manifests));
  const snapshot: Snapshot = {
    'sequence-number': sequence,
    'snapshot-id': id,
    ...(parent && { 'parent-snapshot-id': parent['snapshot-id'] }),
    'timestamp-ms': now,
    summary: summaryOf(change.operation, change.added, removed, parent?.summary),
    'manifest-list': list,
    'schema-id': metadata['current-schema-id'],
  };
  return {
    ...metadata,
    'last-sequence-number': sequence,
    'last-updated-ms': now,
    'current-snapshot-id': id,
    refs: { ...metadata.refs, main: { ...metadata.refs['main'], 'snapshot-id': id, type: 'branch' } },
    snapshots: [...metadata.snapshots, snapshot],
    'snapshot-log': [...metadata['snapshot-log'], { 'timestamp-ms': now, 'snapshot-id': id }],
  };
}

/** A number that no snapshot of the table has. */
function snapshotId({ snapshots }: TableMetadata): bigint {
  const id = BigInt.asUintN(63, randomBytes(8).readBigUInt64LE());
  return snapshots.some((snapshot) => snapshot['snapshot-id'] === id) ? id + 1n : id;
}

/** Files that may stand in one manifest: of one kind and one spec. */
function alike(files: readonly DataFile[]): readonly (readonly DataFile[])[] {
  const groups = new Map<string, DataFile[]>();
  for (const file of files) {
    const key = `${isOf('data', file)} ${file.specId}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

function described(
  path: string,
  body: Buffer,
  shape: ManifestShape,
  entries: readonly ManifestEntry[],
  id: bigint,
  sequence: bigint,
): ManifestFile {
  const counted = (status: ManifestEntry['status']): Counted => {
    const files = entries.filter((entry) => entry.status === status);
    return { files: files.length, rows: files.reduce((sum, { file }) => sum + file.records, 0n) };
  };
  const live = entries.filter(({ status }) => status !== 'deleted').map((entry) => entry.sequence ?? sequence);
  return {
    path,
    length: BigInt(body.length),
    specId: shape.spec['spec-id'],
    content: entries[0]?.file.content === CONTENTS.data ? 0 : 1,
    sequence,
    minSequence: live.reduce((least, each) => (each < least ? each : least), sequence),
    snapshotId: id,
    added: counted('added'),
    existing: counted('existing'),
    deleted: counted('deleted'),
    partitions: summaries(partitionTypes(shape), entries.map(({ file }) => file)), // prettier-ignore
  };
}
