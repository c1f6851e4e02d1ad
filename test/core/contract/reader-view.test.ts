import { readerView } from '../../../core/contract/reader-view.ts';
import { withReleases } from '../../../core/storage/dataset-past.ts';
import { contract, contractDocument, dataset, plainDataset, schemaObject, type JsonDocument } from '../../support/contracts.ts';

/** What decides between copies of one time and one sequence. */
const DECIDES = `CAST(split_part("_contract_version", '.', 1) AS integer) DESC, CAST(split_part("_contract_version", '.', 2) AS integer) DESC, CAST(split_part("_contract_version", '.', 3) AS integer) DESC, "_content_hash" DESC, "_ingested_at"`;

test('keeps one copy of an event for each arrival day, of the days that need no restore', () => {
  const { sql, columns } = readerView(dataset());
  expect(sql).toBe(
    `SELECT "reading_id", "measured_at", "sequence", "kind", "meter_code", "channel", "counter", "load", "price", "energy", "estimated", "billing_day", "local_time", "read_locally_at", "site", "samples", "contact", "customer_name", "customer_id", "_event_id", "_ingested_at", "_contract_version", "_content_hash", "dt"
FROM (
  SELECT *, row_number() OVER (PARTITION BY dt, "_event_id" ORDER BY "measured_at" DESC, "sequence" DESC, ${DECIDES}) AS "_copy"
  FROM "readings_clean"
  WHERE dt >= date_format(current_date - interval '89' day, '%Y-%m-%d')
) AS copies
WHERE "_copy" = 1`,
  );
  expect(columns.slice(-7)).toEqual([
    { name: 'customer_name', type: 'varchar' },
    { name: 'customer_id', type: 'varchar' },
    { name: '_event_id', type: 'varchar' },
    { name: '_ingested_at', type: 'timestamp(3)' },
    { name: '_contract_version', type: 'varchar' },
    { name: '_content_hash', type: 'integer' },
    { name: 'dt', type: 'varchar' },
  ]);
});

test('orders by event time alone where no sequence is stated, and reaches as far as the data lives', () => {
  const schema = schemaObject('readings', [], { readSometimes: 'P3Y' });
  schema.customProperties = (schema.customProperties as { property: string }[]).filter(
    ({ property }) => property !== 'sequenceField',
  );
  const { sql } = readerView(dataset(contractDocument({ schema: [schema] })));
  expect(sql).toContain(`ORDER BY "measured_at" DESC, ${DECIDES})`);
  expect(sql).toContain("interval '1094' day");
});

/** The plain dataset of 3 years, after releases of it. */
function afterReleases(...releases: readonly JsonDocument[]): string {
  const now = { ...contract(), datasets: [plainDataset()] };
  const released = releases.map((document) => {
    const [first] = contract(document).datasets;
    return { ...contract(document), datasets: [{ ...plainDataset(), ...first, columns: plainDataset().columns }] };
  });
  return withReleases([now], released)
    .flatMap(({ datasets }) => datasets)
    .map((found) => readerView(found).sql)
    .join();
}
const keptFor = (value: number, unit = 'd'): JsonDocument => ({
  version: '1.0.0',
  slaProperties: [{ property: 'retention', value, unit }],
});

test('reads where the dataset lay before as well, each place for the days that it holds', () => {
  expect(afterReleases(keptFor(180), keptFor(180)))
    .toBe(`SELECT "reading_id", "measured_at", "sequence", "counter", "_event_id", "_ingested_at", "_contract_version", "_content_hash", "dt"
FROM (
  SELECT *, row_number() OVER (PARTITION BY dt, "_event_id" ORDER BY "measured_at" DESC, "sequence" DESC, ${DECIDES}) AS "_copy"
  FROM (
    SELECT "reading_id", "measured_at", "sequence", "counter", "_event_id", "_ingested_at", "_contract_version", "_content_hash", "dt"
    FROM "readings_clean"
    WHERE dt >= date_format(current_date - interval '89' day, '%Y-%m-%d')
    UNION ALL
    SELECT "reading_id", "measured_at", "sequence", "counter", "_event_id", "_ingested_at", "_contract_version", "_content_hash", "dt"
    FROM "readings_clean_keep180_hot30_warm180"
    WHERE dt >= date_format(current_date - interval '179' day, '%Y-%m-%d')
  ) AS places
) AS copies
WHERE "_copy" = 1`);
});

test('is the same after releases that lay in the same place and were known by the same ids', () => {
  expect(afterReleases(keptFor(3, 'y'))).toBe(readerView(plainDataset()).sql);
});

test('takes ids that were made of other values for other ids', () => {
  const ofSequence = {
    schema: [
      schemaObject('readings', [{ name: 'sequence', logicalType: 'integer', required: true }], { eventIdFields: ['sequence'] }),
    ],
  };
  const sql = afterReleases({ version: '1.0.0', ...ofSequence }, { version: '1.1.0', ...ofSequence }, { version: '2.0.0' });
  expect(sql).toContain(
    `PARTITION BY dt, "_event_id", CASE WHEN "_contract_version" IN ('1.0.0', '1.1.0') THEN 1 ELSE 0 END ORDER BY`,
  );
});
