import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/** Every folder whose code ships, or makes what ships. */
const SHIPPED = ['bin', 'build', 'cli', 'constructs', 'core', 'examples', 'lib', 'local', 'sample'];
const names = z.record(z.string(), z.string()).optional();

test('what is under the AGPL is asked by tests alone, and imported by nothing that ships', () => {
  const importing = SHIPPED.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mts|js|mjs)$/.test(file))
      .map((file) => path.join(folder, file))
      .filter((file) => readFileSync(file, 'utf8').includes('@cloud-copilot/')),
  );
  expect(importing).toEqual([]);
});

test('the package neither depends on it nor asks for it', () => {
  const manifest = z
    .object({ dependencies: names, peerDependencies: names, optionalDependencies: names, devDependencies: names })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const { dependencies = {}, peerDependencies = {}, optionalDependencies = {}, devDependencies = {} } = manifest;
  const asked = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  expect(asked.filter((name) => name.startsWith('@cloud-copilot/'))).toEqual([]);
  expect(Object.keys(devDependencies)).toContain('@cloud-copilot/iam-simulate');
});
