import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { readContractFile, readContracts } from '../../../core/contract/read-file.ts';
import { contractDocument, contract, schemaObject } from '../../support/contracts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwaters-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const yaml = (overrides = {}) => stringify(contractDocument(overrides));

test('reads a file as the object it holds', () => {
  expect(readContractFile(write('a.odcs.yaml', yaml()))).toEqual(contract());
});

test('names file, line and column of each fault', () => {
  const text = yaml({ version: '1.0' }).replace('domain: energy', 'domain: Energy');
  const line = (start: string) => text.split('\n').findIndex((found) => found.startsWith(start)) + 1;
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(
    `a.odcs.yaml:${line('version')}:10: InvalidShape: 'version' is not lawful ODCS v3.1: a version as 'major.minor.patch'`,
  );
  expect(() => readContractFile(write('a.odcs.yaml', text.replace('"1.0"', '1.0.0')), 'a.odcs.yaml')).toThrow(
    `a.odcs.yaml:${line('domain')}:9: InvalidName: 'domain' must be lower-case words`,
  );
});

test('names the place of the parent where something is missing', () => {
  const text = yaml({ team: { description: 'nobody' } });
  const line = text.split('\n').findIndex((found) => found.startsWith('team:')) + 2;
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(
    `a.odcs.yaml:${line}:3: OwnerMissing: 'team' must name`,
  );
});

test.each([
  ['a key twice', 'id: a\nkind: b\nid: c\n', '3:1', 'duplicate key'],
  ['a tab', 'team:\n\tname: a\n', '2:1', 'tab as indent'],
  ['an open quote', 'id: "a\n', '2:1', 'missing char'],
  ['two documents', 'id: a\n---\nid: b\n', '2:1', 'multiple docs'],
])('fails for %s', (_, text, place, problem) => {
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(
    `a.odcs.yaml:${place}: InvalidYaml: is not YAML: ${problem}`,
  );
});

test.each([
  ['an alias without anchor', 'id: *nowhere\n'],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\n`,
  ],
])('fails for %s', (_, text) => {
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(
    /^a\.odcs\.yaml.*: InvalidYaml: is not YAML: /,
  );
});

test('fails for an empty file', () => {
  expect(() => readContractFile(write('a.odcs.yaml', ''), 'a.odcs.yaml')).toThrow(/^a\.odcs\.yaml.*: InvalidShape: /);
});

test('reads a folder in the order of names, whatever else lies there', () => {
  write('energy/b.odcs.yaml', yaml());
  write('energy/a.odcs.yaml', yaml({ schema: [schemaObject('outages')] }));
  write('energy/notes.md', 'not a contract');
  expect(readContracts(folder).map(({ datasets }) => datasets[0]?.name)).toEqual(['outages', 'readings']);
});

test.each(['energy/a.odcs.yml', 'energy/a.yaml', 'A.YAML'])('refuses %s, which nobody would miss until its data is', (name) => {
  write('energy/b.odcs.yaml', yaml());
  write(name, yaml());
  expect(() => readContracts(folder)).toThrow(
    `${path.basename(folder)}/${name}: NotAContractFile: would not be read: a contract's file must end in '.odcs.yaml'`,
  );
});

test('finds no contract in a folder that is not there', () => {
  expect(readContracts(path.join(folder, 'nowhere'))).toEqual([]);
});

test('fails where the domain is not the name of the folder', () => {
  write('water/readings.odcs.yaml', yaml());
  expect(() => readContracts(folder)).toThrow(
    "water/readings.odcs.yaml: DomainNotFolder: 'domain' must be the name of the folder, 'water', got 'energy'; move the file or mend the domain",
  );
});

test('fails where two files hold one dataset', () => {
  write('energy/a.odcs.yaml', yaml());
  write('energy/b.odcs.yaml', yaml());
  expect(() => readContracts(folder)).toThrow(
    `/energy/b.odcs.yaml: DatasetTwice: 'schema[0].name' holds the dataset 'energy.readings', which '${path.basename(folder)}/energy/a.odcs.yaml' holds too; keep one`,
  );
});

test('fails where a dataset is called like another domain, which rights by prefix could not tell apart', () => {
  write('energy/water.odcs.yaml', yaml({ schema: [schemaObject('water')] }));
  write('water/wells.odcs.yaml', yaml({ domain: 'water', schema: [schemaObject('wells')] }));
  expect(() => readContracts(folder)).toThrow(
    "energy/water.odcs.yaml: DatasetNamedAsDomain: 'schema[0].name' must not be the name of a domain, got 'water'",
  );
});

test('fails where two names would give the same resources', () => {
  write('energy/a.odcs.yaml', yaml({ schema: [schemaObject('run_1')] }));
  write('energy/b.odcs.yaml', yaml({ schema: [schemaObject('run1')] }));
  expect(() => readContracts(folder)).toThrow(
    `energy/b.odcs.yaml: DatasetsAlike: 'schema[0].name' must differ from 'run_1' of '${path.basename(folder)}/energy/a.odcs.yaml'`,
  );
});
