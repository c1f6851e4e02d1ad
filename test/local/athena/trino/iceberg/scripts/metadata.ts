import { make, scripts } from '../script.ts';
import { ALL, FILLED, PLAIN } from './common.ts';

const KEYS = [
  'added-data-files', 'added-records', 'deleted-data-files', 'deleted-records', 'changed-partition-count', 'total-data-files', 'total-records',
  'total-delete-files', 'total-position-deletes', 'total-equality-deletes', 'added-delete-files', 'added-position-deletes',
]; // prettier-ignore
const SNAPSHOTS = `select operation, ${KEYS.map((key) => `element_at(summary, '${key}') as "${key}"`).join(', ')} from "t$snapshots" where element_at(summary, 'changed-partition-count') <> '0' order by committed_at`;

/** How many snapshots follow upon one that changed a file. */
const AFTER_THE_FIRST = `select count(*) from "t$snapshots" where parent_id in (select snapshot_id from "t$snapshots" where element_at(summary, 'changed-partition-count') <> '0')`;

export const METADATA = scripts('metadata', {
  'columns of each table': [
    PLAIN,
    ...['snapshots', 'history', 'files', 'manifests', 'partitions', 'properties', 'data'].map(
      (table) => `select * from "t$${table}" limit 0`,
    ),
    'select * from "t$nope"',
    'select * from "nope$snapshots"',
    'select * from "t$entries" limit 0',
    'select * from "t$all_data_files" limit 0',
  ],
  'a new table has no file': [
    PLAIN,
    'select count(*) from "t$files"',
    'select count(*) from "t$history"',
    'select operation, parent_id from "t$snapshots"',
    'select count(*) from "t$manifests"',
  ],
  'snapshots of inserts': [
    ...FILLED,
    "insert into t values (4, 'd', 40)",
    'insert into t select * from t where false',
    SNAPSHOTS,
    'select summary from "t$snapshots" limit 0',
  ],
  'snapshots of an update of some rows': [...FILLED, 'update t set amount = 1 where id = 1', SNAPSHOTS],
  'snapshots of an update of all rows': [...FILLED, 'update t set amount = 1', SNAPSHOTS],
  'snapshots of an update of no row': [...FILLED, 'update t set amount = 1 where id = 9', SNAPSHOTS],
  'snapshots of a delete of some rows': [
    ...FILLED,
    'delete from t where id = 1',
    SNAPSHOTS,
    'select content, record_count from "t$files" order by content, record_count',
  ],
  'snapshots of a delete of all rows': [...FILLED, 'delete from t', SNAPSHOTS],
  'snapshots of a delete of all rows by predicates': [
    ...FILLED,
    'delete from t where id < 3',
    'delete from t where id = 3',
    SNAPSHOTS,
    'select count(*) from "t$files"',
  ],
  'snapshots of a delete of no row': [...FILLED, 'delete from t where id = 9', SNAPSHOTS],
  'snapshots of a delete of a partition': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b'), (3, 'a')",
    "delete from t where p = 'a'",
    SNAPSHOTS,
  ],
  'snapshots of a merge': [
    ...FILLED,
    "merge into t using (values (1, 'x'), (2, 'y'), (9, 'z')) s(id, name) on t.id = s.id when matched and s.id = 1 then delete when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name)",
    SNAPSHOTS,
  ],
  'snapshots of a merge that only inserts': [
    ...FILLED,
    "merge into t using (values (9, 'z')) s(id, name) on t.id = s.id when not matched then insert (id, name) values (s.id, s.name)",
    SNAPSHOTS,
  ],
  'snapshots of a merge of nothing': [
    ...FILLED,
    'merge into t using (values 99) s(id) on t.id = s.id when matched then delete',
    SNAPSHOTS,
  ],
  'what writes nothing makes no snapshot': [
    ...FILLED,
    'insert into t select * from t where false',
    AFTER_THE_FIRST,
    'update t set amount = 1 where id = 9',
    'delete from t where id = 9',
    'merge into t using (values 99) s(id) on t.id = s.id when matched then delete',
    AFTER_THE_FIRST,
  ],
  'parents form a chain': [
    ...FILLED,
    "insert into t values (4, 'd', 40)",
    'delete from t where id = 4',
    'select count(*) from "t$snapshots" a join "t$snapshots" b on a.parent_id = b.snapshot_id where element_at(b.summary, \'changed-partition-count\') <> \'0\'',
    'select count(distinct snapshot_id), min(is_current_ancestor) from "t$history"',
    'select count(*) from "t$history" h join "t$snapshots" s on h.snapshot_id = s.snapshot_id and h.made_current_at = s.committed_at and h.parent_id is not distinct from s.parent_id where h.parent_id is not null',
  ],
  files: [
    ...FILLED,
    'select content, file_format, record_count, value_counts, null_value_counts, nan_value_counts, lower_bounds, upper_bounds, key_metadata, equality_ids from "t$files"',
    'select count(*) from "t$files" where file_path = (select min("$path") from t) and file_size_in_bytes > 0',
  ],
  manifests: [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b'), (3, null)",
    'select partition_spec_id, added_data_files_count, added_rows_count, existing_data_files_count, existing_rows_count, deleted_data_files_count, deleted_rows_count, partitions from "t$manifests" order by path',
    'select count(*) from "t$manifests" m join "t$snapshots" s on m.added_snapshot_id = s.snapshot_id where length > 0',
  ],
  'manifests after a delete of a partition': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b')",
    "delete from t where p = 'a'",
    'select added_data_files_count, added_rows_count, existing_data_files_count, existing_rows_count, deleted_data_files_count, deleted_rows_count from "t$manifests" order by 1, 3',
  ],
  'the order of snapshots without one': [
    ...FILLED,
    "insert into t values (4, 'd', 40)",
    'delete from t where id = 4',
    `select operation from "t$snapshots" where element_at(summary, 'changed-partition-count') <> '0'`,
    'select s.operation from "t$history" h join "t$snapshots" s on h.snapshot_id = s.snapshot_id order by h.made_current_at desc limit 3',
  ],
  information_schema: [
    make(
      'only_here',
      {
        id: 'bigint',
        name: 'varchar',
        ts: 'timestamp(6)',
        r: 'row(x integer, y array(varchar))',
        d: 'decimal(10, 2)',
        f: 'real',
      },
      'day(ts)',
    ),
    "select column_name, ordinal_position, data_type from information_schema.columns where table_name = 'only_here' order by 2",
    "select table_name, table_type from information_schema.tables where table_name = 'only_here'",
  ],
  'hidden columns': [
    ...FILLED,
    'select count(distinct "$path"), count(*) from t where "$path" like \'%.parquet\'',
    'select "$file_modified_time" from t limit 0',
    'select "$path" from t limit 0',
    'select "$file_size" from t',
    'select "$partition" from t',
    'select "$row_id" from t',
    'select t."$path" = (select file_path from "t$files") from t',
  ],
  'reads beside one another': [
    ...FILLED,
    'select count(*) from "t$snapshots" s cross join t',
    'select upper(operation) from "t$snapshots" where operation = \'append\' group by 1',
    'insert into "t$snapshots" values (1)',
    'delete from "t$files"',
    'update "t$files" set content = 1',
    ALL,
  ],
});
