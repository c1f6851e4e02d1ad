import { withoutOldSnapshots } from '../../../iceberg/expire.ts';
import { filesOfSnapshots } from '../../../iceberg/reachable.ts';
import { laterInQuery, objectAt, readerOf } from '../../iceberg/open-table.ts';
import type { Outcome } from '../../result-files.ts';
import type { IcebergStatement } from '../../sql/iceberg-statement.ts';
import { fullName, type StatementContext } from '../context.ts';
import { commit, tableToChange } from './commit.ts';
import { deleteFiles } from './drop-table.ts';
import { numberSetting } from './table-properties.ts';

type Vacuum = Extract<IcebergStatement, { kind: 'vacuum' }>;

/**
 * Forgets old snapshots, and deletes the files that nothing needs any more: those of the snapshots, and orphans as old.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html
 */
export async function vacuum(context: StatementContext, { table }: Vacuum): Promise<Outcome> {
  const name = fullName(context, table);
  const open = tableToChange(context, name, 'VACUUM');
  const { metadata } = open;
  const olderThan = context.now - numberSetting(metadata, 'vacuum_max_snapshot_age_seconds') * 1000;
  const left = withoutOldSnapshots(metadata, { olderThan, keep: numberSetting(metadata, 'vacuum_min_snapshots_to_keep') });
  const read = readerOf(context);
  const before = await laterInQuery(() => filesOfSnapshots(metadata, read));
  const old = orphans(context, metadata.location, olderThan);
  if (left.snapshots.length < metadata.snapshots.length) await commit(context, open, left);
  const now = tableToChange(context, name, 'VACUUM');
  const needed = new Set([
    ...(await laterInQuery(() => filesOfSnapshots(now.metadata, read))),
    ...now.metadata['metadata-log'].map((entry) => entry['metadata-file']),
    now.address,
  ]);
  deleteFiles(context, [...before].filter((address) => !needed.has(address))); // prettier-ignore
  deleteFiles(context, old.filter((address) => !needed.has(address))); // prettier-ignore
  return { kind: 'written', rows: 0 };
}

/** Addresses of all objects of a table that are older than a moment. */
function orphans({ store, caller }: StatementContext, location: string, olderThan: number): readonly string[] {
  const { bucket, key } = objectAt(`${location}/`);
  return store
    .listObjects(caller, bucket, key)
    .filter(({ lastModified }) => lastModified < olderThan)
    .map((object) => `s3://${bucket}/${object.key}`);
}
