import { createRequire } from 'node:module';
import { CommandError } from './command-error.ts';

/** What only the local runtime and the commands need; package.json calls them optional. */
export const OPTIONAL_PEERS = [
  '@aws-sdk/client-athena',
  '@aws-sdk/client-firehose',
  '@aws-sdk/client-kinesis',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-sts',
  '@duckdb/node-api',
  'cli-table3',
  'ora',
];

const MISSING_PACKAGE = /Cannot find package '([^']+)'/;

/** Loads what needs optional packages. Where one is not installed, it is asked for by name, and what else lacks is said. @throws {@link CommandError} `PackageMissing` */
export async function withOptionalPeers<T>(
  load: () => Promise<T>,
  isInstalled: (name: string) => boolean = resolves,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const name =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
        ? MISSING_PACKAGE.exec(error.message)?.[1]
        : undefined;
    if (name === undefined) throw error;
    const others = OPTIONAL_PEERS.filter((peer) => peer !== name && !isInstalled(peer));
    const forAll = others.length === 0 ? '' : `, or for all commands 'npm install --save-dev ${[name, ...others].join(' ')}'`;
    throw new CommandError(
      'PackageMissing',
      `the package '${name}' must be installed for this command; run 'npm install --save-dev ${name}'${forAll}`,
    );
  }
}

const { resolve } = createRequire(import.meta.url);

function resolves(name: string): boolean {
  try {
    resolve(name);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'); // else it is there, for imports alone
  }
}
