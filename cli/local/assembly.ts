import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { synthesize } from '../synthesize.ts';

/** What a project's templates do not come from. */
const ELSEWHERE = new Set(['node_modules', 'cdk.out', 'coverage']);

const manifestOf = (assembly: string): string => path.join(assembly, 'manifest.json');

/** Synthesizes an environment where its assembly is missing, or older than a file of the project, as make would. */
export async function prepareAssembly(project: Project, assembly: string, environment: string, out: Out): Promise<void> {
  if (isFresh(assembly, project.root)) return;
  await out.step(`Synthesizing ${environment} from contracts`);
  await synthesize({ ...project, assembly }, { context: { env: environment } });
  const now = new Date();
  utimesSync(manifestOf(assembly), now, now); // an app may write into its project after its templates: that makes them no older
  out.done();
}

function isFresh(assembly: string, root: string): boolean {
  const manifest = manifestOf(assembly);
  return existsSync(manifest) && statSync(manifest).mtimeMs >= newestChange(root);
}

/** When a file of a folder was changed, added or removed last: milliseconds since the epoch. */
function newestChange(folder: string): number {
  return readdirSync(folder).reduce((newest, name) => {
    if (name.startsWith('.') || ELSEWHERE.has(name)) return newest;
    const file = path.join(folder, name);
    const status = statSync(file, { throwIfNoEntry: false });
    if (status === undefined) return newest;
    return Math.max(newest, status.isDirectory() ? newestChange(file) : status.mtimeMs);
  }, statSync(folder).mtimeMs);
}

const manifest = z.object({ artifacts: z.record(z.string(), z.object({ environment: z.string().optional() })) });

/** The account and the region that the templates are for; nothing where they are for any. */
export function placeOf(assembly: string): { readonly account?: string; readonly region?: string } {
  const { artifacts } = manifest.parse(JSON.parse(readFileSync(manifestOf(assembly), 'utf8')));
  const places = Object.values(artifacts).map(({ environment = '' }) => /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment));
  const account = places.map((place) => place?.[1]).find((name) => name !== undefined && /^\d{12}$/.test(name));
  const region = places.map((place) => place?.[2]).find((name) => name !== undefined && name !== 'unknown-region');
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}
