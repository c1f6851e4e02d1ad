import { createRequire } from 'node:module';
import { isRecord } from '../../../local/input.ts';

const require = createRequire(import.meta.url);

/** A package, where it is a dependency; undefined where it is not yet one. */
export function whenInstalled(name: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return require(name) as Record<string, unknown>;
  } catch (error) {
    if (isRecord(error) && error.code === 'MODULE_NOT_FOUND') return undefined; // of another realm in tests
    throw error;
  }
}
