import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nameBuildFolder, removeBuiltCommand } from './built-command.ts';

/** Gives a run of the tests a temporary folder of its own, where whatever tests and CDK leave is removed with it, and the same answers on CI as on a desk. */
export default function setup(): () => void {
  const own = mkdtempSync(path.join(tmpdir(), 'headwaters-tests-'));
  process.env.TMPDIR = own;
  process.env.CI = ''; // on CI, synthesis refuses slots that nobody has committed; those of a test's project nobody does
  nameBuildFolder();
  return () => {
    removeBuiltCommand();
    rmSync(own, { recursive: true, force: true });
  };
}
