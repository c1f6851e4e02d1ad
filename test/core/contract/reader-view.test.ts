import { readerView } from '../../../core/contract/reader-view.ts';
import { contractDocument, dataset, schemaObject } from '../../support/contracts.ts';

test('keeps one copy of an event for each arrival day, of the days that need no restore', () => {
  const { sql, columns } = readerView(dataset());
  expect(sql).toBe(
    `SELECT "reading_id", "measured_at", "sequence", "kind", "meter_code", "channel", "counter", "load", "price", "energy", "estimated", "billing_day", "local_time", "read_locally_at", "site", "samples", "contact", "customer_name", "customer_id", "_event_id", "_ingested_at", "_contract_version", "dt"
FROM (
  SELECT *, row_number() OVER (PARTITION BY dt, "_event_id" ORDER BY "measured_at" DESC, "sequence" DESC, "reading_id" DESC, "kind" DESC, "meter_code" DESC, "channel" DESC, "counter" DESC, "load" DESC, "price" DESC, "energy" DESC, "estimated" DESC, "billing_day" DESC, "local_time" DESC, "read_locally_at" DESC, "contact" DESC, "customer_name" DESC, "customer_id" DESC) AS "_copy"
  FROM "readings_clean"
  WHERE dt >= date_format(current_date - interval '89' day, '%Y-%m-%d')
) AS copies
WHERE "_copy" = 1`,
  );
  expect(columns.slice(-6)).toEqual([
    { name: 'customer_name', type: 'varchar' },
    { name: 'customer_id', type: 'varchar' },
    { name: '_event_id', type: 'varchar' },
    { name: '_ingested_at', type: 'timestamp(3)' },
    { name: '_contract_version', type: 'varchar' },
    { name: 'dt', type: 'varchar' },
  ]);
});

test('orders by event time alone where no sequence is stated, and reaches as far as the data lives', () => {
  const schema = schemaObject('readings', [], { readSometimes: 'P3Y' });
  schema.customProperties = (schema.customProperties as { property: string }[]).filter(
    ({ property }) => property !== 'sequenceField',
  );
  const { sql } = readerView(dataset(contractDocument({ schema: [schema] })));
  expect(sql).toContain('ORDER BY "measured_at" DESC, "reading_id" DESC, "sequence" DESC,');
  expect(sql).toContain("interval '1094' day");
});
