import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beginAnew } from '../../../cli/demo/previous-run.ts';
import { projectAt } from '../../../cli/project.ts';
import { processMark } from '../../../local/process-mark.ts';

const project = projectAt(mkdtempSync(path.join(tmpdir(), 'project-')));
beforeEach(() => {
  for (const name of ['lake/clock.json', 'demo/run.json', 'cdk.out/manifest.json', 'local/run.json', 'local/state/lock']) {
    mkdirSync(path.dirname(path.join(project.home, name)), { recursive: true });
    writeFileSync(path.join(project.home, name), '');
  }
});
afterEach(() => {
  rmSync(project.root, { recursive: true });
});

/** The files that are left. */
const left = (): string[] =>
  readdirSync(project.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(project.home, path.join(parentPath, name)))
    .sort();

test('begins anew without what the demo has left, and leaves what `headwaters local` keeps', () => {
  beginAnew(project);
  expect(left()).toEqual(['local/run.json', 'local/state/lock']);
});

test('fails while another process runs on the lake, and deletes nothing', () => {
  writeFileSync(path.join(project.lake, 'lock'), processMark(process.pid));
  const before = left();
  expect(() => {
    beginAnew(project);
  }).toThrow(`process ${process.pid} runs on this state`);
  expect(left()).toEqual(before);
});
