import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const OWN_PREFIX = 'headwaters-tests-';

/** Gives a run of the tests a temporary folder of its own: whatever tests and CDK leave there is removed with it. */
export default function setup(): void {
  process.env.TMPDIR = mkdtempSync(path.join(tmpdir(), OWN_PREFIX));
}
