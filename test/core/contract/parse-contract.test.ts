import { ContractError, formatPath, type DocumentPath } from '../../../core/contract/fault.ts';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import { parseContract } from '../../../core/contract/parse-contract.ts';
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
} from '../../support/contracts.ts';

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
      withoutEffect: ['support', 'tenant'],
    });
    const { columns, ...rest } = datasets[0] ?? dataset();
    expect(rest).toEqual({
      domain: 'energy',
      name: 'readings',
      version: '1.2.3',
      owner: 'energy@example.com',
      description: 'One reading of one meter.',
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
  ])('reads the type of %s with options %j', (name, options, type) => {
    const document = options === undefined ? contractDocument() : column(name, 'logicalTypeOptions', options);
    expect(dataset(document).columns.find((found) => found.name === name)?.type).toEqual(type);
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
        level('latency', 1, 'h', { element: 'readings.kind, other' }),
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
const protection = (value: string): JsonDocument[] => [{ property: 'protection', value }];
const ID = columnPath('reading_id');
const NEEDS: DocumentPath = ['schema', 0, 'customProperties'];

describe('a bad document is refused with', () => {
  test.each<[string, unknown, string]>([
    ['InvalidShape', null, ''],
    ['InvalidShape', contractDocument({ version: '1.0' }), 'version'],
    ['InvalidShape', contractDocument({ apiVersion: 'v2.2.2' }), 'apiVersion'],
    ['InvalidShape', contractDocument({ schema: [] }), 'schema'],
    ['InvalidShape', changed(contractDocument(), [...ID, 'logicalType'], 'text'), at([...ID, 'logicalType'])],
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
    ['ProtectionUnfit', column('load', 'customProperties', protection('hash')), at(columnPath('load'))],
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
    ['InvalidCustomProperty', custom('readOften', '30 days'), at([...NEEDS, 6, 'value'])],
    ['FieldMissing', custom('eventIdFields', ['nowhere']), at(NEEDS)],
    ['FieldMissing', custom('eventTimeField', 'nowhere'), at(NEEDS)],
    ['FieldMissing', custom('sequenceField', 'nowhere'), at(NEEDS)],
    ['IdFieldUnfit', custom('eventIdFields', ['counter']), at(NEEDS)], // not required
    ['IdFieldUnfit', custom('eventIdFields', ['measured_at']), at(NEEDS)], // neither text nor integer
    [
      'IdFieldUnfit',
      changed(column('reading_id', 'customProperties', protection('mask')), [...ID, 'classification'], 'restricted'),
      at(NEEDS),
    ],
    ['TimeFieldUnfit', custom('eventTimeField', 'read_locally_at'), at(NEEDS)], // not required
    ['TimeFieldUnfit', custom('eventTimeField', 'kind'), at(NEEDS)],
    ['SequenceFieldUnfit', custom('sequenceField', 'kind'), at(NEEDS)],
    ['SequenceFieldUnfit', column('sequence', 'customProperties', protection('drop')), at(NEEDS)], // the view orders by it
    ['ItemsMissing', column('samples', 'items', undefined), at(columnPath('samples'))],
    ['FieldsMissing', column('site', 'properties', []), at(columnPath('site'))],
    [
      'OptionWithoutEffect',
      column('kind', 'logicalTypeOptions', { minimum: 1 }),
      at(columnPath('kind', 'logicalTypeOptions', 'minimum')),
    ],
    [
      'OptionWithoutEffect',
      column('counter', 'logicalTypeOptions', { multipleOf: 5 }),
      at(columnPath('counter', 'logicalTypeOptions', 'multipleOf')),
    ],
    [
      'OptionWithoutEffect',
      column('samples', 'logicalTypeOptions', { uniqueItems: true }),
      at(columnPath('samples', 'logicalTypeOptions', 'uniqueItems')),
    ],
    [
      'OptionWithoutEffect',
      column('site', 'logicalTypeOptions', { minProperties: 1 }),
      at(columnPath('site', 'logicalTypeOptions', 'minProperties')),
    ],
    [
      'UnknownFormat',
      column('kind', 'logicalTypeOptions', { format: 'ipv4' }),
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
      at(columnPath('kind', 'quality')),
    ],
    [
      'InvalidValidValues',
      column('counter', 'quality', [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['1'] } }]),
      at(columnPath('counter', 'quality')),
    ],
    ['InvalidServiceLevel', levels(level('latency', '15', 'm'), level('retention', 3, 'y')), 'slaProperties[0]'],
    ['InvalidServiceLevel', levels(level('latency', 15, 'constructor'), level('retention', 3, 'y')), 'slaProperties[0]'],
    ['InvalidServiceLevel', levels(level('retention', 0, 'd')), 'slaProperties[0]'],
    ['RetentionMissing', levels(), 'slaProperties'],
    ['RetentionMissing', levels(level('retention', 3, 'y', { element: 'outages' })), 'slaProperties'],
    ['RetentionNotOffered', levels(level('retention', 100, 'd')), 'slaProperties'],
    ['NeedsOutOfOrder', custom('readOften', 'P91D'), at(NEEDS)],
    ['NeedsOutOfOrder', custom('readSometimes', 'P4Y'), at(NEEDS)],
  ])('%s (case %#)', (code, document, path) => {
    expect(faultsOf(document)).toEqual([`${code} ${path}`]);
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
        `my.yaml: UnknownClassification: 'schema[0].properties[${columnIndex('kind')}].classification' must be one of public, internal, confidential, restricted, got 'secret'`,
        `my.yaml: InvalidColumnName: 'schema[0].properties[${columnIndex('load')}].name' must be lower-case words joined by '_', at most 128 characters, got 'Load'; Glue lower-cases names, so write it so`,
      ].join('\n'),
    );
  });
});
