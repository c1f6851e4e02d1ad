import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nameBuildFolder } from './built-command.ts';

export const OWN_PREFIX = 'headwaters-tests-';

/** Gives a run of the tests a temporary folder of its own, where whatever tests and CDK leave is removed with it, and the same answers on CI as on a desk. */
export default function setup(): void {
  process.env.TMPDIR = mkdtempSync(path.join(tmpdir(), OWN_PREFIX));
  process.env.CI = ''; // on CI, synthesis refuses slots that nobody has committed; those of a test's project nobody does
  nameBuildFolder();
}
