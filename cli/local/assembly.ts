import { existsSync, readdirSync, readFileSync, realpathSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { synthesize } from '../synthesize.ts';

/** What a project's templates do not come from. */
const ELSEWHERE = new Set(['node_modules', 'cdk.out', 'coverage']);

const manifestOf = (assembly: string): string => path.join(assembly, 'manifest.json');

/** What the project's own app files beside its contracts. */
const FILED = 'contracts/slots.json';
/** Beside the manifest: the files that changed while the templates were made. */
const CHANGED = 'changed-meanwhile.json';

/**
 * Synthesizes an environment where its assembly is missing, or older than a file of the project, as make would. Templates during whose
 * synthesis somebody changed a file are old already. What changes in each synthesis is the app's or its build's own, and makes them no older.
 */
export async function prepareAssembly(project: Project, assembly: string, environment: string, out: Out): Promise<void> {
  const { root } = project;
  if (isFresh(assembly, root)) return;
  await out.step(`Synthesizing ${environment} from contracts`);
  const own = new Set([FILED, ...changedLastTime(assembly)]);
  const before = filesOf(root);
  await synthesize({ ...project, assembly }, { context: { env: environment } });
  const now = new Date();
  const changed = differing(before, filesOf(root));
  writeFileSync(path.join(assembly, CHANGED), JSON.stringify(changed));
  const time = changed.every((file) => own.has(file)) ? now : new Date(0);
  utimesSync(manifestOf(assembly), time, time);
  out.done();
}

function isFresh(assembly: string, root: string): boolean {
  const manifest = manifestOf(assembly);
  if (!existsSync(manifest)) return false;
  const { mtimeMs } = statSync(manifest);
  return [...entriesOf(root)].every(({ changed }) => changed <= mtimeMs);
}

function changedLastTime(assembly: string): readonly string[] {
  const file = path.join(assembly, CHANGED);
  return existsSync(file) ? z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

/** When each file of a project was changed last, by its path from the root. */
const filesOf = (root: string): ReadonlyMap<string, number> =>
  new Map(
    [...entriesOf(root)]
      .filter(({ isFolder }) => !isFolder)
      .map(({ name, changed }) => [path.relative(root, name).split(path.sep).join('/'), changed]),
  );

/** The files that one of two looks found, or found otherwise. */
const differing = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  /** Milliseconds since the epoch; a folder changes with what is added to it or removed. */
  readonly changed: number;
}

/** A folder and all that it holds; where links lead to one again, it is passed over. */
function* entriesOf(folder: string, seen = new Set<string>()): Generator<Entry> {
  const place = realpathSync(folder);
  if (seen.has(place)) return;
  seen.add(place);
  yield { name: folder, isFolder: true, changed: statSync(folder).mtimeMs };
  for (const child of readdirSync(folder)) {
    if (child.startsWith('.') || ELSEWHERE.has(child)) continue;
    const name = path.join(folder, child);
    const status = existsSync(name) ? statSync(name, { throwIfNoEntry: false }) : undefined; // no link that leads to nothing, or to itself
    if (status?.isDirectory() === true) yield* entriesOf(name, seen);
    else if (status !== undefined) yield { name, isFolder: false, changed: status.mtimeMs };
  }
}
