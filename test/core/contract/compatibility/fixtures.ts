import type { Column, ColumnType, DataContract, DatasetContract, QualityRule } from '../../../../core/contract/model.ts';

export const column = (name: string, type: ColumnType, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  required: false,
  primaryKey: false,
  unique: false,
  examples: [],
  classification: 'internal',
  tags: [],
  ...rest,
});

export const STRING: ColumnType = { kind: 'string' };
export const INT: ColumnType = { kind: 'integer', bits: 32 };
export const BIGINT: ColumnType = { kind: 'integer', bits: 64 };
export const TIMESTAMP: ColumnType = { kind: 'timestamp', zonelessIsUtc: false };

/** Every key of the model has a value here: the test that none is forgotten walks over it. */
export const COLUMNS: readonly Column[] = [
  column(
    'reading_id',
    { kind: 'string', minLength: 1, maxLength: 40, pattern: '^r', format: 'uuid' },
    {
      required: true,
      primaryKey: true,
      unique: true,
      description: 'Id of the reading',
      businessName: 'Reading',
      examples: ['r-1'],
    },
  ),
  column(
    'measured_at',
    { kind: 'timestamp', zonelessIsUtc: true, minimum: '2001-01-01 00:00:00.000', maximum: '2100-01-01 00:00:00.000' },
    { required: true },
  ),
  column('sequence', { kind: 'integer', bits: 64, minimum: '0', maximum: '1000000', multipleOf: '5' }),
  column('kind', STRING, { required: true, validValues: ['gas', 'heat', 'power'] }),
  column('tenant', STRING, { required: true }),
  column('channel', { kind: 'integer', bits: 32, exclusiveMinimum: '0', exclusiveMaximum: '10' }),
  column('load', { kind: 'double', minimum: '-100', exclusiveMaximum: '1000.5', multipleOf: '0.5' }),
  column('price', { kind: 'decimal', precision: 10, scale: 2, minimum: '0', maximum: '500', multipleOf: '0.05' }),
  column('estimated', { kind: 'boolean' }),
  column('billing_day', { kind: 'date', minimum: '2001-01-01', exclusiveMaximum: '2100-01-01' }),
  column('local_time', { kind: 'time', exclusiveMinimum: '06:00:00', maximum: '22:00:00' }),
  column('site', {
    kind: 'object',
    minProperties: 1,
    maxProperties: 9,
    fields: [
      column('grid', STRING, { required: true, validValues: ['north', 'south'], description: 'Grid' }),
      column('floors', { kind: 'array', items: INT, minItems: 1, maxItems: 4, uniqueItems: true }),
      column('position', { kind: 'object', fields: [column('lat', { kind: 'double' }), column('lon', { kind: 'double' })] }),
    ],
  }),
  column('samples', { kind: 'array', items: { kind: 'double', minimum: '0' }, minItems: 1, maxItems: 3 }),
  column('labels', { kind: 'array', items: STRING, validValues: ['new', 'old'] }),
  column('rates', { kind: 'map', values: { kind: 'double', maximum: '1' }, minProperties: 0, maxProperties: 5 }),
  column(
    'contact',
    { kind: 'string', format: 'email' },
    { classification: 'restricted', protection: 'mask', tags: ['personal'] },
  ),
  column('customer_id', STRING, { classification: 'restricted', protection: 'tokenize', tags: ['personal'] }),
  column('remark', STRING, { classification: 'restricted', protection: 'drop', tags: ['personal', 'free-text'] }),
];

const none = { operator: 'mustBe', values: ['0'], unit: 'rows' } as const;
export const QUALITY: readonly QualityRule[] = [
  {
    kind: 'library',
    metric: 'invalidValues',
    column: 'kind',
    values: ['gas', 'heat', 'power'],
    comparison: none,
    name: 'kinds',
    description: 'Known kinds',
    dimension: 'conformity',
    severity: 'error',
  },
  {
    kind: 'library',
    metric: 'missingValues',
    column: 'contact',
    values: ['n/a', ''],
    comparison: { operator: 'mustBeLessThan', values: ['5'], unit: 'percent' },
  },
  {
    kind: 'library',
    metric: 'nullValues',
    column: 'channel',
    values: [],
    comparison: { operator: 'mustBeLessOrEqualTo', values: ['10'], unit: 'percent' },
  },
  {
    kind: 'library',
    metric: 'invalidValues',
    column: 'load',
    values: [],
    pattern: '^[0-9]',
    comparison: { operator: 'mustBeLessThan', values: ['3'], unit: 'rows' },
  },
  { kind: 'library', metric: 'duplicateValues', values: ['reading_id', 'channel'], comparison: none },
  {
    kind: 'library',
    metric: 'rowCount',
    values: [],
    comparison: { operator: 'mustBeBetween', values: ['1', '100'], unit: 'rows' },
  },
  {
    kind: 'sql',
    name: 'sums',
    query: 'select count(*) from readings',
    comparison: { operator: 'mustBeGreaterThan', values: ['0'], unit: 'rows' },
  },
  { kind: 'library', metric: 'invalidValues', column: 'labels[]', values: ['new', 'old'], comparison: none },
  { kind: 'text', description: 'Readings are plausible' },
  { kind: 'custom', engine: 'soda' },
];

export const dataset = (rest: Partial<DatasetContract> = {}): DatasetContract => ({
  domain: 'energy',
  name: 'readings',
  version: '1.2.3',
  owner: 'energy@example.com',
  description: 'One reading of one meter.',
  columns: COLUMNS,
  primaryKey: ['reading_id'],
  relationships: [{ columns: ['tenant'], to: { domain: 'sales', dataset: 'tenants', columns: ['name'] } }],
  quality: QUALITY,
  eventIdFields: ['reading_id'],
  eventTimeField: 'measured_at',
  sequenceField: 'sequence',
  tenantField: 'tenant',
  allowedLatenessMs: 172_800_000,
  freshnessSeconds: 900,
  curatedWithinMs: 86_400_000,
  serviceLevels: {
    frequencyMs: 3_600_000,
    timesOfAvailability: ['09:00-08:00'],
    generalAvailability: '2020-01-01',
    endOfSupport: '2030-01-01',
    endOfLife: '2031-01-01',
  },
  storage: {
    readOftenDays: 30,
    readSometimesDays: 90,
    retentionDays: 1095,
    restoreWithinHours: 12,
    retentionClass: 'keep1095-hot30-warm90-deep',
  },
  expectedEventsPerDay: 10_000,
  expectedEventBytes: 500,
  tags: ['meters'],
  ...rest,
});

export const contract = (rest: Partial<DataContract> = {}): DataContract => ({
  id: 'energy-readings',
  domain: 'energy',
  product: 'readings',
  version: '1.2.3',
  status: 'active',
  owner: 'energy@example.com',
  description: { purpose: 'Billing', usage: 'By day', limitations: 'None known' },
  team: [{ username: 'energy@example.com', name: 'Ed', role: 'Owner' }],
  roles: [{ role: 'analyst', access: 'read', approvers: ['boss@example.com'] }],
  datasets: [dataset()],
  withoutEffect: ['schema.properties.transformLogic'],
  ...rest,
});

/** The dataset with one column made otherwise; without a change, with the column gone. */
export const withColumn = (name: string, change?: Partial<Column>): DatasetContract =>
  dataset({
    columns: COLUMNS.flatMap((one) => (one.name !== name ? [one] : change === undefined ? [] : [{ ...one, ...change }])),
  });
