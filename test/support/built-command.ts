import { buildSync } from 'esbuild';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
/** Where the processes of one run of the tests look for what one of them has built. */
const VARIABLE = 'HEADWATERS_TESTS_BUILD';

/** The command and the app as JavaScript: starting them from their sources costs twice the time. */
export interface BuiltCommand {
  readonly command: string;
  readonly app: string;
}

/** Names the folder of this run, two deep: what code looks for beside itself, it finds from there as from its source. */
export function nameBuildFolder(): string {
  return (process.env[VARIABLE] ??= path.join(REPOSITORY, '.tests', String(process.pid)));
}

/** Built by the first that asks in a run, for all of its processes. */
export function builtCommand(): BuiltCommand {
  if (process.env[VARIABLE] === undefined) process.once('exit', removeBuiltCommand);
  const folder = nameBuildFolder();
  if (!existsSync(folder)) build(folder);
  return { command: path.join(folder, 'command.js'), app: path.join(folder, 'app.js') };
}

export function removeBuiltCommand(): void {
  const folder = process.env[VARIABLE];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function build(folder: string): void {
  const outdir = `${folder}-${process.pid}`;
  mkdirSync(outdir, { recursive: true });
  try {
    buildSync({
      absWorkingDir: REPOSITORY,
      entryPoints: { command: 'cli/main.ts', app: 'bin/headwaters.ts' },
      outdir,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'error',
    });
    if (!existsSync(folder)) renameSync(outdir, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was first
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
