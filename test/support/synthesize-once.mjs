/**
 * Runs an app as `cdk.json` names it, once in a run of the tests for the same project: `node synthesize-once.mjs <command> <arguments>`. An app
 * costs two seconds of CPU, and many tests begin on the same contracts. Who asks again, of the same files and with the same variables, is given a
 * copy of what the app wrote. An app that fails is run again.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const command = process.argv.slice(2);
const { HEADWATERS_TESTS_BUILD: run, CDK_OUTDIR: out } = process.env;
if (!run || !out) throw new Error('the tests must name the folder of their run, and the command the folder of the templates');

/** What an app reads of a project, and the one file of it that it writes: the slots. */
const INPUTS = ['contracts', 'models', 'ledger.yaml'];
const SLOTS = path.join('contracts', 'slots.json');
/** They say where a process runs, not what its app writes. */
const PLACES = new Set(['CDK_OUTDIR', 'PWD', 'OLDPWD', 'SHLVL', '_', 'JEST_WORKER_ID']);

function hashOf(value) {
  const hash = createHash('sha256').update(JSON.stringify(value));
  for (const file of INPUTS.flatMap(filesOf)) hash.update(JSON.stringify([file, readFileSync(file, 'base64')]));
  return hash.digest('hex');
}

function filesOf(name) {
  if (!existsSync(name)) return [];
  if (name.endsWith('.yaml')) return [name];
  const entries = readdirSync(name, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const variables = Object.entries(process.env).filter(([name]) => !PLACES.has(name));
const kept = path.join(`${run}.synthesized`, hashOf([command, variables.sort()]));
const [assembly, slots] = ['assembly', 'slots.json'].map((name) => path.join(kept, name));

if (existsSync(kept)) {
  cpSync(assembly, out, { recursive: true });
  if (existsSync(slots)) cpSync(slots, SLOTS);
} else {
  const [program, ...rest] = command;
  const before = read(SLOTS);
  process.exitCode = spawnSync(program, rest, { stdio: 'inherit' }).status ?? 1;
  if (process.exitCode === 0) keep(read(SLOTS) !== before);
}

/** Whole or not at all: two processes may be first. */
function keep(hasNewSlots) {
  const own = `${kept}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  cpSync(out, path.join(own, 'assembly'), { recursive: true });
  if (hasNewSlots) cpSync(SLOTS, path.join(own, 'slots.json'));
  if (existsSync(kept)) rmSync(own, { recursive: true });
  else renameSync(own, kept);
}
