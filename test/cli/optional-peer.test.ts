import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CommandError } from '../../cli/command-error.ts';
import { OPTIONAL_PEERS, withOptionalPeers } from '../../cli/optional-peer.ts';

/** What Node itself throws when it cannot import: Jest's own loader says it otherwise. */
function importFault(specifier: string): Error {
  const program = `import(${JSON.stringify(specifier)}).catch(({ code, message }) => process.stdout.write(JSON.stringify({ code, message })))`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const { code, message } = JSON.parse(stdout) as { code: string; message: string };
  return Object.assign(new Error(message), { code });
}
const failing = (fault: unknown) => withOptionalPeers(() => Promise.reject(fault as Error));

test('gives what was loaded', async () => {
  expect(await withOptionalPeers(async () => 42)).toBe(42);
});

test.each([
  ['headwaters-is-not-there', 'headwaters-is-not-there'],
  ['@headwaters/is-not-there/deep/file.js', '@headwaters/is-not-there'],
])('fails for the package of %s by its name, and says what to run', async (specifier, name) => {
  const fault = failing(importFault(specifier));
  await expect(fault).rejects.toThrow(CommandError);
  await expect(fault).rejects.toThrow(
    `PackageMissing: the package '${name}' must be installed for this command; run 'npm install --save-dev ${name}'`,
  );
});

test('says what else lacks', async () => {
  const load = () => Promise.reject(importFault('headwaters-is-not-there'));
  await expect(withOptionalPeers(load, (name) => name !== 'ora' && name !== 'cli-table3')).rejects.toThrow(
    "PackageMissing: the package 'headwaters-is-not-there' must be installed for this command; run 'npm install --save-dev headwaters-is-not-there', or for all commands 'npm install --save-dev headwaters-is-not-there cli-table3 ora'",
  );
});

test('knows the optional packages of package.json', () => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8')) as { peerDependenciesMeta: object };
  expect(OPTIONAL_PEERS).toEqual(Object.keys(peerDependenciesMeta));
});

test('lets any other fault through as it is: a file that is missing is ours', async () => {
  const file = importFault('./headwaters-is-not-there.js');
  expect(file).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  await expect(failing(file)).rejects.toBe(file);
  const other = new Error("Cannot find package 'x'");
  await expect(failing(other)).rejects.toBe(other);
});
