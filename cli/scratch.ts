import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, type Project } from './project.ts';

/** What a shell expects of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Lends a folder within the project, where what is synthesized finds the packages that are installed here; it is removed whatever happens. */
export async function withScratch<T>({ home }: Project, name: string, use: (scratch: string) => Promise<T>): Promise<T> {
  makePrivate(home);
  const scratch = mkdtempSync(path.join(home, `${name}-`));
  const remove = () => {
    rmSync(scratch, { recursive: true, force: true });
  };
  const interrupted = () => {
    remove();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  try {
    return await use(scratch);
  } finally {
    process.off('SIGINT', interrupted);
    remove();
  }
}
