import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ParquetFiles } from '../../bench/parquet-files.ts';
import { literal, openDuckdb } from '../../local/parquet/engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-parquet-files-'));
let objects: readonly Buffer[];

/** Two objects: of the numbers 1 to 999, and of those from 1,000 on. */
beforeAll(async () => {
  const duckdb = await openDuckdb(folder);
  const connection = await duckdb.connect();
  const ranges = ['range(1, 1000)', 'range(1000, 3000)'];
  for (const [index, range] of ranges.entries())
    await connection.run(
      `copy (select range as number, range::varchar as text from ${range}) to ${literal(path.join(folder, String(index)))} (format parquet)`,
    );
  duckdb.closeSync();
  objects = ranges.map((_, index) => readFileSync(path.join(folder, String(index))));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const withFiles = <T>(use: (files: ParquetFiles) => Promise<T>): Promise<T> =>
  ParquetFiles.with(path.join(folder, 'all'), objects, use);

test('rows and bytes of a column are those of all objects', async () => {
  await withFiles(async (files) => {
    expect(await files.rows()).toBe(2999);
    const [numbers, texts] = [await files.bytesOf('number'), await files.bytesOf('text')];
    expect(Math.min(numbers, texts)).toBeGreaterThan(0);
    expect(numbers + texts).toBeLessThan(objects.reduce((sum, { length }) => sum + length, 0));
  });
});

test('a number is in the one object whose range holds it, and its text may be in both', async () => {
  await withFiles(async (files) => {
    const all = (await files.bytesOf('number')) + (await files.bytesOf('text'));
    const byNumber = await files.bytesThatMayHold('number', '1500', 'bigint');
    expect(byNumber).toBeGreaterThan(0);
    expect(byNumber).toBeLessThan(all);
    expect(await files.bytesThatMayHold('text', '1500', 'varchar')).toBe(all);
    expect(await files.bytesThatMayHold('number', '5000', 'bigint')).toBe(0);
  });
});

test('one file of all rows is smaller in gzip', async () => {
  await withFiles(async (files) => {
    expect(await files.bytesAsOne('gzip')).toBeLessThan(await files.bytesAsOne('snappy'));
  });
});
