#!/usr/bin/env node
/** The command: in a clone it runs from its source, in the package from what was built. */
import { existsSync } from 'node:fs';

const source = new URL('main.ts', import.meta.url);
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
} else {
  await import('../dist/cli/main.js');
}
