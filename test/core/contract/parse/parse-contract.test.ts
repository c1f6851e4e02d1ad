import { ContractError, formatPath, type DocumentPath } from '../../../../core/contract/fault.ts';
import { contractFromObject } from '../../../../core/contract/from-object.ts';
import { parseContract } from '../../../../core/contract/parse/parse-contract.ts';
import {
  changed,
  columnIndex,
  columnPath,
  contract,
  contractDocument,
  dataset,
  schemaObject,
  type Json,
  type JsonDocument,
} from '../../../support/contracts.ts';
import { expectBelowQuadratic } from '../../../support/below-quadratic.ts';

const faultsOf = (document: unknown): string[] => {
  const parsed = parseContract(document);
  return 'faults' in parsed ? parsed.faults.map(({ code, path }) => `${code} ${formatPath(path)}`) : [];
};
const at = formatPath;
const custom = (name: string, value: Json | undefined): JsonDocument => {
  const list = (contractDocument().schema as JsonDocument[])[0]?.customProperties as JsonDocument[];
  const rest = list.filter(({ property }) => property !== name);
  return changed(
    contractDocument(),
    ['schema', 0, 'customProperties'],
    value === undefined ? rest : [...rest, { property: name, value }],
  );
};
const level = (property: string, value: Json, unit: string, rest: JsonDocument = {}): JsonDocument => ({
  property,
  value,
  unit,
  ...rest,
});
const levels = (...list: JsonDocument[]): JsonDocument => contractDocument({ slaProperties: list });
const column = (name: string, key: string, value: Json | undefined): JsonDocument =>
  changed(contractDocument(), columnPath(name, key), value);

const NONE_INVALID = {
  kind: 'library',
  metric: 'invalidValues',
  comparison: { operator: 'mustBe', values: ['0'], unit: 'rows' },
};

