import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { refuseUnusable, removeState, savedClock, StateFolder } from '../../local/state-folder.ts';

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

test('a state is unfinished where it was not saved, whether or not its process left a lock, and may be removed', () => {
  for (const lock of [NOBODY, '']) {
    leave('lock', lock);
    leave('unfinished');
    expect(() => {
      refuseUnusable(folder);
    }).toThrow(expect.objectContaining({ code: 'StateUnfinished' }) as Error);
    removeState(folder);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
  }
});

test.each([
  ['is gone', NOBODY],
  ['had written nothing', ''],
  ['has the number of a later one', `${process.pid} 1`],
])('a lock whose process %s says nothing of a state that was saved', (_, lock) => {
  leave('lock', lock);
  const taken = StateFolder.open(folder, false);
  expect(readFileSync(path.join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
  taken.close({ time: 1000, offset: -5 }, () => undefined);
  expect(savedClock(folder)).toEqual({ time: 1000, offset: -5 });
  expect(readdirSync(folder).sort()).toEqual(['clock.json', 'keys.json', 'secrets.json']);
});

test('what a removal that was killed has left goes with the next run', () => {
  mkdirSync(`${folder}.removed-1`);
  StateFolder.open(folder, false).abandon();
  expect(existsSync(`${folder}.removed-1`)).toBe(false);
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

test('a state that is made is closed to others, with the folders above that are made for it', () => {
  StateFolder.open(path.join(folder, 'home/state'), false).abandon();
  for (const name of ['home', 'home/state']) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o700);
});
