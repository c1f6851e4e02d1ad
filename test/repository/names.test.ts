import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readContracts } from '../../core/contract/read-file.ts';

/** Whoever brings other contracts deletes the sample's: no code may know their names. */
const datasets = readContracts('contracts').flatMap((contract) => contract.datasets.map(({ name }) => name));
const FOLDERS = ['core', 'constructs', 'local', 'cli', 'lib', 'bin'];

/** Lines in which a name stands as a word, or as a word of an identifier; `x_y` and `XY` are of the words x and y. */
function mentions(name: string, text: string): number[] {
  const word = new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i');
  return text
    .split('\n')
    .flatMap((line, index) => (word.test(line.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')) ? [index + 1] : []));
}

const files = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mts|js|mjs|json)$/.test(file))
    .map((file) => path.join(folder, file)),
);

test('there are files to look at', () => {
  expect(files.length).toBeGreaterThan(50);
});

test.each(datasets.map((name) => [name]))('no code knows the dataset %s', (name) => {
  const found = files.flatMap((file) => mentions(name, readFileSync(file, 'utf8')).map((line) => `${file}:${line}`));
  expect(found).toEqual([]);
});

test.each([
  ['const readings = 1;', [1]],
  ['// of readings_daily,\n// and\nreadReadings()', [1, 3]],
  ['spreadings', []],
])('finds a name in %j', (text, lines) => {
  expect(mentions('readings', text)).toEqual(lines);
});
