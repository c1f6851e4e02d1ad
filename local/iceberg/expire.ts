import type { Snapshot, TableMetadata } from './metadata.ts';

export interface Expiry {
  /** Milliseconds since the epoch, simulated: what is older goes. */
  readonly olderThan: number;
  /** Ancestors of the current snapshot that stay, however old. */
  readonly keep: number;
}

/** The same table without its old snapshots; what a branch or a tag points to stays. */
export function withoutOldSnapshots(metadata: TableMetadata, { olderThan, keep }: Expiry): TableMetadata {
  const kept = new Set([...lineOf(metadata).slice(0, keep), ...Object.values(metadata.refs)].map((each) => each['snapshot-id']));
  const stays = (snapshot: Snapshot): boolean => kept.has(snapshot['snapshot-id']) || snapshot['timestamp-ms'] >= olderThan;
  const snapshots = metadata.snapshots.filter(stays);
  const ids = new Set(snapshots.map((snapshot) => snapshot['snapshot-id']));
  // the log tells of nothing that came before something that is gone
  const gone = metadata['snapshot-log'].findLastIndex((entry) => !ids.has(entry['snapshot-id']));
  return { ...metadata, snapshots, 'snapshot-log': metadata['snapshot-log'].slice(gone + 1) };
}

/** The current snapshot and its ancestors, the newest first. */
function lineOf({ snapshots, 'current-snapshot-id': current }: TableMetadata): readonly Snapshot[] {
  const line: Snapshot[] = [];
  let next = snapshots.find((snapshot) => snapshot['snapshot-id'] === current);
  while (next !== undefined && !line.includes(next)) {
    line.push(next);
    const parent = next['parent-snapshot-id'];
    next = snapshots.find((snapshot) => snapshot['snapshot-id'] === parent);
  }
  return line;
}
