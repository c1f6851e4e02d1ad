import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TSX } from '../../../test/support/project.ts';
import { KEEPING } from './keeping.ts';
import type { RunFolder } from './run-folder.ts';

const KEEPER = pathToFileURL(path.join(import.meta.dirname, 'keep-removed.ts')).href;

/** How a process ended: its code, or the signal that killed it. */
export type Ending = number | NodeJS.Signals;

export interface Spawned {
  /** Where it runs. */
  readonly folder: string;
  /** What its output is called among what was said. */
  readonly name: string;
  /** What it reads from its standard input. @default - nothing */
  readonly input?: string | Buffer;
}

/** Runs a TypeScript program in a process of its own that leaves no trace outside the folder, and nothing of it unseen. */
export async function spawnKept(
  run: RunFolder,
  program: string,
  args: readonly string[],
  { folder, name, input }: Spawned,
): Promise<Ending> {
  const [out, error] = ['stdout', 'stderr'].map((stream) => openSync(path.join(run.said, `${name}.${stream}`), 'w')) as [
    number,
    number,
  ];
  const child = spawn(process.execPath, ['--import', TSX, '--import', KEEPER, program, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CDK_DEFAULT_ACCOUNT: undefined,
      CDK_DEFAULT_REGION: undefined,
      CI: '', // a project's slots need no commit
      CDK_VALIDATION: 'false',
      TMPDIR: run.temporary,
      [KEEPING.watched]: run.root,
      [KEEPING.kept]: run.removed,
    },
    stdio: ['pipe', out, error],
  });
  closeSync(out);
  closeSync(error);
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(signal ?? code ?? 1);
    });
  });
}
