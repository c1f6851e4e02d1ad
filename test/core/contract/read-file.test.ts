import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractFromObject } from '../../../core/contract/from-object.ts';
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
    `a.odcs.yaml:${line('version')}:10: InvalidShape: 'version' must be a version as 'major.minor.patch', got the text '1.0'; mend it`,
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
  ['a key twice', 'id: a\nkind: b\nid: c\n', "3:1: DuplicateKey: 'id' stands here a second time; keep one"],
  ['a tab', 'team:\n\tname: a\n', '2:1: InvalidYaml: is not YAML: must be indented by spaces, got a tab; replace it'],
  ['an open quote', 'id: "a\n', '1:5: InvalidYaml: is not YAML: holds a quote that is never closed; close it'],
  ['two documents', 'id: a\n---\nid: b\n', "2:1: InvalidYaml: is not YAML: must be one document, got a second after '---'"],
  ['a tag', 'id: !!python/object a\n', '1:5: InvalidYaml: is not YAML: holds a tag (!) that YAML itself does not know'],
  ['deep brackets', `a: ${'['.repeat(3_000)}${']'.repeat(3_000)}\n`, 'TooDeep: must nest at most 100 levels; flatten it'],
  ['a deep map', `a: ${'{ a: '.repeat(101)}1${' }'.repeat(101)}\n`, 'TooDeep: must nest at most 100 levels; flatten it'],
  ['an alias within its own anchor', 'a: &a [*a]\n', '1:8: InvalidYaml: holds an alias within what it stands for'],
  ['11 MB', `a: "${'x'.repeat(11_000_000)}"\n`, 'TooLarge: must be at most 10485760 bytes, got 11000006'],
  ['keys of the prototype', '__proto__: { a: 1 }\nconstructor: 1\n', "UnknownKey: '__proto__' is no key of ODCS v3.1"],
])('fails for %s', (_, text, message) => {
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(message);
});

test('fails for bytes that are no UTF-8', () => {
  const file = write('a.odcs.yaml', '');
  writeFileSync(file, Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0xfe]));
  expect(() => readContractFile(file, 'a.odcs.yaml')).toThrow(
    'a.odcs.yaml:1:5: NotUtf8: must be UTF-8 text, got bytes that are none here; save the file in that encoding',
  );
});

test('reads a file that begins with a byte order mark, anchors, and JSON', () => {
  expect(readContractFile(write('a.odcs.yaml', `\uFEFF${yaml()}`))).toEqual(contract());
  const anchored = yaml()
    .replace('name: Readings', 'name: &product Readings')
    .replace('dataProduct: readings', 'dataProduct: *product');
  expect(readContractFile(write('b.odcs.yaml', anchored)).product).toBe('Readings');
  expect(readContractFile(write('c.odcs.json', JSON.stringify(contractDocument(), null, '\t')))).toEqual(contract());
});

test('says where each of two hundred thousand keys stands a second time, in time', () => {
  const keys = Array.from({ length: 200_000 }, (_, index) => `key${index}: some value\n`).join('');
  expect(() => readContractFile(write('a.odcs.yaml', `${keys}key7: again\n`), 'a.odcs.yaml')).toThrow(
    "a.odcs.yaml:200001:1: DuplicateKey: 'key7' stands here a second time; keep one",
  );
});

test.each([
  [
    'an alias without anchor',
    'id: *nowhere\n',
    "1:5: InvalidYaml: holds the alias '*nowhere' without its anchor; quote a text that begins with '*', or write out what is meant",
  ],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\n`,
    '5:29: InvalidYaml: holds aliases that stand for more than 100000 values; write them out',
  ],
])('fails for %s', (_, text, message) => {
  expect(() => readContractFile(write('a.odcs.yaml', text), 'a.odcs.yaml')).toThrow(`a.odcs.yaml:${message}`);
});

test('fails for an empty file', () => {
  expect(() => readContractFile(write('a.odcs.yaml', ''), 'a.odcs.yaml')).toThrow(/^a\.odcs\.yaml.*: InvalidShape: /);
});

test('reads a folder in the order of names, whatever else lies there', () => {
  write('energy/b.odcs.yaml', yaml());
  write('energy/a.odcs.yaml', yaml({ id: 'a', dataProduct: 'a', schema: [schemaObject('outages')] }));
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

test.each([
  ['readings.odcs.yaml', {}, "DomainNotFolder: 'domain' must be the name of the folder, 'released', got 'energy'"],
  ['energy/readings.odcs.yaml', {}, "DomainNotFolder: 'domain' must be the name of the folder, 'released/energy', got 'energy'"],
  ['readings.odcs.yaml', { domain: 'released' }, "ReservedName: 'domain' must not be 'released'"],
  ['readings.yaml', {}, 'NotAContractFile: would not be read'],
])('refuses released/%s with %j, which is no release', (name, overrides, message) => {
  write(`released/${name}`, yaml(overrides));
  expect(() => readContracts(folder)).toThrow(message);
});

test('finds no contract in a folder that is not there', () => {
  expect(readContracts(path.join(folder, 'nowhere'))).toEqual([]);
});

test('fails where the domain is not the name of the folder', () => {
  write('water/readings.odcs.yaml', yaml());
  expect(() => readContracts(folder)).toThrow(
    "water/readings.odcs.yaml:7:9: DomainNotFolder: 'domain' must be the name of the folder, 'water', got 'energy'; move the file or mend the domain",
  );
});

test('fails where two files hold one dataset', () => {
  write('energy/a.odcs.yaml', yaml());
  write('energy/b.odcs.yaml', yaml({ id: 'b', dataProduct: 'b' }));
  expect(() => readContracts(folder)).toThrow(
    `/energy/b.odcs.yaml:22:11: DatasetTwice: 'schema[0].name' holds the dataset 'energy.readings', which '${path.basename(folder)}/energy/a.odcs.yaml' holds too; keep one`,
  );
});

test('fails where a dataset is called like another domain, which rights by prefix could not tell apart', () => {
  write('energy/water.odcs.yaml', yaml({ id: 'w', schema: [schemaObject('water')] }));
  write('water/wells.odcs.yaml', yaml({ domain: 'water', schema: [schemaObject('wells')] }));
  expect(() => readContracts(folder)).toThrow(
    "energy/water.odcs.yaml:22:11: DatasetNamedAsDomain: 'schema[0].name' must not be the name of a domain, got 'water'",
  );
});

test('fails where two names would give the same resources', () => {
  write('energy/a.odcs.yaml', yaml({ schema: [schemaObject('run_1')] }));
  write('energy/b.odcs.yaml', yaml({ id: 'b', dataProduct: 'b', schema: [schemaObject('run1')] }));
  expect(() => readContracts(folder)).toThrow(
    `energy/b.odcs.yaml:22:11: DatasetsAlike: 'schema[0].name' must differ from 'run_1' of '${path.basename(folder)}/energy/a.odcs.yaml'`,
  );
});

test('fails with FileMissing where there is no file, or a folder', () => {
  for (const file of [path.join(folder, 'none.odcs.yaml'), folder])
    expect(() => readContractFile(file, 'shown')).toThrow("shown: FileMissing: must be a contract's file; mend the path");
});

test.each([undefined, null])('fails with InvalidShape where the document is %s', (document) => {
  expect(() => contractFromObject(document)).toThrow(
    'contract: InvalidShape: must be one ODCS contract, got nothing; begin with apiVersion: v3.1.0',
  );
});
