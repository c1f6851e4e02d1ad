import { foldStatements } from '../../../core/curated/fold-statements.ts';
import { plainDataset } from '../../support/contracts.ts';

const dataset = { ...plainDataset(), curatedWithinMs: 86_400_000 };

test('a fold asks from when on, merges what arrived since, and tidies', () => {
  const { merge, ...rest } = foldStatements(dataset, 'lake', 7);
  expect(rest).toEqual({
    since: `SELECT coalesce(date_format(max("_ingested_at") - interval '7' day, '%Y-%m-%d'), '0001-01-01') AS since FROM lake.readings_curated`,
    expire: `DELETE FROM lake.readings_curated WHERE "_ingested_at" < CAST(current_date - interval '1095' day AS timestamp)`,
    optimize: 'OPTIMIZE lake.readings_curated REWRITE DATA USING BIN_PACK',
    vacuum: 'VACUUM lake.readings_curated',
  });
  const decides = (row: string, part: number) => `CAST(split_part(${row}."_contract_version", '.', ${part}) AS integer)`;
  const wins = [
    ['arrived."measured_at"', '>', 'kept."measured_at"'],
    ['CASE WHEN arrived."sequence" IS NULL THEN 0 ELSE 1 END', '>', 'CASE WHEN kept."sequence" IS NULL THEN 0 ELSE 1 END'],
    ['coalesce(arrived."sequence", 0)', '>', 'coalesce(kept."sequence", 0)'],
    ...[1, 2, 3].map((part) => [decides('arrived', part), '>', decides('kept', part)]),
    ['arrived."_content_hash"', '>', 'kept."_content_hash"'],
  ].reduceRight(
    (otherwise, [mine = '', sign = '', other = '']) => `${mine} ${sign} ${other} OR (${mine} = ${other} AND (${otherwise}))`,
    'arrived."_ingested_at" < kept."_ingested_at"',
  );
  const columns =
    '"reading_id", "measured_at", "sequence", "counter", "_event_id", "_ingested_at", "_contract_version", "_content_hash"';
  const order = `"measured_at" DESC, "sequence" DESC, CAST(split_part("_contract_version", '.', 1) AS integer) DESC, CAST(split_part("_contract_version", '.', 2) AS integer) DESC, CAST(split_part("_contract_version", '.', 3) AS integer) DESC, "_content_hash" DESC, "_ingested_at"`;
  const others = columns.split(', ').slice(1);
  expect(merge).toBe(`MERGE INTO lake.readings_curated AS kept
USING (
  SELECT ${columns}
  FROM (
    SELECT *, row_number() OVER (PARTITION BY "reading_id" ORDER BY ${order}) AS "_place"
    FROM (
      SELECT ${columns}, "dt"
      FROM lake."readings_clean"
      WHERE dt >= date_format(current_date - interval '89' day, '%Y-%m-%d') AND dt >= '{since}'
    ) AS stored
  ) AS placed
  WHERE "_place" = 1
) AS arrived
ON kept."reading_id" = arrived."reading_id"
WHEN MATCHED AND (${wins})
  THEN UPDATE SET ${others.map((name) => `${name} = arrived.${name}`).join(', ')}
WHEN NOT MATCHED
  THEN INSERT (${columns}) VALUES (${columns
    .split(', ')
    .map((name) => `arrived.${name}`)
    .join(', ')})`);
});

test('a key of several columns is matched by all of them, and none of them is set', () => {
  const { merge } = foldStatements({ ...dataset, primaryKey: ['counter', 'reading_id'] }, 'lake', 1);
  expect(merge).toContain('PARTITION BY "counter", "reading_id" ORDER BY');
  expect(merge).toContain('ON kept."counter" = arrived."counter" AND kept."reading_id" = arrived."reading_id"\n');
  expect(merge).toContain('THEN UPDATE SET "measured_at" = arrived."measured_at", "sequence"');
});
