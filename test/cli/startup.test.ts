import { buildSync } from 'esbuild';
import { REPOSITORY } from '../support/project.ts';

/** What is loaded before a command runs, whichever it is. */
function loadedAtOnce(): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const { metafile } = buildSync({
    absWorkingDir: REPOSITORY,
    entryPoints: ['cli/main.ts'],
    outdir: 'unwritten',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? [])
      if (kind === 'import-statement')
        if (external === true) packages.add(path);
        else visit(path);
  };
  visit('cli/main.ts');
  return { files: [...files], packages: [...packages].filter((name) => !name.startsWith('node:')).sort() };
}

test('the command loads what a command needs once it is asked for it: help and the first word wait for no SDK and no schema', () => {
  const { files, packages } = loadedAtOnce();
  expect(packages).toEqual(['commander', 'fastest-levenshtein']);
  expect(files).toContain('cli/commands/review.ts');
  expect(files.length).toBeLessThan(60);
});
