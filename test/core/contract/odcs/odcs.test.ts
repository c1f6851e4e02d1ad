import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseContract } from '../../../../core/contract/parse/parse-contract.ts';
import { changed, columnPath, contractDocument, schemaObject, type Json, type JsonDocument } from '../../../support/contracts.ts';
import { OFFICIAL_SCHEMA, officialProblems, whenOfficial } from '../../../support/official-odcs.ts';

const files = readdirSync('contracts', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.odcs.yaml'));

whenOfficial.each(files)('%s is valid by the official schema', (file) => {
  expect(officialProblems(parse(readFileSync(path.join('contracts', file), 'utf8')))).toEqual([]);
});

whenOfficial('the fixture is valid by the official schema', () => {
  expect(officialProblems(contractDocument())).toEqual([]);
});

whenOfficial('the official schema refuses what is no contract', () => {
  expect(officialProblems(contractDocument({ colour: 'red' }))).not.toEqual([]);
});

/** Changes that a person might make; which of them are lawful is for the two judges to say. */
const RETENTION = { property: 'retention', value: 3, unit: 'y' };
const values: readonly Json[] = [
  null,
  true,
  0,
  1,
  -1,
  1.5,
  'x',
  '',
  'string',
  'i64',
  'decimal(4,2)',
  '^a$',
  [],
  ['x'],
  {},
  { name: 'a' },
  { logicalType: 'string' },
  [{ name: 'a', logicalType: 'string' }],
  { minimum: 1 },
  { minimum: '1' },
  { format: 'f32' },
  { format: 'i64' },
  { pattern: '^a$' },
  { uniqueItems: true },
  [{ type: 'library', metric: 'rowCount', mustBe: 1 }],
  [{ type: 'library' }],
  [{ type: 'text', description: 'x' }],
  [{ type: 'sql', query: 'select 1', mustBe: 0 }],
  [{ type: 'custom', engine: 'e', implementation: 'i' }],
  [{ metric: 'nullValues', mustBe: 0, mustNotBe: 1 }],
  [{ to: 'a.b' }],
  [{ to: 'a.b', type: 'other' }],
  [{ property: 'protection', value: 'hash' }],
  2,
  '2020-01-01',
  'map<string,double>',
  'Owner',
  { required: ['grid'] },
  { format: 'u8', multipleOf: 2 },
  { format: 'ipv6' },
  { minimum: '2020-01-01', exclusiveMaximum: '2021-01-01' },
  { minimum: '06:00:00', timezone: false },
  { minimum: '2020-01-01 00:00:00', timezone: true, defaultTimezone: 'Asia/Tokyo' },
  { minProperties: 1, maxProperties: 2 },
  { minItems: 1, uniqueItems: false },
  [{ metric: 'rowCount', mustBeBetween: [1, 2], unit: 'percent' }],
  [{ metric: 'invalidValues', arguments: { validValues: ['a'] }, mustBe: 0 }],
  [{ metric: 'missingValues', arguments: { missingValues: ['', null] }, mustBeLessThan: 3 }],
  [{ metric: 'duplicateValues', arguments: { properties: ['kind'] }, mustBe: 0 }],
  [{ type: 'custom', engine: 'e', implementation: { a: 1 } }],
  [{ description: 'x', dimension: 'accuracy', severity: 'error', method: 'm', businessImpact: 'b', tags: ['t'] }],
  [{ rule: 'x', description: 'x' }],
  [{ to: ['a.b'], type: 'foreignKey' }],
  [{ to: 'schema/a/properties/b', customProperties: [{ property: 'x', value: [1] }] }],
  [{ from: ['readings.kind', 'readings.load'], to: ['a.b', 'a.c'] }],
  [{ from: 'readings.kind', to: 'energy/a.yaml#/schema/a/properties/b' }],
  [{ url: 'https://example.com', type: 'x' }],
  [{ url: 'https://example.com', type: 'x', id: 'a b' }],
  [{ username: 'a@example.com', role: 'owner', dateIn: '2024-01-01' }],
  { members: [{ username: 'a@example.com', role: 'Owner', dateOut: 'yesterday' }], name: 'n' },
  [{ role: 'analyst', access: 'read', firstLevelApprovers: 'a', customProperties: [] }],
  [{ role: 1 }],
  [{ channel: 'c', url: 'no url' }],
  [{ channel: 'c', scope: 'issues', invitationUrl: 'https://example.com' }],
  [{ server: 's', type: 's3', location: 's3://a/b' }],
  [{ server: 's', type: 'none' }],
  [{ server: 's', type: 's3', location: 's3://a/{b}' }],
  [{ server: 's', type: 's3', location: 's3://a', colour: 'red' }],
  [{ server: 's', type: 'postgres', host: 'h', port: 5432, database: 'd', schema: 's', roles: [{ role: 'r' }] }],
  [{ server: 's', type: 'postgres', host: 'h' }],
  [{ server: 's', type: 'kinesis', host: 'h' }],
  [{ server: 's', type: 'sftp', location: 'https://example.com/' }],
  [{ server: 's', type: 'custom', stagingDir: 'any', port: 1.5 }],
  [{ server: 's', type: 'athena', stagingDir: 'any', schema: 's' }],
  [{ to: [] }],
  [{ to: 'ener gy/a.yaml#/schema/a/properties/b' }],
  [{ from: [], to: [] }],
  [{ from: ['readings.kind'], to: 'a.b' }],
  [{ from: 'readings.kind', to: ['a.b'] }],
  [{ type: 'text', description: 'x', query: 'select 1' }],
  [{ type: 'text', description: 'x', engine: 'e' }],
  [{ type: 'sql', query: 'select 1', mustBe: 0, arguments: {} }],
  [{ type: 'text', metric: 'rowCount', mustBe: 1, rule: 'x' }],
  '2030-12-31T00:00:00+01:00',
  '2030-12-31 00:00:00',
  { priceAmount: 1.5, priceUnit: 'month' },
  { purpose: 'p', usage: 'u', limitations: 'l', customProperties: [{ property: 'x', value: null }] },
  [RETENTION, { property: 'timeOfAvailability', value: '09:00Z', driver: 'regulatory' }],
  [RETENTION, { property: 'endOfLife', value: '2030-01-01', valueExt: null, scheduler: 'cron', schedule: '* * * * *' }],
  [{ ...RETENTION, id: 'a', element: 'readings.kind', description: 'd' }],
  [RETENTION, { property: 'anything', value: null }],
];
const keys = [
  'logicalType',
  'logicalTypeOptions',
  'physicalType',
  'required',
  'unique',
  'classification',
  'examples',
  'quality',
  'relationships',
  'properties',
  'items',
  'customProperties',
  'tags',
  'description',
  'businessName',
  'physicalName',
  'id',
  'primaryKey',
  'primaryKeyPosition',
  'partitioned',
  'partitionKeyPosition',
  'encryptedName',
  'criticalDataElement',
  'transformLogic',
  'transformSourceObjects',
  'transformDescription',
  'authoritativeDefinitions',
];
const datasetKeys = [
  'relationships',
  'quality',
  'tags',
  'description',
  'businessName',
  'physicalName',
  'physicalType',
  'logicalType',
  'dataGranularityDescription',
  'authoritativeDefinitions',
  'id',
];
const columns = ['kind', 'counter', 'load', 'price', 'samples', 'site', 'billing_day', 'customer_id'];
const tops = [
  'status',
  'tags',
  'tenant',
  'price',
  'team',
  'description',
  'slaProperties',
  'name',
  'dataProduct',
  'roles',
  'support',
  'servers',
  'slaDefaultElement',
  'authoritativeDefinitions',
  'customProperties',
  'contractCreatedTs',
  'id',
  'version',
  'apiVersion',
  'domain',
];
const optionKeys = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'timezone',
  'defaultTimezone',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
];
const optionValues: readonly Json[] = [
  null,
  true,
  0,
  1,
  2.5,
  -1,
  'i8',
  'f32',
  'email',
  'UTC',
  'yyyy-MM-dd',
  'HH:mm:ss',
  '2020-01-01',
  '2020-01-01T00:00:00Z',
  '12:00:00',
  ['grid'],
  ['grid', 'grid'],
  [],
];
const fields = ['measured_at', 'local_time', 'billing_day', 'estimated', 'site'];

