import { projectAround } from '../project.ts';
import type { LocalHome } from './home.ts';

/** The home of the project around the working directory; what reads its files is loaded now. */
export async function homeHere(): Promise<LocalHome> {
  const { LocalHome } = await import('./home.ts');
  return new LocalHome(projectAround(process.cwd()));
}
