import { readFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { readonly packages: Readonly<Record<string, Entry>> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>> | undefined>
>;
const entries = Object.entries(lock.packages);

/** Where Node would look for a package that another asks for: beside it, then ever further up. */
function isLocked(packages: Readonly<Record<string, Entry>>, owner: string, name: string): boolean {
  if (`${owner === '' ? '' : `${owner}/`}node_modules/${name}` in packages) return true;
  if (owner === '') return false;
  const above = owner.lastIndexOf('/node_modules/');
  return isLocked(packages, above === -1 ? '' : owner.slice(0, above), name);
}

test('is not empty', () => {
  expect(entries.length).toBeGreaterThan(100);
});

test('holds every optional dependency of every platform, whoever wrote the file', () => {
  const missing = entries.flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(lock.packages, owner, name))
      .map((name) => `${owner} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test('demands of nobody a package of another platform', () => {
  const forced = entries
    .filter(([, { os, cpu, optional }]) => (os !== undefined || cpu !== undefined) && optional !== true)
    .map(([name]) => name);
  expect(forced).toEqual([]);
});

test('takes nothing from a folder, a link or a repository', () => {
  const strange = entries.filter(
    ([, { resolved = '', link }]) => link === true || /^(file:|git|github:|ssh:)|\.git(#|$)/.test(resolved),
  );
  expect(strange.map(([name]) => name)).toEqual([]);
});

test.each(['dependencies', 'devDependencies'])('package.json pins its %s to one version each', (kind) => {
  const loose = Object.entries(manifest[kind] ?? {}).filter(
    ([, version]) => !/^(npm:@?[a-z0-9./_-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
  expect(Object.keys(manifest[kind] ?? {}).length).toBeGreaterThan(0);
});

test('finds a package beside its owner, above it, and nowhere', () => {
  const packages = { '': {}, 'node_modules/a': {}, 'node_modules/a/node_modules/b': {}, 'node_modules/@s/c': {} };
  expect(isLocked(packages, 'node_modules/a', 'b')).toBe(true);
  expect(isLocked(packages, 'node_modules/a/node_modules/b', '@s/c')).toBe(true);
  expect(isLocked(packages, 'node_modules/@s/c', 'b')).toBe(false);
  expect(isLocked(packages, '', 'b')).toBe(false);
});
