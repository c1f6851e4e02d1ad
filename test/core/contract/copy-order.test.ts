import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { comesBefore, copyOrder } from '../../../core/contract/copy-order.ts';
import { dataset } from '../../support/contracts.ts';

/** Ties are likely in every part. */
const row = fc.record({
  measured_at: fc.constantFrom('2026-01-01 00:00:00', '2026-01-01 00:00:01'),
  sequence: fc.constantFrom('NULL', '-1', '0', '7'),
  _contract_version: fc.constantFrom('1.9.0', '1.10.0', '2.0.0'),
  _content_hash: fc.constantFrom('-5', '0', '5'),
  _ingested_at: fc.constantFrom('2026-01-02 00:00:00', '2026-01-02 00:00:01'),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const values = (rows: readonly Row[]): string =>
  rows
    .map(
      (each, id) =>
        `(${id}, TIMESTAMP '${each.measured_at}', CAST(${each.sequence} AS BIGINT), '${each._contract_version}', ${each._content_hash}, TIMESTAMP '${each._ingested_at}')`,
    )
    .join(', ');

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
});
afterAll(() => {
  connection.closeSync();
});

const ask = async (sql: string): Promise<unknown[]> => (await connection.runAndReadAll(sql)).getRows().map(([value]) => value);

test('the row that nothing comes before is the one that the order puts first', async () => {
  const readings = dataset();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: (each) => JSON.stringify(each) }),
      async (rows) => {
        const given = `WITH given(id, measured_at, sequence, _contract_version, _content_hash, _ingested_at) AS (VALUES ${values(rows)})`;
        const first = await ask(`${given} SELECT id FROM given ORDER BY ${copyOrder(readings)} LIMIT 1`); // DuckDB too puts NULL last
        const unbeaten = await ask(
          `${given} SELECT one.id FROM given AS one WHERE NOT EXISTS (SELECT 1 FROM given AS other WHERE ${comesBefore(readings, 'other', 'one')})`,
        );
        expect(unbeaten).toEqual(first);
      },
    ),
    { numRuns: 200 },
  );
});

test('of two that are alike in all of it, neither comes before the other', async () => {
  const alike = "SELECT TIMESTAMP '2026-01-01' AS measured_at, CAST(NULL AS BIGINT) AS sequence, '1.0.0' AS _contract_version, 1 AS _content_hash, TIMESTAMP '2026-01-02' AS _ingested_at"; // prettier-ignore
  expect(await ask(`SELECT ${comesBefore(dataset(), 'a', 'b')} FROM (${alike}) AS a, (${alike}) AS b`)).toEqual([false]);
});
