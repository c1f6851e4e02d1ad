import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Folders of a project, from its root. Everything a run leaves lies under one folder that is safe to delete. */
export interface Project {
  readonly root: string;
  readonly contracts: string;
  readonly home: string;
  readonly assembly: string;
  readonly lake: string;
  /** Logs of the demo's producers, and what the run was. */
  readonly demo: string;
  /** The platform that `headwaters local start` runs: its templates, its state, its log. */
  readonly local: string;
}

export function projectAt(root: string): Project {
  const home = path.join(root, '.headwaters');
  return {
    root,
    contracts: path.join(root, 'contracts'),
    home,
    assembly: path.join(home, 'cdk.out'),
    lake: path.join(home, 'lake'),
    demo: path.join(home, 'demo'),
    local: path.join(home, 'local'),
  };
}

/** The project that a folder lies in: the nearest one above with a cdk.json, or else the folder itself. */
export function projectAround(folder: string): Project {
  for (let root = folder; ; root = path.dirname(root)) {
    if (existsSync(path.join(root, 'cdk.json'))) return projectAt(root);
    if (root === path.dirname(root)) return projectAt(folder);
  }
}

/** Makes a folder in a project's home, which holds events as they were put: only its owner enters. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
