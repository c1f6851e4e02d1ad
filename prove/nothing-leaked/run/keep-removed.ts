/**
 * Loaded before a program: whatever the program removes or replaces within a folder is kept beside it, under the path that it had. A file that
 * lived for a moment is searched like any other.
 */
import type * as Fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { KEEPING } from './keeping.ts';

const require = createRequire(import.meta.url);
const fs = require('node:fs') as typeof Fs;
const { linkSync, lstatSync, mkdirSync, readdirSync, copyFileSync } = fs;

const watched = process.env[KEEPING.watched] ?? '';
const kept = process.env[KEEPING.kept] ?? '';
/** Files that have a further link already: one removal may call another. */
const linked = new Set<number>();
let count = 0;

/** Takes files of the folder into keeping, each by a further link. */
function keep(target: unknown, take: typeof copyFileSync | typeof linkSync = linkSync): void {
  if (typeof target !== 'string' && !(target instanceof URL) && !Buffer.isBuffer(target)) return;
  const file = path.resolve(String(target));
  const within = path.relative(watched, file);
  if (within.startsWith('..') || file.startsWith(kept)) return;
  const status = lstatSync(file, { throwIfNoEntry: false });
  if (status?.isDirectory()) for (const name of readdirSync(file)) keep(path.join(file, name), take);
  if (!status?.isFile() || status.size === 0 || linked.has(status.ino)) return;
  if (take === linkSync) linked.add(status.ino);
  count += 1;
  const to = path.join(kept, `${process.pid}-${count}`, within);
  mkdirSync(path.dirname(to), { recursive: true });
  take(file, to);
}

/** Has a function keep what one of its arguments names before it runs. */
function keeping<Owner extends object>(
  owner: Owner,
  name: keyof Owner & string,
  argument: number,
  take?: typeof copyFileSync,
): void {
  const original = owner[name] as (...args: unknown[]) => unknown;
  const wrapped = (...args: unknown[]): unknown => {
    if (!appends(args[2])) keep(args[argument], take);
    return original.apply(owner, args);
  };
  Object.defineProperty(owner, name, { value: wrapped, configurable: true, writable: true });
}

/** Whether a file is written to at its end: then nothing of it goes. */
const appends = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'flag' in options && options.flag === 'a';

for (const owner of [fs, fs.promises]) {
  for (const name of ['rm', 'unlink', 'rmdir'] as const) keeping(owner, name, 0);
  keeping(owner, 'rename', 1);
  keeping(owner, 'writeFile', 0, copyFileSync); // written over in place: a link would show what comes after
}
for (const name of ['rmSync', 'unlinkSync', 'rmdirSync'] as const) keeping(fs, name, 0);
keeping(fs, 'renameSync', 1);
keeping(fs, 'writeFileSync', 0, copyFileSync);
syncBuiltinESMExports();
