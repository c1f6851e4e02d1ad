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
  };
}
