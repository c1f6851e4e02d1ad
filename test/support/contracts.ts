import { contractFromObject } from '../../core/contract/from-object.ts';
import type { DataContract, DatasetContract } from '../../core/contract/model.ts';
import { compileContract, type CompiledContract } from '../../core/record/compiled-contract.ts';
import { eventJudge, type EventJudge } from '../../core/record/judge-event.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonDocument = Record<string, Json>;

const column = (name: string, logicalType: string, rest: JsonDocument = {}): JsonDocument => ({ name, logicalType, ...rest });
const protect = (protection: string): JsonDocument => ({
  classification: 'restricted',
  tags: ['personal'],
  customProperties: [{ property: 'protection', value: protection }],
});
const listed = (...validValues: string[]): JsonDocument => ({
  quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues }, mustBe: 0 }],
});

/** Columns of every kind that a contract may have. */
const COLUMNS: readonly JsonDocument[] = [
  column('reading_id', 'string', { required: true, primaryKey: true, logicalTypeOptions: { maxLength: 40 }, description: 'Id' }),
  column('measured_at', 'timestamp', { required: true, logicalTypeOptions: { timezone: true } }),
  column('sequence', 'integer'),
  column('kind', 'string', { required: true, ...listed('gas', 'heat', 'power') }),
  column('meter_code', 'string', { logicalTypeOptions: { pattern: '^M[0-9]+$', minLength: 2, maxLength: 8 } }),
  column('channel', 'integer', { logicalTypeOptions: { format: 'i32', minimum: 0, maximum: 9 } }),
  column('counter', 'integer'),
  column('load', 'number', { logicalTypeOptions: { minimum: -100, exclusiveMaximum: 1000.5 } }),
  column('price', 'number', { physicalType: 'decimal(10,2)', logicalTypeOptions: { minimum: 0 } }),
  column('energy', 'number', { physicalType: 'decimal(38,18)' }),
  column('estimated', 'boolean'),
  column('billing_day', 'date'),
  column('local_time', 'time'),
  column('read_locally_at', 'timestamp', { logicalTypeOptions: { defaultTimezone: 'UTC' } }),
  column('site', 'object', {
    properties: [
      column('grid', 'string', { required: true, ...listed('north', 'south') }),
      column('floors', 'array', { items: { logicalType: 'integer' } }),
      column('position', 'object', { properties: [column('lat', 'number'), column('lon', 'number')] }),
    ],
  }),
  column('samples', 'array', { items: { logicalType: 'number' }, logicalTypeOptions: { minItems: 1, maxItems: 3 } }),
  column('contact', 'string', { logicalTypeOptions: { format: 'email' }, ...protect('mask') }),
  column('customer_name', 'string', protect('hash')),
  column('customer_id', 'string', protect('tokenize')),
  column('remark', 'string', protect('drop')),
];

/** An ODCS document of one dataset, `energy.readings`, that holds every kind of column. */
export function contractDocument(overrides: JsonDocument = {}): JsonDocument {
  return {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'energy-readings',
    name: 'Readings',
    version: '1.2.3',
    status: 'active',
    domain: 'energy',
    dataProduct: 'readings',
    team: { name: 'energy-data', members: [{ username: 'energy@example.com', role: 'Owner' }] },
    slaProperties: [
      { property: 'latency', value: 15, unit: 'm' },
      { property: 'retention', value: 3, unit: 'y' },
    ],
    schema: [schemaObject()],
    ...overrides,
  };
}

/** The schema object of a dataset; a column of the same name in `columns` replaces the fixture's own. */
export function schemaObject(name = 'readings', columns: readonly JsonDocument[] = [], custom: JsonDocument = {}): JsonDocument {
  const properties = COLUMNS.map((own) => columns.find((other) => other.name === own.name) ?? own);
  const added = columns.filter((other) => !COLUMNS.some((own) => own.name === other.name));
  const said: JsonDocument = {
    eventIdFields: ['reading_id'],
    eventTimeField: 'measured_at',
    sequenceField: 'sequence',
    allowedLateness: 'P2D',
    readOften: 'P30D',
    readSometimes: 'P90D',
    restoreWithin: 'PT12H',
    ...custom,
  };
  return {
    name,
    logicalType: 'object',
    physicalType: 'table',
    description: 'One reading of one meter.',
    customProperties: Object.entries(said).map(([property, value]) => ({ property, value })),
    properties: structuredClone([...properties, ...added]),
  };
}

/** A copy of a document with one value changed; `undefined` removes it. */
export function changed(document: JsonDocument, path: readonly (string | number)[], value: Json | undefined): JsonDocument {
  const copy = structuredClone(document);
  let at: JsonDocument = copy;
  for (const part of path.slice(0, -1)) at = at[part] as JsonDocument;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

/** Index of a column in the fixture. */
export const columnIndex = (name: string): number => COLUMNS.findIndex((own) => own.name === name);
/** Path of a column in the fixture. */
export const columnPath = (name: string, ...rest: (string | number)[]): (string | number)[] => [
  'schema',
  0,
  'properties',
  columnIndex(name),
  ...rest,
];

export const contract = (overrides: JsonDocument = {}): DataContract => contractFromObject(contractDocument(overrides));

/** The one dataset of the fixture, or of a document. */
export function dataset(document: JsonDocument = contractDocument()): DatasetContract {
  const [first] = contractFromObject(document).datasets;
  if (first === undefined) throw new Error('the fixture has no dataset');
  return first;
}

/** A small dataset without protections, for tests of what does not depend on columns. */
export function plainDataset(name = 'readings', domain = 'energy'): DatasetContract {
  const properties = COLUMNS.filter(({ name: column }) =>
    ['reading_id', 'measured_at', 'sequence', 'counter'].some((kept) => kept === column),
  );
  return dataset(contractDocument({ domain, schema: [{ ...schemaObject(name), properties: structuredClone([...properties]) }] }));
}

/** Secrets of two domains, of the length that the stack makes. */
export const SECRET = 'a'.repeat(64);
export const OTHER_SECRET = 'b'.repeat(64);

export const compiled = (document?: JsonDocument): CompiledContract => compileContract(dataset(document));
export const judgeOf = (document?: JsonDocument, secret = SECRET): EventJudge => eventJudge(compiled(document), secret);

/** When the events below arrive: 9 January 2001, 12:00 UTC. */
export const ARRIVAL = Date.UTC(2001, 0, 9, 12);

/** The text of an event that the fixture accepts, with some fields replaced; `undefined` leaves one out. Values are JSON texts. */
export function eventText(overrides: Readonly<Record<string, string | undefined>> = {}): string {
  const fields: Record<string, string | undefined> = {
    reading_id: '"r-1"',
    measured_at: '"2001-01-09T11:00:00Z"',
    kind: '"power"',
    ...overrides,
  };
  const parts = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${JSON.stringify(key)}:${value}`],
  );
  return `{${parts.join(',')}}`;
}