describe('a lawful document', () => {
  test('becomes the dataset it describes', () => {
    const { id, domain, product, version, status, owner, withoutEffect, datasets } = contract({
      tenant: 'x',
      support: [{ channel: 'c' }],
    });
    expect({ id, domain, product, version, status, owner, withoutEffect }).toEqual({
      id: 'energy-readings',
      domain: 'energy',
      product: 'readings',
      version: '1.2.3',
      status: 'active',
      owner: 'energy@example.com',
      withoutEffect: ['schema.physicalType', 'support', 'tenant'],
    });
    const { columns, ...rest } = datasets[0] ?? dataset();
    expect(rest).toEqual({
      domain: 'energy',
      name: 'readings',
      version: '1.2.3',
      owner: 'energy@example.com',
      description: 'One reading of one meter.',
      primaryKey: ['reading_id'],
      relationships: [],
      quality: [
        { ...NONE_INVALID, column: 'kind', values: ['gas', 'heat', 'power'] },
        { ...NONE_INVALID, column: 'site.grid', values: ['north', 'south'] },
      ],
      serviceLevels: { timesOfAvailability: [] },
      eventIdFields: ['reading_id'],
      eventTimeField: 'measured_at',
      sequenceField: 'sequence',
      allowedLatenessMs: 172_800_000,
      freshnessSeconds: 900,
      storage: { readOftenDays: 30, readSometimesDays: 90, retentionDays: 1095, restoreWithinHours: 12 },
      expectedEventsPerDay: 10_000,
      expectedEventBytes: 500,
      tags: [],
    });
    expect(columns.find(({ name }) => name === 'kind')).toMatchObject({
      name: 'kind',
      type: { kind: 'string' },
      required: true,
      primaryKey: false,
      validValues: ['gas', 'heat', 'power'],
      classification: 'internal',
      tags: [],
    });
    expect(columns.find(({ name }) => name === 'customer_id')).toMatchObject({
      classification: 'restricted',
      protection: 'tokenize',
      tags: ['personal'],
    });
  });

  test.each<[string, Json | undefined, object]>([
    ['channel', undefined, { kind: 'integer', bits: 32, minimum: '0', maximum: '9' }],
    ['counter', undefined, { kind: 'integer', bits: 64 }],
    ['load', undefined, { kind: 'double', minimum: '-100', exclusiveMaximum: '1000.5' }],
    ['energy', undefined, { kind: 'decimal', precision: 38, scale: 18 }],
    ['measured_at', undefined, { kind: 'timestamp', zonelessIsUtc: false }],
    ['read_locally_at', undefined, { kind: 'timestamp', zonelessIsUtc: true }],
    ['read_locally_at', { defaultTimezone: 'Etc/UTC' }, { kind: 'timestamp', zonelessIsUtc: true }],
    ['samples', undefined, { kind: 'array', items: { kind: 'double' }, minItems: 1, maxItems: 3 }],
    ['meter_code', undefined, { kind: 'string', pattern: '^M[0-9]+$', minLength: 2, maxLength: 8 }],
    ['counter', { maximum: Number.MAX_SAFE_INTEGER }, { kind: 'integer', bits: 64, maximum: '9007199254740991' }],
    ['counter', { format: 'i8' }, { kind: 'integer', bits: 32, minimum: '-128', maximum: '127' }],
    ['counter', { format: 'i16' }, { kind: 'integer', bits: 32, minimum: '-32768', maximum: '32767' }],
    ['counter', { format: 'u8', minimum: 1 }, { kind: 'integer', bits: 32, minimum: '1', maximum: '255' }],
    ['counter', { format: 'u8', maximum: 999 }, { kind: 'integer', bits: 32, minimum: '0', maximum: '255' }],
    ['counter', { format: 'u16' }, { kind: 'integer', bits: 32, minimum: '0', maximum: '65535' }],
    ['counter', { format: 'u32' }, { kind: 'integer', bits: 64, minimum: '0', maximum: '4294967295' }],
    ['counter', { multipleOf: 5 }, { kind: 'integer', bits: 64, multipleOf: '5' }],
    ['load', { multipleOf: 0.25, exclusiveMinimum: 0 }, { kind: 'double', exclusiveMinimum: '0', multipleOf: '0.25' }],
    ['kind', { format: 'ipv4' }, { kind: 'string', format: 'ipv4' }],
    ['kind', { format: 'ipv6' }, { kind: 'string', format: 'ipv6' }],
    ['billing_day', { minimum: '2000-01-01', format: 'yyyy-MM-dd' }, { kind: 'date', minimum: '2000-01-01' }],
    ['local_time', { exclusiveMaximum: '22:00:00' }, { kind: 'time', exclusiveMaximum: '22:00:00' }],
    [
      'measured_at', // a bound is kept as the table holds times
      { timezone: true, minimum: '2000-01-01T00:00:00+02:00', maximum: '2030-01-01 00:00:00' },
      { kind: 'timestamp', zonelessIsUtc: false, minimum: '1999-12-31 22:00:00.000', maximum: '2030-01-01 00:00:00.000' },
    ],
    ['samples', { uniqueItems: true }, { kind: 'array', items: { kind: 'double' }, uniqueItems: true }],
  ])('reads the type of %s with options %j', (name, options, type) => {
    const document = options === undefined ? contractDocument() : column(name, 'logicalTypeOptions', options);
    expect(dataset(document).columns.find((found) => found.name === name)?.type).toEqual(type);
  });

  test.each<[string, object]>([
    ['map<string,double>', { kind: 'double' }],
    ['map<string,string>', { kind: 'string' }],
    ['map<string,boolean>', { kind: 'boolean' }],
    ['map<string,int>', { kind: 'integer', bits: 32 }],
    ['map<string,bigint>', { kind: 'integer', bits: 64 }],
    ['map<string,date>', { kind: 'date' }],
    ['map<string,timestamp>', { kind: 'timestamp', zonelessIsUtc: false }],
    ['Map< string, decimal(10,2) >', { kind: 'decimal', precision: 10, scale: 2 }],
  ])('reads the physical type %s as keys that nobody lists', (physicalType, values) => {
    const map = { name: 'site', logicalType: 'object', physicalType, logicalTypeOptions: { minProperties: 1, maxProperties: 9 } };
    const { columns } = dataset(contractDocument({ schema: [schemaObject('readings', [map])] }));
    expect(columns.find(({ name }) => name === 'site')?.type).toEqual({
      kind: 'map',
      values,
      minProperties: 1,
      maxProperties: 9,
    });
  });

  test('requires the fields that its object names', () => {
    const document = column('site', 'logicalTypeOptions', { required: ['floors'], minProperties: 1, maxProperties: 3 });
    const type = dataset(document).columns.find(({ name }) => name === 'site')?.type;
    expect(type).toMatchObject({ kind: 'object', minProperties: 1, maxProperties: 3 });
    expect(type?.kind === 'object' ? type.fields.map(({ name, required }) => [name, required]) : type).toEqual([
      ['grid', true],
      ['floors', true],
      ['position', false],
    ]);
  });

  test.each<[string, readonly [string, JsonDocument][], readonly string[]]>([
    [
      'by the positions of its columns',
      [
        ['kind', { primaryKeyPosition: 1 }],
        ['reading_id', { primaryKeyPosition: 2 }],
      ],
      ['kind', 'reading_id'],
    ],
    [
      'in the order in which its columns stand',
      [
        ['kind', {}],
        ['reading_id', {}],
      ],
      ['reading_id', 'kind'],
    ],
    [
      'as none, where -1 is said for it',
      [
        ['kind', { primaryKeyPosition: -1 }],
        ['reading_id', { primaryKeyPosition: -1 }],
      ],
      ['reading_id', 'kind'],
    ],
  ])('orders a composite key %s', (_, keyed, key) => {
    expect(dataset(keyOf(...keyed)).primaryKey).toEqual(key);
  });

  test('holds who answers for it, who may use it and what it is for', () => {
    const { owner, team, roles, description } = contract({
      team: [
        { username: 'gone@example.com', role: 'Owner', dateOut: '2024-01-31' },
        { username: 'here@example.com', name: 'Here', role: 'owner' },
      ],
      roles: [
        { role: 'analyst', access: 'read', firstLevelApprovers: 'Head', secondLevelApprovers: 'Board' },
        { role: 'loader' },
      ],
      description: { purpose: 'To bill.', usage: 'By month.', limitations: 'No gas.' },
    });
    expect({ owner, team, roles, description }).toEqual({
      owner: 'here@example.com',
      team: [
        { username: 'gone@example.com', role: 'Owner' },
        { username: 'here@example.com', name: 'Here', role: 'owner' },
      ],
      roles: [
        { role: 'analyst', access: 'read', approvers: ['Head', 'Board'] },
        { role: 'loader', approvers: [] },
      ],
      description: { purpose: 'To bill.', usage: 'By month.', limitations: 'No gas.' },
    });
  });

  test('holds what else it promises its readers', () => {
    const document = levels(
      level('retention', 3, 'y'),
      level('freshness', 90, 's'),
      level('frequency', 1, 'd'),
      { property: 'timeOfAvailability', value: '09:00-08:00' },
      { property: 'timeOfAvailability', value: '06:30Z' },
      { property: 'generalAvailability', value: '2022-05-12T09:30:10-08:00' },
      { property: 'endOfSupport', value: '2032-05-12' },
      { property: 'endOfLife', value: '2032-05-12' },
      { property: 'throughput', value: 'much' },
    );
    expect(dataset(document)).toMatchObject({
      freshnessSeconds: 90,
      serviceLevels: {
        frequencyMs: 86_400_000,
        timesOfAvailability: ['09:00-08:00', '06:30Z'],
        generalAvailability: '2022-05-12T09:30:10-08:00',
        endOfSupport: '2032-05-12',
        endOfLife: '2032-05-12',
      },
    });
  });

  test('refers to other datasets by short names, by paths, and by several columns together', () => {
    const schema = schemaObject('readings', [
      { name: 'meter', logicalType: 'string', relationships: [{ to: 'meters.id' }, { to: 'schema/sites/properties/id' }] },
    ]);
    const document = contractDocument({
      schema: [
        {
          ...schema,
          relationships: [
            {
              from: ['readings.kind', 'readings.meter'],
              to: [
                'contracts/water/wells.odcs.yaml#/schema/wells/properties/kind',
                'contracts/water/wells.odcs.yaml#/schema/wells/properties/id',
              ],
            },
          ],
        },
      ],
    });
    expect(dataset(document).relationships).toEqual([
      { columns: ['meter'], to: { domain: 'energy', dataset: 'meters', columns: ['id'] } },
      { columns: ['meter'], to: { domain: 'energy', dataset: 'sites', columns: ['id'] } },
      { columns: ['kind', 'meter'], to: { domain: 'water', dataset: 'wells', columns: ['kind', 'id'] } },
    ]);
  });

  test('is read often no longer than it is read at all', () => {
    const said = schemaObject('readings', [], { readSometimes: 'P7D' });
    const properties = (said.customProperties as JsonDocument[]).filter(({ property }) => property !== 'readOften');
    expect(dataset(contractDocument({ schema: [{ ...said, customProperties: properties }] })).storage).toMatchObject({
      readOftenDays: 7,
      readSometimesDays: 7,
    });
  });

  test('is told apart from its defaults', () => {
    const document = changed(
      contractDocument(),
      ['schema', 0, 'customProperties'],
      [
        { property: 'eventIdFields', value: 'reading_id' },
        { property: 'eventTimeField', value: 'measured_at' },
      ],
    );
    expect(dataset({ ...document, slaProperties: [level('retention', 3, 'years')] })).toMatchObject({
      eventIdFields: ['reading_id'],
      allowedLatenessMs: 259_200_000,
      freshnessSeconds: 900,
      storage: { readOftenDays: 30, readSometimesDays: 365, retentionDays: 1095, restoreWithinHours: 12 },
    });
  });

  test('gives a dataset the service level that names it, and the others the one for all', () => {
    const document = contractDocument({
      schema: [schemaObject('readings'), schemaObject('outages')],
      slaProperties: [
        level('retention', 1, 'y', { element: 'outages' }),
        level('retention', 3, 'y'),
        level('latency', 1, 'h', { element: 'readings.kind, readings' }),
      ],
    });
    expect(
      contractFromObject(document).datasets.map(({ name, storage, freshnessSeconds }) => [
        name,
        storage.retentionDays,
        freshnessSeconds,
      ]),
    ).toEqual([
      ['readings', 1095, 3600],
      ['outages', 365, 900],
    ]);
  });

  test('names its team as owner where no member is', () => {
    expect(contract({ team: { name: 'grid-data' } }).owner).toBe('grid-data');
  });
});

