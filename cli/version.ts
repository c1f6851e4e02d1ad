import { existsSync, readFileSync } from 'node:fs';

/** The package's own file, beside the sources in a clone and one folder further in what was built. */
const file = ['../package.json', '../../package.json']
  .map((name) => new URL(name, import.meta.url))
  .find((url) => existsSync(url));

export const VERSION = file === undefined ? '' : (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
