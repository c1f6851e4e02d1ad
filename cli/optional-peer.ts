import { CommandError } from './command-error.ts';

const MISSING_PACKAGE = /Cannot find package '([^']+)'/;

/** Loads what needs packages that only the local runtime and the commands use; one that is not installed is asked for by name. */
export async function withOptionalPeers<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const name =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
        ? MISSING_PACKAGE.exec(error.message)?.[1]
        : undefined;
    if (name === undefined) throw error;
    throw new CommandError(
      'PackageMissing',
      `the package '${name}' must be installed for this command; run 'npm install --save-dev ${name}'`,
    );
  }
}
