import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readSourcedContracts } from '../../core/contract/read-file.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import type { Acceptance } from '../../core/review/acceptance/acceptance.ts';
import { ACCEPTANCES, readAcceptances } from '../../core/review/acceptance/read-acceptances.ts';
import type { Version } from '../../core/review/review.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround, projectAt, type Project } from '../project.ts';
import { findCommit, writeTree } from './git-tree.ts';
import { synthesizeFor } from './synthesize-for.ts';
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

/** Where a version is: a project that is yet to be synthesized, or templates that are there. */
export type Source = { readonly project: Project; readonly name: string } | FoundVersion;

/**
 * What the change is compared with: the project at a commit, or a folder. A name that is both is the commit.
 *
 * @throws {@link CommandError} `UnknownBase`, and what the reading throws
 */
export function findBase({ project, scratch }: Reading, name: string): Source {
  const commit = findCommit(project.root, name);
  if (commit !== undefined) {
    const folder = path.join(scratch, 'tree');
    writeTree(project.root, commit, folder);
    return { project: projectAt(folder), name: `${commit.name} (${commit.hash.slice(0, 7)})` };
  }
  if (!existsSync(name) || !statSync(name).isDirectory())
    throw new CommandError(
      'UnknownBase',
      `'--base' must be a commit that git knows or a folder, got '${name}'; fetch the branch (git fetch origin <branch>), or mend the name`,
    );
  return findFolder(name);
}

/** What is reviewed: this project as it lies there, or a folder. */
export const findHead = ({ project }: Reading, folder: string | undefined): Source =>
  folder === undefined ? { project, name: 'the working tree' } : findFolder(folder);

function findFolder(folder: string): Source {
  if (!existsSync(folder)) throw new CommandError('FolderMissing', `'${folder}' must be a folder; mend the path`);
  if (existsSync(path.join(folder, 'cdk.json'))) return { project: projectAt(path.resolve(folder)), name: folder };
  const templates = isAssembly(folder) ? readAssembly(folder) : readTemplateFolder(folder);
  return { name: folder, isWhole: false, templates, ...beside(projectAround(path.resolve(folder)).root) };
}

/**
 * Reads a version. A project is synthesized for the accounts and regions to which the other version's stacks go, if they are known: where its
 * environments leave them open, they are the same.
 */
export async function readVersion(reading: Reading, source: Source, other: Source): Promise<FoundVersion> {
  if (!('project' in source)) return source;
  const { project, name } = source;
  const templates = await synthesizeFor('project' in other ? new Map() : other.templates, reading, source);
  return { name, isWhole: true, templates, ...beside(project.root) };
}

/** What a project holds beside what it synthesizes. */
function beside(
  root: string,
): Pick<FoundVersion, 'contracts' | 'ledger'> & { readonly root: string; readonly acceptances: readonly Acceptance[] } {
  const { contracts } = projectAt(root);
  const acceptances = path.join(root, ACCEPTANCES);
  const ledger = path.join(root, 'ledger.yaml');
  return {
    root,
    acceptances: existsSync(acceptances) ? readAcceptances(readFileSync(acceptances, 'utf8')) : [],
    ...(existsSync(contracts) ? { contracts: readSourcedContracts(contracts).map(({ contract }) => contract) } : {}),
    ...(existsSync(ledger) ? { ledger: readLedger(readFileSync(ledger, 'utf8')) } : {}),
  };
}
