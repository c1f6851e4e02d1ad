import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseContract } from '../../../core/contract/parse-contract.ts';
import { changed, columnPath, contractDocument, schemaObject, type Json } from '../../support/contracts.ts';

const SCHEMA = '../shared/odcs/odcs-json-schema-v3.1.0.json';
const present = existsSync(SCHEMA);
if (!present) console.warn(`NOT RUN: the official ODCS JSON Schema is not at ${path.resolve(SCHEMA)}`);
const whenPresent = present ? test : test.skip;

function validator() {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  return (document: unknown): string[] =>
    validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
const problems = present ? validator() : () => [];

const files = readdirSync('contracts', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.odcs.yaml'));

whenPresent.each(files)('%s is valid by the official schema', (file) => {
  expect(problems(parse(readFileSync(path.join('contracts', file), 'utf8')))).toEqual([]);
});

whenPresent('the fixture is valid by the official schema', () => {
  expect(problems(contractDocument())).toEqual([]);
});

whenPresent('the official schema refuses what is no contract', () => {
  expect(problems(contractDocument({ colour: 'red' }))).not.toEqual([]);
});

/** Changes that a person might make; which of them are lawful is for the two judges to say. */
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
];
const columns = ['kind', 'counter', 'load', 'price', 'samples', 'site', 'billing_day', 'customer_id'];
const tops = ['status', 'tags', 'tenant', 'price', 'team', 'description', 'slaProperties', 'name', 'dataProduct'];

whenPresent('whatever is accepted here is valid by the official schema', () => {
  let accepted = 0;
  const check = (document: unknown) => {
    if ('faults' in parseContract(document)) return;
    accepted += 1;
    expect({ document, problems: problems(document) }).toMatchObject({ problems: [] });
  };
  for (const value of values) {
    for (const column of columns) for (const key of keys) check(changed(contractDocument(), columnPath(column, key), value));
    for (const key of tops) check(contractDocument({ [key]: value }));
  }
  fc.assert(
    fc.property(fc.constantFrom(...columns), fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), (column, key, value) => {
      check(changed(contractDocument(), columnPath(column, key), value as Json));
    }),
    { numRuns: 200, seed: 1 },
  );
  check(contractDocument({ schema: [schemaObject(), schemaObject('outages')] }));
  expect(accepted).toBeGreaterThan(100); // the corpus must reach the lawful side too
});
