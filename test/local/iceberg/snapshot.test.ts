import { CONTENTS, type DataFile } from '../../../local/iceberg/data-file.ts';
import { withoutOldSnapshots } from '../../../local/iceberg/expire.ts';
import { newFields } from '../../../local/iceberg/hive-columns.ts';
import { liveFiles } from '../../../local/iceberg/manifest.ts';
import { currentSnapshot, readMetadata, writeMetadata, type TableMetadata } from '../../../local/iceberg/metadata.ts';
import { newSpec } from '../../../local/iceberg/partition-spec.ts';
import { newSnapshot, openSnapshot, type Change } from '../../../local/iceberg/snapshot.ts';
import { newTable, nextFile } from '../../../local/iceberg/table.ts';
import type { Value } from '../../../local/iceberg/value.ts';

const { fields, last } = newFields(
  [
    { name: 'id', type: 'bigint' },
    { name: 'at', type: 'timestamp' },
    { name: 'price', type: 'decimal(38,2)' },
  ],
  0,
);
const spec = newSpec(
  [
    { name: 'identity', column: 'at' },
    { name: 'truncate', parameter: 10, column: 'price' },
  ],
  fields,
);
const empty = newTable({ location: 's3://lake/t', fields, lastColumnId: last, spec, properties: {}, now: 1 });

const file = (name: string, partition: readonly (Value | null)[], content: number = CONTENTS.data): DataFile => ({
  content, path: `s3://lake/t/data/${name}`, format: 'PARQUET', specId: 0, partition, records: 10n, size: 2n ** 60n, columnSizes: new Map([[1, 7n]]),
  valueCounts: new Map([[1, 10n]]), nullCounts: new Map([[1, 0n]]), nanCounts: new Map(), lower: new Map([[1, Buffer.alloc(8)]]), upper: new Map(),
}); // prettier-ignore

const objects = () => {
  const files = new Map<string, Buffer>();
  return {
    read: async (address: string): Promise<Buffer> => files.get(address) ?? Buffer.alloc(0),
    write: async (address: string, body: Buffer): Promise<void> => void files.set(address, body),
  };
};

const PLACE = [2n ** 60n, -(10n ** 36n)] as const;
const append = (...added: DataFile[]): Change => ({ operation: 'append', added, removed: new Set() });

const filesOf = async (metadata: TableMetadata, store: ReturnType<typeof objects>) =>
  (await openSnapshot(metadata, currentSnapshot(metadata), store.read)).flatMap(({ entries }) => liveFiles(entries));

test('what a manifest tells of a file is what was written, 64 bits and nulls included', async () => {
  const store = objects();
  const metadata = await newSnapshot(empty, append(file('a', PLACE), file('b', [null, null])), store, 2);
  const read = await filesOf(readMetadata(writeMetadata(metadata), 'here'), store);
  expect(read.map(({ snapshotId: _snapshot, sequence: _sequence, ...rest }) => rest)).toEqual([
    file('a', PLACE),
    file('b', [null, null]),
  ]);
  expect(new Set(read.map(({ snapshotId }) => snapshotId))).toEqual(new Set([metadata['current-snapshot-id']]));
});

test('a file keeps the sequence number that it came with, whoever rewrites its manifest', async () => {
  const store = objects();
  const first = await newSnapshot(empty, append(file('a', PLACE), file('b', PLACE)), store, 2);
  const second = await newSnapshot(
    first,
    { operation: 'overwrite', added: [file('gone', PLACE, CONTENTS.positionDeletes)], removed: new Set(['s3://lake/t/data/a']) },
    store,
    3,
  );
  const read = await filesOf(second, store);
  expect(read.map(({ path, sequence }) => [path.slice(-4), sequence])).toEqual([
    ['gone', 2n],
    ['ta/b', 1n],
  ]);
  expect(currentSnapshot(second)?.summary).toMatchObject({
    operation: 'overwrite',
    'deleted-data-files': '1',
    'added-delete-files': '1',
    'total-data-files': '1',
    'total-records': '10',
    'total-files-size': String(2n ** 61n),
  });
  expect(await filesOf(first, store)).toHaveLength(2);
});

test('states are logged by the files that they were in', () => {
  const first = nextFile(empty, undefined);
  const second = nextFile({ ...empty, 'last-updated-ms': 5 }, { address: first.address, metadata: empty });
  expect([first, second].map(({ address }) => /\/(\d+)-/.exec(address)?.[1])).toEqual(['00000', '00001']);
  expect(second.metadata['metadata-log']).toEqual([{ 'timestamp-ms': 1, 'metadata-file': first.address }]);
});

test('old snapshots go, but for the newest, those that are asked for, and what a tag points to', async () => {
  const store = objects();
  let metadata: TableMetadata = empty;
  for (const now of [10, 20, 30, 40]) metadata = await newSnapshot(metadata, append(file(String(now), PLACE)), store, now);
  const [oldest] = metadata.snapshots;
  const tagged: TableMetadata = {
    ...metadata,
    refs: { ...metadata.refs, kept: { type: 'tag', 'snapshot-id': oldest?.['snapshot-id'] ?? 0n } },
  };
  const times = (left: TableMetadata) => left.snapshots.map((snapshot) => snapshot['timestamp-ms']);
  expect(times(withoutOldSnapshots(metadata, { olderThan: 25, keep: 1 }))).toEqual([30, 40]);
  expect(times(withoutOldSnapshots(metadata, { olderThan: 1000, keep: 1 }))).toEqual([40]);
  expect(times(withoutOldSnapshots(metadata, { olderThan: 1000, keep: 3 }))).toEqual([20, 30, 40]);
  expect(times(withoutOldSnapshots(tagged, { olderThan: 1000, keep: 1 }))).toEqual([10, 40]);
  const { 'snapshot-log': log } = withoutOldSnapshots(metadata, { olderThan: 25, keep: 1 });
  expect(log.map((entry) => entry['timestamp-ms'])).toEqual([30, 40]);
});

test.each([
  ['{}', 'format-version'],
  [writeMetadata(empty).replace('"format-version": 2', '"format-version": 3'), 'format-version'],
  [writeMetadata(empty).replace('"long"', '"longer"'), 'schemas'],
  ['no JSON', ''],
])('metadata that is none is refused, and says where: %#', (text, where) => {
  expect(() => readMetadata(text, 's3://lake/t/metadata/x.json')).toThrow(
    new RegExp(
      `^ICEBERG_INVALID_METADATA: Error processing metadata for table metadata file s3://lake/t/metadata/x.json: ${where}`,
    ),
  );
});

test('a file that is no Avro is refused by its address', async () => {
  const store = objects();
  const metadata = await newSnapshot(empty, append(file('a', PLACE)), store, 2);
  const list = currentSnapshot(metadata)?.['manifest-list'] ?? '';
  await store.write(list, Buffer.from('nothing of the kind'));
  await expect(filesOf(metadata, store)).rejects.toThrow(`ICEBERG_INVALID_METADATA: ${list} is no Avro file`);
});
