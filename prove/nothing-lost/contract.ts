import { contractFromObject } from '../../core/contract/from-object.ts';
import type { DataContract } from '../../core/contract/model.ts';
import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';

/** What the proof's events are: scans of parcels, whose columns are of every type, with every kind of rule and of protection. */
export const DOMAIN = 'proof';
export const KINDS = ['accepted', 'moved', 'delivered'] as const;
export const CARRIERS = ['t-1', 't-2'] as const;
export const CONTRACT_VERSION = '1.2.3';
/** An event older than this at its arrival is flagged; one older than the retention is refused. */
export const LATENESS_DAYS = 2;
export const RETENTION_DAYS = 3 * 365;

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Part = Readonly<Record<string, Json>>;

const column = (name: string, logicalType: string, rest: Part = {}): Part => ({ name, logicalType, ...rest });
const listed = (values: readonly string[]): Part => ({
  quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues: values }, mustBe: 0 }],
});
const protect = (protection: string): Part => ({
  classification: 'restricted',
  tags: ['personal'],
  customProperties: [{ property: 'protection', value: protection }],
});

const COLUMNS: readonly Part[] = [
  column('scan_id', 'string', { required: true, primaryKey: true, logicalTypeOptions: { maxLength: 64 } }),
  column('scanned_at', 'timestamp', { required: true, logicalTypeOptions: { timezone: true } }),
  column('step', 'integer'),
  column('kind', 'string', { required: true, ...listed(KINDS) }),
  column('form', 'string', listed(['1', '2'])),
  column('carrier', 'string', { required: true, ...listed(CARRIERS) }),
  column('code', 'string', { logicalTypeOptions: { pattern: '^P[0-9]+$', minLength: 2, maxLength: 8 } }),
  column('pieces', 'integer', { logicalTypeOptions: { format: 'i32', minimum: 0, maximum: 9 } }),
  column('total', 'integer'),
  column('price', 'number', { physicalType: 'decimal(10,2)', logicalTypeOptions: { minimum: 0 } }),
  column('mass', 'number', { physicalType: 'decimal(38,18)' }),
  column('load', 'number', { logicalTypeOptions: { minimum: -100, exclusiveMaximum: 1000.5 } }),
  column('fragile', 'boolean'),
  column('due', 'date'),
  column('opens', 'time'),
  column('local_at', 'timestamp', { logicalTypeOptions: { defaultTimezone: 'UTC' } }),
  column('depot', 'object', {
    properties: [
      column('zone', 'string', { required: true, ...listed(['north', 'south']) }),
      column('floors', 'array', { items: { logicalType: 'integer' } }),
      column('position', 'object', { properties: [column('lat', 'number'), column('lon', 'number')] }),
    ],
  }),
  column('samples', 'array', { items: { logicalType: 'number' }, logicalTypeOptions: { minItems: 1, maxItems: 3 } }),
  column('labels', 'object', { physicalType: 'map<string,string>' }),
  column('note', 'string'),
  column('email', 'string', { logicalTypeOptions: { format: 'email' }, ...protect('mask') }),
  column('person', 'string', protect('hash')),
  column('account', 'string', protect('tokenize')),
  column('remark', 'string', protect('drop')),
];

const dataset = (name: string, curatedWithin: string | undefined): Part => ({
  name,
  logicalType: 'object',
  physicalType: 'table',
  description: 'One scan of one parcel.',
  customProperties: Object.entries({
    eventIdFields: ['scan_id'],
    eventTimeField: 'scanned_at',
    sequenceField: 'step',
    tenantField: 'carrier',
    allowedLateness: `P${LATENESS_DAYS}D`,
    readOften: 'P30D',
    readSometimes: 'P90D',
    restoreWithin: 'PT12H',
    ...(curatedWithin === undefined ? {} : { curatedWithin }),
  }).map(([property, value]) => ({ property, value })),
  properties: COLUMNS,
});

/** What is promised, so that events come in by each form. */
const LATENCY: Readonly<Record<IngestionForm, Part>> = {
  stream: { value: 5, unit: 'm' },
  'direct-put': { value: 1, unit: 'h' },
};

/**
 * @param datasets Names of datasets that are all alike, each with a delivery and a table of its own, and a stream where its form has one
 * @param curatedWithin When an event must be in the curated table: ISO 8601; without it, there is no such table
 */
export const proofContract = (
  datasets: readonly string[],
  form: IngestionForm = 'stream',
  curatedWithin?: string,
): DataContract =>
  contractFromObject({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'proof-scans',
    name: 'Scans',
    version: CONTRACT_VERSION,
    status: 'active',
    domain: DOMAIN,
    dataProduct: 'scans',
    team: { name: 'proof', members: [{ username: 'proof@example.com', role: 'Owner' }] },
    slaProperties: [
      { property: 'latency', ...LATENCY[form] },
      { property: 'retention', value: RETENTION_DAYS / 365, unit: 'y' },
    ],
    schema: datasets.map((name) => dataset(name, curatedWithin)),
  });
