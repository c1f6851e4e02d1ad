import { buildSync } from 'esbuild';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
/** Where the processes of one run of the tests look for what one of them has built. */
const VARIABLE = 'HEADWATERS_TESTS_BUILD';

/** The command, the app and the sample as JavaScript: starting them from their sources costs twice the time. */
export interface BuiltCommand {
  readonly command: string;
  readonly app: string;
  /** The repository's sample. */
  readonly sample: string;
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
  const at = (name: string): string => path.join(folder, `${name}.js`);
  return { command: at('command'), app: at('app'), sample: at('sample') };
}

/** A run within another (prove/suite.ts) leaves the folder to the one that named it. */
export function removeBuiltCommand(): void {
  const folder = process.env[VARIABLE];
  if (folder === undefined || path.basename(folder) !== String(process.pid)) return;
  for (const made of [folder, lockOf(folder), `${folder}.synthesized`]) rmSync(made, { recursive: true, force: true });
}

/** What finds files beside itself, or is too large to be worth it. The rest is built in: to look for a thousand small files costs a command as much as its work. */
const AS_INSTALLED = [
  '@duckdb/*',
  'aws-cdk-lib',
  'constructs',
  'cdk-nag',
  'cdk-preflight',
  'esbuild',
  '@faker-js/faker',
  'vega-datasets',
];

const lockOf = (folder: string): string => `${folder}.lock`;

/** One process builds, and the others wait: a folder that another puts in the place of one in use would be without a file for a moment. */
function build(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  if (!isFirst(folder)) {
    waitFor(folder);
    return;
  }
  const outdir = `${folder}.new`;
  buildSync({
    absWorkingDir: REPOSITORY,
    entryPoints: { command: 'cli/main.ts', app: 'bin/headwaters.ts', sample: 'sample/index.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: AS_INSTALLED,
    banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
    logLevel: 'error',
  });
  renameSync(outdir, folder);
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(lockOf(folder));
    return true;
  } catch (error) {
    if (existsSync(lockOf(folder))) return false;
    throw error;
  }
}

const PAUSE_MS = 50;
const PATIENCE_MS = 120_000;

function waitFor(folder: string): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (const until = Date.now() + PATIENCE_MS; !existsSync(folder); Atomics.wait(sleeper, 0, 0, PAUSE_MS))
    if (Date.now() > until)
      throw new Error(`'${folder}' must be built by the process that holds '${lockOf(folder)}'; see why it did not`);
}
