import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { refuseUnusable, removeState } from '../../local/state-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'state-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const leave = (name: string, text = ''): void => {
  writeFileSync(path.join(folder, name), text);
};
const NOBODY = '999999999';

test('a state that ended by itself, or never began, can be used', () => {
  expect(() => {
    refuseUnusable(folder);
  }).not.toThrow();
  removeState(folder);
  expect(() => {
    refuseUnusable(folder);
  }).not.toThrow();
});

test.each([
  ['its process is gone', 'lock', NOBODY],
  ['it was not saved', 'unfinished', ''],
])('a state is unfinished where %s, and may be removed', (_, name, text) => {
  leave(name, text);
  expect(() => {
    refuseUnusable(folder);
  }).toThrow(expect.objectContaining({ code: 'StateUnfinished' }) as Error);
  removeState(folder);
  expect(existsSync(folder)).toBe(false);
});

test('a state that a process runs on is neither used nor removed', () => {
  leave('lock', String(process.pid));
  for (const use of [refuseUnusable, removeState]) {
    expect(() => {
      use(folder);
    }).toThrow(
      expect.objectContaining({ code: 'StateInUse', message: expect.stringContaining(String(process.pid)) as string }) as Error,
    );
  }
  expect(existsSync(path.join(folder, 'lock'))).toBe(true);
});