const NESTED = (name: string, rest: JsonDocument) =>
  changed(contractDocument(), columnPath('site', 'properties', 0), { name, logicalType: 'string', ...rest });
const ITEMS = (items: JsonDocument) => column('samples', 'items', { logicalType: 'string', ...items });
/** The fixture with these columns as its key. */
const keyOf = (...keyed: readonly (readonly [string, JsonDocument])[]): JsonDocument =>
  keyed.reduce(
    (document, [name, rest]) =>
      Object.entries({ primaryKey: true, ...rest }).reduce(
        (copy, [key, value]) => changed(copy, columnPath(name, key), value),
        document,
      ),
    contractDocument(),
  );
const options = (name: string, given: JsonDocument): JsonDocument => column(name, 'logicalTypeOptions', given);
const option = (name: string, key: string): string => at(columnPath(name, 'logicalTypeOptions', key));
/** Rules of the dataset. */
const rules = (...quality: JsonDocument[]): JsonDocument => changed(contractDocument(), ['schema', 0, 'quality'], quality);
const map = (physicalType: string, rest: JsonDocument = {}): JsonDocument =>
  contractDocument({ schema: [schemaObject('readings', [{ name: 'site', logicalType: 'object', physicalType, ...rest }])] });
/** Relationships of the dataset. */
const references = (...relationships: JsonDocument[]): JsonDocument =>
  changed(contractDocument(), ['schema', 0, 'relationships'], relationships);
const RETENTION = level('retention', 3, 'y');
const protection = (value: string): JsonDocument[] => [{ property: 'protection', value }];
/** The fixture with a key by another name. */
const misspelt = (parent: DocumentPath, key: string, written: string): JsonDocument => {
  const value = parent.reduce<Json>((found, part) => (found as Record<string | number, Json>)[part] as Json, contractDocument());
  const moved = changed(contractDocument(), [...parent, written], (value as JsonDocument)[key]);
  return changed(moved, [...parent, key], undefined);
};
const closedList = (...validValues: string[]): JsonDocument => ({
  metric: 'invalidValues',
  mustBe: 0,
  arguments: { validValues },
});
const ID = columnPath('reading_id');
const NEEDS: DocumentPath = ['schema', 0, 'customProperties'];
/** Where `custom` puts what it sets. */
const SAID = at([...NEEDS, 6, 'value']);
const SAID_MORE = at([...NEEDS, 7, 'value']); // of a property that the fixture does not state

