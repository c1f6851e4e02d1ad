import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { contractKeysPage, PAGE } from '../../build/contract-keys-page.ts';
import { localRuntimePage, PAGE as LOCAL_PAGE } from '../../build/local-runtime-page.ts';
import { COLUMN_PROPERTIES, DATASET_PROPERTIES } from '../../core/contract/parse/custom-properties.ts';
import { ContractError } from '../../core/contract/fault.ts';
import { contractFromObject } from '../../core/contract/from-object.ts';
import { PROTECTIONS } from '../../core/contract/model.ts';
import { readText } from '../../core/contract/odcs/read-text.ts';
import { parseContract } from '../../core/contract/parse/parse-contract.ts';
import { REASONS } from '../../core/record/reasons.ts';
import { RETENTION_DAYS } from '../../core/storage/retention-classes.ts';
import { REPOSITORY } from '../support/project.ts';

const read = (name: string): string => readFileSync(path.join(REPOSITORY, name), 'utf8');
const guide = read('docs/contracts.md');

test('the contract of the guide is accepted', () => {
  const [, example] = /```yaml\n(.*?)```/s.exec(guide) ?? [];
  expect(contractFromObject(parse(example ?? '')).datasets.map(({ name }) => name)).toEqual(['readings']);
});

test.each([...Object.keys(DATASET_PROPERTIES.shape), ...Object.keys(COLUMN_PROPERTIES.shape), ...PROTECTIONS, ...REASONS])(
  'the guide names %s',
  (word) => {
    expect(guide).toContain(`\`${word}\``);
  },
);

test('the reference of keys is what the tables say: else run npm run docs', () => {
  expect(read(PAGE)).toBe(contractKeysPage());
});

test('the page of what is simulated is what the lists say: else run npm run docs', async () => {
  expect(read(LOCAL_PAGE)).toBe(await localRuntimePage());
});

/** The contract of the README's example: a key misspelt, a column unprotected. */
const SPOILT = `apiVersion: v3.1.0
kind: DataContract
id: energy-readings
version: 1.0.0
status: active
domain: energy
team:
  members: [{ username: readings@example.com, role: Owner }]
slaProperties:
  - { property: retention, value: 1, unit: y }
schema:
  - name: readings
    customProperties:
      - { property: eventIdFields, value: [reading_id] }
      - { property: eventTimeField, value: measured_at }
    properties:
      - { name: reading_id, logicalType: string, logicalTypeOptions: { format: uuid }, required: true }
      - name: measured_at
        logicalType: timestamp
        required: true
        requierd: true
      - name: contact
        logicalType: string
        classification: restricted
`;

test('the faults of the README are what the reader says', () => {
  const { content, locate } = readText(Buffer.from(SPOILT), 'contracts/energy/readings.odcs.yaml');
  const parsed = parseContract(content);
  const said = 'faults' in parsed ? ContractError.in('contracts/energy/readings.odcs.yaml', parsed.faults, locate).message : '';
  expect(said).not.toBe('');
  expect(read('README.md')).toContain(`$ npx headwaters contracts check\n${said}\n`);
});

test('the guide names the retentions that are offered', () => {
  expect(guide).toContain(`${RETENTION_DAYS.slice(0, -1).join(', ')} or ${RETENTION_DAYS.at(-1) ?? ''} days`);
});

test('no page holds a place that was to be filled in', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(path.join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) expect(read(page)).not.toMatch(/@@|TODO|TBD/);
});

test('links between pages lead somewhere', () => {
  for (const [, target = ''] of read('README.md').matchAll(/\]\((?!https?:)([^)#]+)\)/g))
    expect(() => readdirSync(path.join(REPOSITORY, path.dirname(target)))).not.toThrow();
});

test('the README names every command of the package that it asks for', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const [, name = ''] of read('README.md').matchAll(/npm run (?:-s |--silent )?([a-z:]+)/g))
    expect(Object.keys(scripts)).toContain(name);
});
