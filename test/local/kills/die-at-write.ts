import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** How a process dies: after the given change to a folder is made, or in the middle of it. */
export interface Death {
  readonly folder: string;
  /** The number of the change, from 1; 0 for a process that lives. */
  readonly at: number;
  /** Half of the bytes of a write are there. */
  readonly torn: boolean;
}

type Change = (first: fs.PathLike | number, ...rest: unknown[]) => unknown;

/** Everything that the runtime changes files with; `openSync` where it opens to write. */
const CHANGES = [
  'appendFileSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
] as const;
/** Those that write bytes, and may be interrupted; the others happen at once. */
const WRITES: readonly string[] = ['writeFileSync', 'writeSync'];

/** The changes to a folder so far, and which of them were writes of bytes. */
export interface Changes {
  count: number;
  readonly writes: number[];
}

/** Counts the changes to a folder, and kills this process at one of them. */
export function dieAtWrite({ folder, at, torn }: Death): Changes {
  const changes: Changes = { count: 0, writes: [] };
  const opened = new Set<number>();
  const die = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  for (const name of CHANGES) {
    const change = fs[name] as Change;
    const counted: Change = (first, ...rest) => {
      const [content] = rest;
      const isOurs = typeof first === 'number' ? opened.has(first) : String(first).startsWith(folder);
      if (!isOurs || (name === 'openSync' && content === 'r')) return change(first, ...rest);
      const number = (changes.count += 1); // Node makes some changes of others, which count by themselves
      const isWrite = WRITES.includes(name) && (typeof content === 'string' || content instanceof Uint8Array);
      if (isWrite) changes.writes.push(number);
      if (number === at && torn && isWrite) {
        change(first, content.slice(0, content.length / 2));
        die();
      }
      const result = change(first, ...rest);
      if (name === 'openSync' && typeof result === 'number') opened.add(result);
      if (number === at) die();
      return result;
    };
    Object.assign(fs, { [name]: counted });
  }
  const { closeSync } = fs;
  const closed: typeof closeSync = (descriptor) => {
    opened.delete(descriptor); // its number goes to other files
    closeSync(descriptor);
  };
  Object.assign(fs, { closeSync: closed });
  syncBuiltinESMExports();
  return changes;
}
