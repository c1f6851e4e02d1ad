import type { TableMetadata } from './metadata.ts';
import { openSnapshot, type TableObjects } from './snapshot.ts';

/** Addresses of all files that the snapshots of a table need: lists, manifests, rows and deletes. */
export async function filesOfSnapshots(metadata: TableMetadata, read: TableObjects['read']): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  for (const snapshot of metadata.snapshots) {
    files.add(snapshot['manifest-list']);
    for (const { manifest, entries } of await openSnapshot(metadata, snapshot, read)) {
      files.add(manifest.path);
      for (const { status, file } of entries) if (status !== 'deleted') files.add(file.path);
    }
  }
  return files;
}
