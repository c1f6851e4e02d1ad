import { curatedColumns } from '../../../core/curated/curated-columns.ts';
import { dataset } from '../../support/contracts.ts';

test('the table has what clean stores, as Iceberg calls it; the key alone is required', () => {
  const columns = curatedColumns(dataset());
  expect(columns.filter(({ required }) => required).map(({ name }) => name)).toEqual(['reading_id']);
  expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual({
    reading_id: 'string',
    measured_at: 'timestamp',
    sequence: 'long',
    kind: 'string',
    meter_code: 'string',
    channel: 'int',
    counter: 'long',
    load: 'double',
    price: 'decimal(10,2)',
    energy: 'decimal(38,18)',
    estimated: 'boolean',
    billing_day: 'date',
    local_time: 'string',
    read_locally_at: 'timestamp',
    site: {
      type: 'struct',
      fields: [
        { name: 'grid', type: 'string', required: false },
        { name: 'floors', type: { type: 'list', element: 'long', elementRequired: false }, required: false },
        {
          name: 'position',
          type: {
            type: 'struct',
            fields: [
              { name: 'lat', type: 'double', required: false },
              { name: 'lon', type: 'double', required: false },
            ],
          },
          required: false,
        },
      ],
    },
    samples: { type: 'list', element: 'double', elementRequired: false },
    contact: 'string',
    customer_name: 'string',
    customer_id: 'string',
    _event_id: 'string',
    _ingested_at: 'timestamp',
    _contract_version: 'string',
    _content_hash: 'int',
  });
});