const whole = contractDocument();
const fixture = schemaObject();
/** The fixture with one column besides those that it cannot do without, and with one value of that column changed. */
function changedColumn(name: string, key: string, value: Json): JsonDocument {
  const properties = (fixture.properties as JsonDocument[])
    .filter((column) => ['reading_id', 'measured_at', 'sequence', name].some((kept) => kept === column.name))
    .map((column) => (column.name === name ? { ...column, [key]: value } : column));
  return { ...whole, schema: [{ ...fixture, properties }] };
}

whenOfficial(
  'whatever is accepted here is valid by the official schema',
  () => {
    let accepted = 0;
    const refused = new Set<string>();
    const check = (document: unknown) => {
      if ('faults' in parseContract(document)) return;
      accepted += 1;
      for (const problem of officialProblems(document)) refused.add(problem);
    };
    for (const value of values) {
      for (const column of columns) for (const key of keys) check(changedColumn(column, key, value));
      for (const key of tops) check({ ...whole, [key]: value });
      for (const key of datasetKeys) check({ ...whole, schema: [{ ...fixture, [key]: value }] });
      for (const key of ['quality', 'items', 'tags', 'id']) check(changed(whole, columnPath('samples', 'items', key), value));
    }
    for (const value of optionValues)
      for (const column of [...columns, ...fields])
        for (const key of optionKeys) check(changedColumn(column, 'logicalTypeOptions', { [key]: value }));
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), (column, key, value) => {
        check(changedColumn(column, key, value as Json));
      }),
      { numRuns: 200, seed: 1 },
    );
    check(contractDocument({ schema: [schemaObject(), schemaObject('outages')] }));
    expect([...refused]).toEqual([]);
    expect(accepted).toBeGreaterThan(1000); // the corpus must reach the lawful side too
  },
  60_000,
);

interface ServerSchema {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly type?: string; readonly format?: string }>>;
}

whenOfficial('a server of every type of the standard is accepted, whole and with what it must state alone', () => {
  const { $defs } = JSON.parse(readFileSync(OFFICIAL_SCHEMA, 'utf8')) as {
    $defs: {
      Server: { allOf: { if: { properties: { type: { const: string } } }; then: { $ref: string } }[] };
      ServerSource: Record<string, ServerSchema>;
    };
  };
  const documents = $defs.Server.allOf.flatMap((branch) => {
    const type = branch.if.properties.type.const;
    const { required = [], properties = {} } = $defs.ServerSource[branch.then.$ref.split('/').at(-1) ?? ''] ?? {};
    const state = (keys: readonly string[]) =>
      Object.fromEntries(
        keys.map((key) => [
          key,
          properties[key]?.type === 'integer' ? 1 : properties[key]?.format === 'uri' ? `${type}://a/b` : 'a',
        ]),
      );
    return [state(required), state(Object.keys(properties))].map((keys) =>
      contractDocument({ servers: [{ server: 's', type, ...keys }] }),
    );
  });
  expect(documents.length).toBeGreaterThan(60);
  for (const document of documents) {
    expect(officialProblems(document)).toEqual([]);
    expect(parseContract(document)).not.toHaveProperty('faults');
  }
});
