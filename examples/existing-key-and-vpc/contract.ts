import { contractFromObject, type DatasetContract } from 'headwaters';

const { datasets } = contractFromObject({
  apiVersion: 'v3.1.0',
  kind: 'DataContract',
  id: 'turbines-vibrations',
  version: '1.0.0',
  status: 'active',
  domain: 'turbines',
  dataProduct: 'vibrations',
  team: { members: [{ username: 'vibrations@example.com', role: 'Owner' }] },
  slaProperties: [
    { property: 'latency', value: 15, unit: 'm' },
    { property: 'retention', value: 1, unit: 'y' },
  ],
  schema: [
    {
      name: 'vibrations',
      customProperties: [
        { property: 'eventIdFields', value: ['turbine', 'sample'] },
        { property: 'eventTimeField', value: 'measured_at' },
      ],
      properties: [
        { name: 'turbine', logicalType: 'string', required: true },
        { name: 'sample', logicalType: 'integer', required: true },
        { name: 'measured_at', logicalType: 'timestamp', logicalTypeOptions: { timezone: true }, required: true },
        { name: 'amplitude', logicalType: 'number', logicalTypeOptions: { minimum: 0 } },
      ],
    },
  ],
});

/** The contract's one dataset. */
export const vibrations: DatasetContract = only(datasets);

function only<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined || items.length > 1) throw new Error(`expected one dataset, got ${items.length}`);
  return first;
}
