import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DataContract } from '../../core/contract/model.ts';
import { readSourcedContracts } from '../../core/contract/read-file.ts';
import type { Ledger } from '../../core/findings/ledger.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import type { Version } from '../../core/review/review.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround, projectAt, type Project } from '../project.ts';
import { synthesize } from '../synthesize.ts';
import { findCommit, writeTree, type Commit } from './git-tree.ts';
import { isAssembly, readAssembly, readTemplateFolder } from './read-templates.ts';

/** A version, and where it was found. */
export interface FoundVersion extends Version {
  /** It was synthesized for every environment; templates that were found may be of some only. */
  readonly isWhole: boolean;
  /** The root of its project; absent where there are templates alone. */
  readonly root?: string;
}

/** Where versions are read to. */
export interface Reading {
  readonly project: Project;
  /** A folder that is removed after the review. */
  readonly scratch: string;
  readonly out: Out;
}

/**
 * What the change is compared with: the project at a commit, or a folder. A name that is both is the commit.
 *
 * @throws {@link CommandError} `UnknownBase`, and what the reading throws
 */
export async function readBase(reading: Reading, name: string): Promise<FoundVersion> {
  const commit = findCommit(reading.project.root, name);
  if (commit !== undefined) return readCommit(reading, commit);
  if (!existsSync(name) || !statSync(name).isDirectory())
    throw new CommandError(
      'UnknownBase',
      `'--base' must be a commit that git knows or a folder, got '${name}'; fetch the branch (git fetch origin <branch>), or mend the name`,
    );
  return readFolder(reading, name);
}

/** What is reviewed: this project as it lies there, or a folder. */
export const readHead = (reading: Reading, folder: string | undefined): Promise<FoundVersion> =>
  folder === undefined ? readProject(reading, reading.project, 'the working tree') : readFolder(reading, folder);

async function readCommit(reading: Reading, commit: Commit): Promise<FoundVersion> {
  const name = `${commit.name} (${commit.hash.slice(0, 7)})`;
  const folder = path.join(reading.scratch, 'tree');
  writeTree(reading.project.root, commit, folder);
  return readProject(reading, projectAt(folder), name);
}

async function readFolder(reading: Reading, folder: string): Promise<FoundVersion> {
  if (!existsSync(folder)) throw new CommandError('FolderMissing', `'${folder}' must be a folder; mend the path`);
  if (existsSync(path.join(folder, 'cdk.json'))) return readProject(reading, projectAt(path.resolve(folder)), folder);
  const templates = isAssembly(folder) ? readAssembly(folder) : readTemplateFolder(folder);
  return { name: folder, isWhole: false, templates, ...beside(projectAround(path.resolve(folder)).root) };
}

async function readProject({ scratch, out }: Reading, project: Project, name: string): Promise<FoundVersion> {
  await out.step(`Synthesizing ${name}`);
  const assembly = path.join(scratch, `assembly-${path.basename(project.root)}`);
  await withContext({ env: 'all', slots: 'unrecorded' }, () => synthesize({ ...project, assembly }));
  out.done();
  return { name, isWhole: true, templates: readAssembly(assembly), ...beside(project.root) };
}

/** What a project holds beside what it synthesizes. */
function beside(root: string): { readonly root: string; readonly contracts?: readonly DataContract[]; readonly ledger?: Ledger } {
  const { contracts } = projectAt(root);
  const ledger = path.join(root, 'ledger.yaml');
  return {
    root,
    ...(existsSync(contracts) ? { contracts: readSourcedContracts(contracts).map(({ contract }) => contract) } : {}),
    ...(existsSync(ledger) ? { ledger: readLedger(readFileSync(ledger, 'utf8')) } : {}),
  };
}

/** Apps read `-c key=value` from here. @see https://docs.aws.amazon.com/cdk/v2/guide/context.html */
const CONTEXT = 'CDK_CONTEXT_JSON';

async function withContext(context: Readonly<Record<string, string>>, run: () => Promise<void>): Promise<void> {
  const before = process.env[CONTEXT];
  process.env[CONTEXT] = JSON.stringify(context);
  try {
    await run();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, CONTEXT);
    else process.env[CONTEXT] = before;
  }
}