describe('a bad document is refused with', () => {
  test.each<[string, unknown, string]>([
    ['InvalidShape', null, ''],
    ['InvalidShape', contractDocument({ version: '1.0' }), 'version'],
    ['UnlistedValue', contractDocument({ apiVersion: 'v2.2.2' }), 'apiVersion'],
    ['DatasetsMissing', contractDocument({ schema: [] }), 'schema'],
    ['UnlistedValue', changed(contractDocument(), [...ID, 'logicalType'], 'text'), at([...ID, 'logicalType'])],
    ['InvalidShape', column('kind', 'quality', [{ type: 'library', mustBe: 0 }]), at(columnPath('kind', 'quality', 0, 'metric'))],
    ['InvalidShape', column('kind', 'quality', [{ type: 'sql', mustBe: 0 }]), at(columnPath('kind', 'quality', 0, 'query'))],
    ['InvalidShape', column('kind', 'quality', [{ metric: 'rowCount' }]), at(columnPath('kind', 'quality', 0))],
    ['InvalidShape', column('kind', 'quality', [{ type: 'text', mustBe: 0 }]), at(columnPath('kind', 'quality', 0))],
    ['InvalidShape', column('kind', 'properties', [{ name: 'a', logicalType: 'string' }]), at(columnPath('kind', 'properties'))],
    ['InvalidShape', column('kind', 'items', { logicalType: 'string' }), at(columnPath('kind', 'items'))],
    ['UnknownKey', contractDocument({ colour: 'red' }), 'colour'],
    ['UnknownKey', column('kind', 'nullable', true), at(columnPath('kind', 'nullable'))],
    ['OwnerMissing', contractDocument({ team: {} }), 'team'],
    ['InvalidName', contractDocument({ domain: 'Energy' }), 'domain'],
    ['InvalidName', contractDocument({ domain: 'a'.repeat(25) }), 'domain'],
    ['InvalidName', contractDocument({ schema: [schemaObject('a'.repeat(41))] }), 'schema[0].name'],
    ['InvalidName', contractDocument({ schema: [schemaObject('meter__x')] }), 'schema[0].name'],
    ['ReservedName', contractDocument({ domain: 'released' }), 'domain'],
    ['ReservedName', contractDocument({ schema: [schemaObject('meters_clean')] }), 'schema[0].name'],
    ['DatasetTwice', contractDocument({ schema: [schemaObject(), schemaObject()] }), 'schema[1].name'],
    ['InvalidColumnName', column('load', 'name', 'Load'), at(columnPath('load', 'name'))],
    ['InvalidColumnName', column('load', 'name', '_load'), at(columnPath('load', 'name'))],
    ['InvalidColumnName', NESTED('g.rid', {}), at(columnPath('site', 'properties', 0, 'name'))],
    ['ColumnTwice', column('load', 'name', 'kind'), at(columnPath('load', 'name'))],
    ['PartitionKeyAsColumn', column('load', 'name', 'dt'), at(columnPath('load', 'name'))],
    ['PartitionKeyAsColumn', column('load', 'name', 'hr'), at(columnPath('load', 'name'))],
    ['RestrictedUnprotected', column('kind', 'classification', 'restricted'), at(columnPath('kind', 'classification'))],
    ['UnknownClassification', column('kind', 'classification', 'secret'), at(columnPath('kind', 'classification'))],
    [
      'ProtectionUnfit',
      column('load', 'customProperties', protection('hash')),
      at(columnPath('load', 'customProperties', 0, 'value')),
    ],
    ['ProtectionNested', NESTED('grid', { customProperties: protection('hash') }), at(columnPath('site', 'properties', 0))],
    ['ProtectionNested', ITEMS({ customProperties: protection('hash') }), at(columnPath('samples', 'items'))],
    ['ProtectionNested', ITEMS({ classification: 'restricted' }), at(columnPath('samples', 'items'))],
    [
      'InvalidCustomProperty',
      column('kind', 'customProperties', protection('encrypt')),
      at(columnPath('kind', 'customProperties', 0, 'value')),
    ],
    [
      'UnknownCustomProperty',
      column('kind', 'customProperties', [{ property: 'mask', value: true }]),
      at(columnPath('kind', 'customProperties', 0, 'property')),
    ],
    [
      'CustomPropertyTwice',
      column('kind', 'customProperties', [...protection('hash'), ...protection('hash')]),
      at(columnPath('kind', 'customProperties', 1)),
    ],
    ['MissingCustomProperty', custom('eventIdFields', undefined), at(NEEDS)],
    ['MissingCustomProperty', custom('eventTimeField', undefined), at(NEEDS)],
    ['InvalidCustomProperty', custom('readOften', '30 days'), SAID],
    ['FieldMissing', custom('eventIdFields', ['nowhere']), SAID],
    ['FieldMissing', custom('eventTimeField', 'nowhere'), SAID],
    ['FieldMissing', custom('sequenceField', 'nowhere'), SAID],
    ['IdFieldUnfit', custom('eventIdFields', ['counter']), SAID], // not required
    ['IdFieldUnfit', custom('eventIdFields', ['measured_at']), SAID], // neither text nor integer
    [
      'IdFieldUnfit',
      changed(column('reading_id', 'customProperties', protection('mask')), [...ID, 'primaryKey'], false),
      at([...NEEDS, 0, 'value']),
    ],
    ['TimeFieldUnfit', custom('eventTimeField', 'read_locally_at'), SAID], // not required
    ['TimeFieldUnfit', custom('eventTimeField', 'kind'), SAID],
    ['SequenceFieldUnfit', custom('sequenceField', 'kind'), SAID],
    ['SequenceFieldUnfit', column('sequence', 'customProperties', protection('drop')), at([...NEEDS, 2, 'value'])], // the view orders by it
    ['InvalidCustomProperty', custom('curatedWithin', 'daily'), at([...NEEDS, 7, 'value'])],
    [
      'CuratedWithoutKey',
      changed(custom('curatedWithin', 'P1D'), columnPath('reading_id', 'primaryKey'), undefined),
      at([...NEEDS, 7, 'value']),
    ],
    [
      'CuratedKeyType',
      changed(custom('curatedWithin', 'P1D'), columnPath('load', 'primaryKey'), true),
      at([...NEEDS, 7, 'value']),
    ],
    ['CuratedTooSoon', custom('curatedWithin', 'PT1H44M'), at([...NEEDS, 7, 'value'])], // with 15 minutes of latency
    ['ItemsMissing', column('samples', 'items', undefined), at(columnPath('samples'))],
    ['FieldsMissing', column('site', 'properties', []), at(columnPath('site'))],
    [
      'OptionWithoutEffect',
      column('kind', 'logicalTypeOptions', { minimum: 1 }),
      at(columnPath('kind', 'logicalTypeOptions', 'minimum')),
    ],
    [
      'UnknownFormat',
      column('kind', 'logicalTypeOptions', { format: 'password' }),
      at(columnPath('kind', 'logicalTypeOptions', 'format')),
    ],
    [
      'UnknownFormat',
      column('counter', 'logicalTypeOptions', { format: 'u64' }),
      at(columnPath('counter', 'logicalTypeOptions', 'format')),
    ],
    [
      'UnknownFormat',
      column('load', 'logicalTypeOptions', { format: 'f16' }),
      at(columnPath('load', 'logicalTypeOptions', 'format')),
    ],
    [
      'InvalidPattern',
      column('kind', 'logicalTypeOptions', { pattern: '(' }),
      at(columnPath('kind', 'logicalTypeOptions', 'pattern')),
    ],
    [
      'InvalidBound',
      column('counter', 'logicalTypeOptions', { minimum: '1' }),
      at(columnPath('counter', 'logicalTypeOptions', 'minimum')),
    ],
    [
      'InvalidBound',
      column('counter', 'logicalTypeOptions', { maximum: 1e21 }),
      at(columnPath('counter', 'logicalTypeOptions', 'maximum')),
    ],
    [
      'InvalidBound',
      column('counter', 'logicalTypeOptions', { maximum: 2 ** 53 }),
      at(columnPath('counter', 'logicalTypeOptions', 'maximum')),
    ], // 2^53+1 reads alike
    [
      'InvalidBound',
      column('load', 'logicalTypeOptions', { maximum: 0.1234567890123456 }),
      at(columnPath('load', 'logicalTypeOptions', 'maximum')),
    ],
    ['PhysicalTypeNotHeld', column('price', 'physicalType', 'decmial(10,2)'), at(columnPath('price', 'physicalType'))],
    ['InvalidDecimal', column('price', 'physicalType', 'decimal(39,2)'), at(columnPath('price', 'physicalType'))],
    ['InvalidDecimal', column('price', 'physicalType', 'decimal(4,5)'), at(columnPath('price', 'physicalType'))],
    ['InvalidDecimal', column('price', 'physicalType', 'decimal(0,0)'), at(columnPath('price', 'physicalType'))],
    ['InvalidDecimal', column('price', 'physicalType', 'decimal(18)'), at(columnPath('price', 'physicalType'))],
    [
      'TimezoneNotHeld',
      column('measured_at', 'logicalTypeOptions', { defaultTimezone: 'Europe/Paris' }),
      at(columnPath('measured_at', 'logicalTypeOptions', 'defaultTimezone')),
    ],
    [
      'InvalidValidValues',
      column('kind', 'quality', [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: [1] } }]),
      at(columnPath('kind', 'quality', 0, 'arguments', 'validValues')),
    ],
    [
      'InvalidValidValues',
      column('counter', 'quality', [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['1'] } }]),
      at(columnPath('counter', 'quality', 0, 'arguments', 'validValues')),
    ],
    ['InvalidServiceLevel', levels(level('latency', '15', 'm'), level('retention', 3, 'y')), 'slaProperties[0].value'],
    ['InvalidServiceLevel', levels(level('latency', 15, 'constructor'), level('retention', 3, 'y')), 'slaProperties[0].unit'],
    ['InvalidServiceLevel', levels(level('retention', 0, 'd')), 'slaProperties[0].value'],
    ['RetentionMissing', levels(), 'slaProperties'],
    ['RetentionMissing', levels(level('latency', 15, 'm')), 'slaProperties'],
    ['RetentionNotOffered', levels(level('retention', 100, 'd')), 'slaProperties[0].value'],
    ['OwnerIsNobody', contractDocument({ team: { name: 'TBD' } }), 'team.name'],
    [
      'OwnerIsNobody',
      contractDocument({ team: { members: [{ username: ' n/a ', role: 'Owner' }] } }),
      'team.members[0].username',
    ],
    [
      'OwnerMissing', // who answered for it has left
      contractDocument({ team: { members: [{ username: 'a@example.com', role: 'Owner', dateOut: '2024-01-31' }] } }),
      'team',
    ],
    ['OwnerMissing', contractDocument({ team: null }), 'team'],
    ['DomainMissing', changed(contractDocument(), ['domain'], undefined), 'domain'],
    ['ColumnsMissing', changed(contractDocument(), ['schema', 0, 'properties'], undefined), 'schema[0].properties'],
    ['LogicalTypeMissing', column('kind', 'logicalType', undefined), at(columnPath('kind', 'logicalType'))],
    ['MissingKey', changed(contractDocument(), ['status'], undefined), 'status'],
    ['ReservedName', column('load', 'name', 'order'), at(columnPath('load', 'name'))],
    ['ColumnTwice', NESTED('floors', {}), at(columnPath('site', 'properties', 1, 'name'))],
    ['KeyFieldUnfit', keyOf(['kind', { required: false }]), at(columnPath('kind', 'required'))],
    ['KeyFieldUnfit', keyOf(['contact', {}]), at(columnPath('contact'))],
    ['KeyNested', NESTED('grid', { primaryKey: true }), at(columnPath('site', 'properties', 0, 'primaryKey'))],
    [
      'InvalidKeyPosition',
      keyOf(['kind', { primaryKeyPosition: 3 }], ['reading_id', { primaryKeyPosition: 1 }]),
      at(columnPath('kind', 'primaryKeyPosition')),
    ],
    [
      'InvalidKeyPosition',
      keyOf(['kind', { primaryKeyPosition: 1 }], ['reading_id', { primaryKeyPosition: 1 }]),
      at(columnPath('kind', 'primaryKeyPosition')),
    ],
    [
      'InvalidKeyPosition',
      keyOf(['kind', {}], ['reading_id', { primaryKeyPosition: 1 }]),
      at(columnPath('kind', 'primaryKeyPosition')),
    ],
    ['TenantFieldUnfit', custom('tenantField', 'meter_code'), SAID_MORE], // not required
    ['TenantFieldUnfit', custom('tenantField', 'measured_at'), SAID_MORE],
    ['FieldMissing', custom('tenantField', 'nowhere'), SAID_MORE],
    ['FieldMissing', options('site', { required: ['nowhere'] }), option('site', 'required')],
    ['EmptyRange', options('load', { minimum: 2, maximum: 1 }), option('load', 'maximum')],
    ['EmptyRange', options('load', { minimum: 1, exclusiveMaximum: 1 }), option('load', 'exclusiveMaximum')],
    ['EmptyRange', options('load', { exclusiveMinimum: 1, maximum: 1 }), option('load', 'maximum')],
    ['EmptyRange', options('counter', { format: 'u8', minimum: 256 }), option('counter', 'minimum')],
    ['EmptyRange', options('counter', { format: 'u8', maximum: -1 }), option('counter', 'maximum')],
    ['EmptyRange', options('kind', { minLength: 2, maxLength: 1 }), option('kind', 'maxLength')],
    ['EmptyRange', options('samples', { minItems: 2, maxItems: 1 }), option('samples', 'maxItems')],
    ['EmptyRange', options('site', { minProperties: 2, maxProperties: 1 }), option('site', 'maxProperties')],
    ['EmptyRange', options('billing_day', { minimum: '2001-01-02', maximum: '2001-01-01' }), option('billing_day', 'maximum')],
    [
      'EmptyRange',
      options('billing_day', { minimum: '2001-01-01', exclusiveMaximum: '2001-01-01' }),
      option('billing_day', 'exclusiveMaximum'),
    ],
    ['EmptyRange', rules({ metric: 'rowCount', mustBeBetween: [2, 1] }), 'schema[0].quality[0].mustBeBetween'],
    ['InvalidBound', options('counter', { multipleOf: 0 }), option('counter', 'multipleOf')],
    ['InvalidBound', options('billing_day', { minimum: 2001 }), option('billing_day', 'minimum')],
    ['InvalidBound', options('billing_day', { minimum: '2001-02-30' }), option('billing_day', 'minimum')],
    ['InvalidBound', options('local_time', { maximum: '18:00' }), option('local_time', 'maximum')],
    ['InvalidBound', options('measured_at', { maximum: '9999-12-31 00:00:00' }), option('measured_at', 'maximum')], // beyond what Parquet holds
    ['UnknownFormat', options('billing_day', { format: 'dd.MM.yyyy' }), option('billing_day', 'format')],
    [
      'UnknownFormat',
      changed(options('counter', { format: 'i64' }), columnPath('counter', 'physicalType'), 'int'),
      option('counter', 'format'),
    ],
    ['TimezoneNotHeld', options('local_time', { timezone: true }), option('local_time', 'timezone')],
    ['SlowPattern', options('kind', { pattern: '^(a+)+$' }), option('kind', 'pattern')],
    ['OptionWithoutEffect', options('estimated', { format: 'yes' }), option('estimated', 'format')],
    ['PhysicalTypeNotHeld', column('kind', 'physicalType', 'date'), at(columnPath('kind', 'physicalType'))],
    ['PhysicalTypeNotHeld', column('counter', 'physicalType', 'smallint'), at(columnPath('counter', 'physicalType'))],
    ['PhysicalTypeNotHeld', column('samples', 'physicalType', 'array<double>'), at(columnPath('samples', 'physicalType'))],
    ['InvalidMap', map('map<int,string>'), at(columnPath('site', 'physicalType'))],
    ['InvalidMap', map('map<string,array<int>>'), at(columnPath('site', 'physicalType'))],
    [
      'InvalidMap',
      map('map<string,int>', { properties: [{ name: 'a', logicalType: 'string' }] }),
      at(columnPath('site', 'properties')),
    ],
    ['InvalidDecimal', map('map<string,decimal(39,0)>'), at(columnPath('site', 'physicalType'))],
    ['OptionWithoutEffect', map('map<string,int>', { logicalTypeOptions: { required: ['a'] } }), option('site', 'required')],
    [
      'UnknownElement',
      levels({ ...RETENTION, element: 'readings' }, level('latency', 1, 'h', { element: 'reading' })),
      'slaProperties[1].element',
    ],
    ['UnknownElement', levels(RETENTION, level('latency', 1, 'h', { element: 'readings.nowhere' })), 'slaProperties[1].element'],
    ['UnknownElement', contractDocument({ slaDefaultElement: 'nowhere' }), 'slaDefaultElement'],
    ['UnknownServiceLevel', levels(RETENTION, level('latancy', 1, 'h')), 'slaProperties[1].property'],
    ['InvalidServiceLevel', levels(RETENTION, { property: 'timeOfAvailability', value: '09:00' }), 'slaProperties[1].value'],
    ['InvalidServiceLevel', levels(RETENTION, { property: 'endOfLife', value: 2030 }), 'slaProperties[1].value'],
    ['InvalidServiceLevel', levels(RETENTION, { property: 'endOfLife', value: '2030-13-01' }), 'slaProperties[1].value'],
    ['InvalidServiceLevel', levels(RETENTION, { property: 'endOfLife', value: '2030-02-31' }), 'slaProperties[1].value'],
    [
      'ServiceLevelsOutOfOrder',
      levels(RETENTION, { property: 'endOfLife', value: '2030-01-01' }, { property: 'endOfSupport', value: '2030-01-02' }),
      'slaProperties[1].value',
    ],
    ['RuleSaysNothing', rules({ name: 'plausible' }), 'schema[0].quality[0]'],
    ['MetricMisplaced', rules({ metric: 'nullValues', mustBe: 0 }), 'schema[0].quality[0].metric'],
    ['MetricMisplaced', rules({ metric: 'duplicateValues', mustBe: 0 }), 'schema[0].quality[0].metric'], // of which columns?
    [
      'MetricMisplaced',
      column('load', 'quality', [{ metric: 'rowCount', mustBe: 0 }]),
      at(columnPath('load', 'quality', 0, 'metric')),
    ],
    ['UnknownUnit', rules({ metric: 'rowCount', mustBe: 0, unit: 'thousands' }), 'schema[0].quality[0].unit'],
    ['UnknownArgument', rules({ metric: 'rowCount', mustBe: 0, arguments: { of: 1 } }), 'schema[0].quality[0].arguments.of'],
    ['InvalidReference', column('kind', 'relationships', [{ to: 'meters' }]), at(columnPath('kind', 'relationships', 0, 'to'))],
    ['InvalidReference', column('kind', 'relationships', [{ to: 'a.b.c' }]), at(columnPath('kind', 'relationships', 0, 'to'))],
    ['InvalidShape', references({ from: 'readings.kind', to: ['a.b'] }), 'schema[0].relationships[0].to'],
    ['InvalidReference', references({ from: ['readings.kind'], to: ['a.b', 'a.c'] }), 'schema[0].relationships[0].to'],
    ['InvalidReference', references({ from: [], to: [] }), 'schema[0].relationships[0].to'],
    ['InvalidReference', column('kind', 'relationships', [{ to: [] }]), at(columnPath('kind', 'relationships', 0, 'to'))],
    [
      'InvalidReference', // no path of the standard
      column('kind', 'relationships', [{ to: 'my water/wells.yaml#/schema/wells/properties/id' }]),
      at(columnPath('kind', 'relationships', 0, 'to')),
    ],
    ['InvalidShape', rules({ description: 'x', query: 'select 1' }), 'schema[0].quality[0].query'],
    ['InvalidShape', rules({ type: 'text', description: 'x', engine: 'e' }), 'schema[0].quality[0].engine'],
    ['InvalidShape', rules({ type: 'sql', query: 'select 1', mustBe: 0, arguments: {} }), 'schema[0].quality[0].arguments'],
    ['InvalidShape', options('site', { required: [] }), option('site', 'required')],
    ['InvalidShape', options('site', { required: ['grid', 'grid'] }), option('site', 'required')],
    ['InvalidShape', contractDocument({ contractCreatedTs: '2024-01-31' }), 'contractCreatedTs'],
    [
      'InvalidShape',
      contractDocument({ team: { members: [{ username: 'a@example.com', role: 'Owner', dateIn: '31.01.2024' }] } }),
      'team.members[0].dateIn',
    ],
    ['UnlistedValue', contractDocument({ servers: [{ server: 's', type: 'lake' }] }), 'servers[0].type'],
    ['UnknownKey', contractDocument({ servers: [{ server: 's', type: 'custom', bucket: 'b' }] }), 'servers[0].bucket'],
    ['InvalidShape', contractDocument({ servers: [{ server: 's', type: 's3' }] }), 'servers[0].location'],
    [
      'InvalidShape',
      contractDocument({ servers: [{ server: 's', type: 's3', location: 'bucket/path' }] }),
      'servers[0].location',
    ],
    ['InvalidShape', contractDocument({ servers: [{ server: 's', type: 'kinesis', host: 'h' }] }), 'servers[0].host'],
    [
      'InvalidShape',
      contractDocument({ servers: [{ server: 's', type: 'sftp', location: 'https://example.com/' }] }),
      'servers[0].location',
    ],
    [
      'InvalidReference',
      references({ from: ['readings.kind', 'readings.load'], to: ['a.b', 'c.b'] }),
      'schema[0].relationships[0].to',
    ],
    ['InvalidReference', references({ from: 'meters.kind', to: 'a.b' }), 'schema[0].relationships[0].from'],
    ['InvalidReference', references({ from: 'readings.nowhere', to: 'a.b' }), 'schema[0].relationships[0].from'],
    [
      'InvalidValidValues',
      column('kind', 'quality', [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['a', 'a'] } }]),
      at(columnPath('kind', 'quality', 0, 'arguments', 'validValues')),
    ],
    ['NeedsOutOfOrder', custom('readOften', 'P91D'), SAID],
    ['UnknownStatus', contractDocument({ status: 'Actve' }), 'status'],
    ['UnknownServiceLevel', levels(level('retenion', 3, 'y')), 'slaProperties[0].property'],
    ['UnknownKey', misspelt(columnPath('kind'), 'logicalType', 'logicaltype'), at(columnPath('kind', 'logicaltype'))],
    ['UnknownKey', misspelt(columnPath('kind'), 'logicalType', 'type'), at(columnPath('kind', 'type'))],
    ['UnknownKey', misspelt(ID, 'required', 'requird'), at([...ID, 'requird'])],
    ['UnknownKey', misspelt(columnPath('measured_at'), 'required', 'requird'), at(columnPath('measured_at', 'requird'))],
    ['UnknownKey', misspelt([], 'schema', 'shcema'), 'shcema'],
    ['UnknownKey', misspelt(['schema', 0], 'properties', 'columns'), 'schema[0].columns'],
    ['UnknownKey', misspelt(['schema', 0], 'customProperties', 'customPropertes'), 'schema[0].customPropertes'],
    [
      'UnknownCustomProperty',
      changed(contractDocument(), [...NEEDS, 0, 'property'], 'eventIdField'),
      at([...NEEDS, 0, 'property']),
    ],
    [
      'InvalidCustomProperty', // it is there, though of no use
      changed(column('kind', 'classification', 'restricted'), columnPath('kind', 'customProperties'), protection('encrypt')),
      at(columnPath('kind', 'customProperties', 0, 'value')),
    ],
    [
      'ValidValuesTwice',
      column('kind', 'quality', [closedList('a', 'b'), closedList('b', 'c')]),
      at(columnPath('kind', 'quality', 1, 'arguments', 'validValues')),
    ],
    [
      'ArgumentMissing',
      column('kind', 'quality', [{ metric: 'invalidValues', mustBe: 0 }]),
      at(columnPath('kind', 'quality', 0, 'metric')),
    ],
    [
      'ArgumentMissing',
      column('kind', 'quality', [{ metric: 'missingValues', mustBe: 0, arguments: {} }]),
      at(columnPath('kind', 'quality', 0, 'metric')),
    ],
    [
      'InvalidReference',
      column('kind', 'relationships', [{ to: 'readings.kind' }]),
      at(columnPath('kind', 'relationships', 0, 'to')),
    ],
    [
      'InvalidReference',
      references({ from: ['readings.kind', 'readings.load'], to: ['readings.kind', 'readings.load'] }),
      'schema[0].relationships[0].to',
    ],
    ['InvalidBound', options('counter', { maximum: 1e23 }), option('counter', 'maximum')],
    ['InvalidBound', options('load', { maximum: 1e23 }), option('load', 'maximum')],
    ['InvalidBound', options('load', { minimum: 1e-7 }), option('load', 'minimum')],
    ['InvalidShape', options('load', { minimum: Infinity }), option('load', 'minimum')],
    ['NeedsOutOfOrder', custom('readSometimes', 'P4Y'), SAID],
  ])('%s (case %#)', (code, document, path) => {
    expect(faultsOf(document)).toEqual([`${code} ${path}`]);
  });

  test.each<[string, JsonDocument, string]>([
    ['another tool calls so', changed(contractDocument(), [...ID, 'type'], 'string'), "; ODCS calls it 'logicalType'"],
    ['is misspelt', changed(contractDocument(), [...ID, 'descripton'], 'x'), "; did you mean 'description'?"],
    ['stands one level too high', changed(contractDocument(), [...ID, 'maxLength'], 4), "; move it under 'logicalTypeOptions'"],
    [
      'the platform knows as a custom property',
      changed(contractDocument(), ['schema', 0, 'readOften'], 'P3D'),
      "; say it in 'customProperties': { property: readOften, value: … }",
    ],
    [
      'nobody knows',
      changed(contractDocument(), ['colour'], 'red'),
      "; leave it out, or say it in the contract's 'customProperties'",
    ],
  ])('what to do about a key that %s', (_, document, remedy) => {
    const parsed = parseContract(document);
    expect('faults' in parsed ? parsed.faults.map(({ code, message }) => ({ code, message })) : parsed).toEqual([
      { code: 'UnknownKey', message: `is no key of ODCS v3.1 at this place${remedy}` },
    ]);
  });

  test('what else is wrong within what a misspelt key holds, by the path that is written', () => {
    const document = misspelt([], 'schema', 'shcema');
    const path = ['shcema', 0, 'properties', columnIndex('kind'), 'name'];
    expect(faultsOf(changed(document, path, 'Kind'))).toEqual(['UnknownKey shcema', `InvalidColumnName ${at(path)}`]);
  });

  test('what is missing, where what resembles its key is of another type', () => {
    expect(faultsOf(misspelt([], 'team', 'owner'))).toEqual(['UnknownKey owner']);
    expect(faultsOf({ ...misspelt([], 'team', 'owner'), owner: 'me' })).toEqual(['OwnerMissing team', 'UnknownKey owner']);
  });

  test.each<[string, JsonDocument, string]>([
    [
      'of minutes that are months',
      levels(level('retention', 13, 'm')),
      "got 13 minutes ('m' is minutes; there is no month: use d or y); choose 365 or 730 days",
    ],
    ['between two', levels(level('retention', 100, 'd')), 'got 100 days; choose 90 or 180 days'],
    ['above all', levels(level('retention', 20, 'yr')), 'got 20 years; choose 3650 days'],
    ['below all', levels(level('retention', 1, 'h')), 'got 1 hour; choose 7 days'],
  ])('the nearest retentions for one %s', (_, document, message) => {
    const parsed = parseContract(document);
    expect('faults' in parsed ? parsed.faults.map((fault) => fault.message) : []).toEqual([expect.stringContaining(message)]);
  });

  test('one fault, and at once, for 80,000 columns', () => {
    const columns = Array.from({ length: 80_000 }, (_, index) => ({ name: `c${index}`, logicalType: 'string' }));
    const document = contractDocument({ schema: [schemaObject('readings', columns)] });
    const { schema, ...rest } = document;
    expectBelowQuadratic(32_768, () => {
      expect(faultsOf(document)).toEqual(['TooManyColumns schema[0].properties']);
      expect(faultsOf({ ...rest, shcema: schema })).toEqual(['UnknownKey shcema', 'TooManyColumns shcema[0].properties']);
    });
  });

  test('nothing for as many columns and fields as are lawful, and in time', () => {
    const fields = Array.from({ length: 980 }, (_, index) => ({ name: `c${index}`, logicalType: 'string' }));
    const object = {
      name: 'part',
      logicalType: 'object',
      logicalTypeOptions: { required: fields.map(({ name }) => name) },
      properties: fields,
    };
    const document = contractDocument({ schema: [schemaObject('readings', [object, ...fields])] });
    expectBelowQuadratic(32_768, () => {
      expect(faultsOf(document)).toEqual([]);
    });
  });

  test('what is wrong elsewhere beside keys of the contract that are missing or wrong', () => {
    const document = changed(column('load', 'name', 'Load'), ['domain'], undefined);
    expect(faultsOf({ ...document, version: 1, team: null, colour: 'red' })).toEqual([
      'InvalidShape version',
      'DomainMissing domain',
      'OwnerMissing team',
      'UnknownKey colour',
      `InvalidColumnName ${at(columnPath('load', 'name'))}`,
    ]);
  });

  test.each([
    ['P3Y', 'P3Y'],
    ['P91D', 'P100D'],
    ['PT12H', 'P1D'],
  ])('nothing for data read often for %s and sometimes for %s: every need in order has a class', (readOften, readSometimes) => {
    expect(faultsOf(contractDocument({ schema: [schemaObject('readings', [], { readOften, readSometimes })] }))).toEqual([]);
  });

  test('every fault at once, in the words of one message a line', () => {
    const document = changed(
      column('load', 'name', 'Load'),
      ['schema', 0, 'properties', columnIndex('kind'), 'classification'],
      'secret',
    );
    expect(() => contractFromObject(document, 'my.yaml')).toThrow(ContractError);
    expect(() => contractFromObject(document, 'my.yaml')).toThrow(
      [
        `my.yaml: UnknownClassification: 'schema[0].properties[${columnIndex('kind')}].classification' must be one of public, internal, confidential, restricted, got 'secret'; choose the one that fits`,
        `my.yaml: InvalidColumnName: 'schema[0].properties[${columnIndex('load')}].name' must be lower-case words joined by '_', at most 128 characters, got 'Load'; did you mean 'load'?`,
      ].join('\n'),
    );
  });
});
