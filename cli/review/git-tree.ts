import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** A commit, by its name and hash. */
export interface Commit {
  readonly name: string;
  readonly hash: string;
}

const git = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
  execFileSync('git', args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim();

/** The commit that a branch, a tag or a hash names; undefined when it names none, or when there is no git. */
export function findCommit(root: string, name: string): Commit | undefined {
  try {
    return { name, hash: git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]) };
  } catch {
    return undefined;
  }
}

/**
 * Writes the project as a commit holds it to a folder. An index of its own is used: the checkout, its index and its worktrees are left alone,
 * and no attribute leaves a file out, as it may in `git archive`.
 */
export function writeTree(root: string, { hash }: Commit, folder: string): void {
  const top = git(root, ['rev-parse', '--show-toplevel']);
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  mkdirSync(folder, { recursive: true });
  const env = { GIT_INDEX_FILE: path.join(folder, '..', 'index') };
  git(top, ['read-tree', `${hash}:${prefix}`], env);
  git(top, ['checkout-index', '--all', `--prefix=${folder}${path.sep}`], env);
}
