import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Out } from '../../cli/output.ts';
import { projectAt } from '../../cli/project.ts';
import { queryLake, type LakeOwner } from '../../cli/query-lake.ts';

const quiet = (): void => undefined;
const out: Out = { line: quiet, step: async () => undefined, detail: quiet, done: quiet, failed: quiet };
const project = projectAt(mkdtempSync(path.join(tmpdir(), 'project-')));
afterEach(() => {
  rmSync(project.home, { recursive: true, force: true });
});

const DEMO = ['lake/clock.json', 'cdk.out/manifest.json'];
const LOCAL = ['local/state/clock.json', 'local/cdk.out-dev/manifest.json'];
const KILLED = 'local/state/unfinished';

test.each<[what: string, files: readonly string[], lake: LakeOwner | undefined, message: string]>([
  ['nothing was left', [], undefined, "NoLake: there is no lake to ask in '.headwaters/'; run 'headwaters demo' or"],
  [
    'only the other was left',
    DEMO,
    'local',
    "NoLake: there is no lake to ask in '.headwaters/'; run 'headwaters local start' first",
  ],
  ['both were left', [...DEMO, ...LOCAL], undefined, "LakeUnclear: '--lake' must be given where"],
  ['a run was killed', [...LOCAL, KILLED], undefined, "StateUnfinished: the last run of 'headwaters local' was killed"],
  [
    'a run was killed beside a demo',
    [...DEMO, KILLED],
    undefined,
    "'headwaters local reset' begins anew, and '--lake' asks another",
  ],
  ['a demo was killed', ['lake/unfinished'], 'demo', "StateUnfinished: the last run of 'headwaters demo' was killed"],
])('fails where %s', async (_, files, lake, message) => {
  for (const name of files) {
    mkdirSync(path.dirname(path.join(project.home, name)), { recursive: true });
    writeFileSync(path.join(project.home, name), '{"time":0}');
  }
  const question = { sql: 'SELECT 1', role: 'analyst', ...(lake !== undefined && { lake }) };
  await expect(queryLake(project, question, out)).rejects.toThrow(message);
});
