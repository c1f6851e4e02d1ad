import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkTogether } from '../../core/contract/check-together.ts';
import { ContractError } from '../../core/contract/fault.ts';
import { contractFromObject } from '../../core/contract/from-object.ts';
import { contractDocument, schemaObject, type Json, type JsonDocument } from '../support/contracts.ts';
import { REPOSITORY } from '../support/project.ts';

const page = readFileSync(path.join(REPOSITORY, 'docs/limits.md'), 'utf8');
const rows = [...page.matchAll(/^\|[^|]+\| `(\w+)` \|/gm)].map(([, code]) => code ?? '');

const column = (logicalType: string, rest: JsonDocument = {}): JsonDocument =>
  contractDocument({ schema: [schemaObject('readings', [{ name: 'other', logicalType, ...rest }])] });
const named = (name: string): JsonDocument =>
  contractDocument({ schema: [schemaObject('readings', [{ name, logicalType: 'string' }])] });
const options = (logicalType: string, logicalTypeOptions: JsonDocument): JsonDocument =>
  column(logicalType, { logicalTypeOptions });
const custom = (property: string, value: Json): JsonDocument =>
  contractDocument({ schema: [schemaObject('readings', [], { [property]: value })] });
const protectedBy = (value: string): JsonDocument => ({ customProperties: [{ property: 'protection', value }] });
const field = (rest: JsonDocument): JsonDocument =>
  column('object', { properties: [{ name: 'inner', logicalType: 'string', ...rest }] });

/** Two datasets, each with a column that refers to the other's, or to nothing. */
function datasets(first: JsonDocument, second: JsonDocument): JsonDocument {
  const schema = [
    schemaObject('readings', [{ name: 'other', logicalType: 'string', ...first }]),
    schemaObject('outages', [{ name: 'other', logicalType: 'string', ...second }]),
  ];
  return contractDocument({ schema });
}
const to = (target: string): JsonDocument => ({ relationships: [{ to: `${target}.other` }] });
const withoutId = (): JsonDocument => {
  const schema = schemaObject();
  const kept = (schema.customProperties as JsonDocument[]).filter(({ property }) => property !== 'eventIdFields');
  return contractDocument({ schema: [{ ...schema, customProperties: kept }] });
};

/** A contract that asks for what each row of the page says cannot be had. */
const ASKED: Readonly<Record<string, JsonDocument>> = {
  MissingCustomProperty: withoutId(),
  IdFieldUnfit: custom('eventIdFields', ['measured_at']),
  TimeFieldUnfit: custom('eventTimeField', 'counter'),
  SequenceFieldUnfit: custom('sequenceField', 'measured_at'),
  TenantFieldUnfit: custom('tenantField', 'customer_id'),
  KeyNested: field({ primaryKey: true }),
  CuratedWithoutKey: contractDocument({
    schema: [
      {
        ...schemaObject('readings', [], { curatedWithin: 'P1D' }),
        properties: (schemaObject().properties as JsonDocument[]).map((each) => ({ ...each, primaryKey: false })),
      },
    ],
  }),
  CuratedKeyType: contractDocument({
    schema: [schemaObject('readings', [{ name: 'other', logicalType: 'number', primaryKey: true }], { curatedWithin: 'P1D' })],
  }),
  CuratedTooWide: contractDocument({
    schema: [
      schemaObject(
        'readings',
        Array.from({ length: 318 }, (_, index) => ({ name: `c${index}`, logicalType: 'string' })),
        { curatedWithin: 'P1D' },
      ),
    ],
  }),
  CuratedTooSoon: custom('curatedWithin', 'PT1H'),
  KeyFieldUnfit: column('string', { primaryKey: true, ...protectedBy('mask') }),
  ProtectionNested: field(protectedBy('tokenize')),
  ProtectionUnfit: column('integer', protectedBy('hash')),
  InvalidValidValues: column('integer', {
    quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues: [1, 2] }, mustBe: 0 }],
  }),
  OptionWithoutEffect: options('integer', { pattern: '^1' }),
  UnknownFormat: options('string', { format: 'phone' }),
  TimezoneNotHeld: options('timestamp', { defaultTimezone: 'Europe/Paris' }),
  SlowPattern: options('string', { pattern: '^(a+)+$' }),
  InvalidPattern: options('string', { pattern: '(?i)abc' }),
  InvalidBound: options('number', { minimum: 1e30 }),
  EmptyRange: options('integer', { minimum: 2, maximum: 1 }),
  FieldsMissing: column('object'),
  ItemsMissing: column('array'),
  InvalidMap: column('object', { physicalType: 'map<int,string>' }),
  InvalidDecimal: column('number', { physicalType: 'decimal(39,0)' }),
  PhysicalTypeNotHeld: column('timestamp', { physicalType: 'timestamp(9)' }),
  TooManyColumns: contractDocument({
    schema: [
      schemaObject(
        'readings',
        Array.from({ length: 2_001 }, (_, index) => ({ name: `c${index}`, logicalType: 'string' })),
      ),
    ],
  }),
  InvalidColumnName: named('meterCode'),
  ReservedName: named('select'),
  PartitionKeyAsColumn: named('dt'),
  RetentionNotOffered: contractDocument({ slaProperties: [{ property: 'retention', value: 100, unit: 'd' }] }),
  ReferenceUnfit: datasets(to('outages'), { logicalType: 'integer' }),
  ReferenceCycle: datasets(to('outages'), to('readings')),
};

test.each(rows)('what %s refuses is refused so', (code) => {
  const document = ASKED[code];
  expect(document).toBeDefined();
  expect(codesOf(document ?? {})).toContain(code);
});

function codesOf(document: JsonDocument): string[] {
  try {
    checkTogether([{ source: 'contracts/energy/readings.odcs.yaml', contract: contractFromObject(document) }]);
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.faults.map(({ code }) => code);
  }
}

test('the contract that each of them changes is lawful itself', () => {
  expect(codesOf(contractDocument())).toEqual([]);
});

/** Files whose texts of that form are codes. */
const SOURCES = [
  ...['parse', 'odcs'].flatMap((folder) =>
    readdirSync(path.join(REPOSITORY, 'core/contract', folder)).map((name) => `${folder}/${name}`),
  ),
  ...['pattern.ts', 'check-together.ts', 'check-references.ts', 'read-file.ts'],
];
const NO_CODES = ['DataContract'];

test('every code that a contract is refused with is on the page, and no other', () => {
  const text = SOURCES.map((name) => readFileSync(path.join(REPOSITORY, 'core/contract', name), 'utf8')).join('\n');
  const known = new Set([...text.matchAll(/'((?:[A-Z][a-z0-9]+){2,})'/g)].map(([, code]) => code ?? ''));
  for (const word of NO_CODES) known.delete(word);
  const told = [...page.matchAll(/`((?:[A-Z][a-z0-9]+){2,})`/g)].map(([, code]) => code ?? '');
  expect(told.toSorted()).toEqual([...known].sort());
});
