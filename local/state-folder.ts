import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord } from './input.ts';

/** A state folder that cannot be used. Codes are stable: `StateInUse`, `StateUnfinished`, `ClockBehindState`. */
export class StateError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'StateError';
  }
}

const CLOCK = 'clock.json';
const SECRETS = 'secrets.json';
const LOCK = 'lock';
const UNFINISHED = 'unfinished';

/** The simulated time at which the last run on this state ended, in milliseconds since the epoch; undefined for a new state. */
export function savedTime(folder: string): number | undefined {
  const saved = readJson(path.join(folder, CLOCK));
  return typeof saved?.time === 'number' ? saved.time : undefined;
}

/**
 * Refuses a state on which no run can begin.
 *
 * @throws {@link StateError} `StateInUse` while another process runs on it, `StateUnfinished` after one that was killed
 */
export function refuseUnusable(folder: string): void {
  const held = refuseInUse(folder);
  if (held || existsSync(path.join(folder, UNFINISHED)))
    throw new StateError(
      'StateUnfinished',
      'the last run on this state was killed before it could save; reset the state to begin anew',
    );
}

/** Deletes a state, also one that was left unfinished. @throws {@link StateError} `StateInUse` while another process runs on it */
export function removeState(folder: string): void {
  refuseInUse(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a process that is gone has left its lock. */
function refuseInUse(folder: string): boolean {
  const lock = path.join(folder, LOCK);
  if (!existsSync(lock)) return false;
  const holder = Number(readFileSync(lock, 'utf8'));
  if (isAlive(holder)) throw new StateError('StateInUse', `process ${holder} runs on this state; wait until it ends, or stop it`);
  return true;
}

/** One run's hold on a state folder. What lies there is whole only after a run has ended by itself: objects and time are saved together. */
export class StateFolder {
  private constructor(
    readonly folder: string,
    private readonly ephemeral: boolean,
    /** Values of secrets by name; new ones are saved with the rest. */
    readonly secrets: Map<string, string>,
  ) {}

  /**
   * @param ephemeral Reads the state and leaves it as it is
   * @throws {@link StateError} `StateInUse` while another process runs on it, `StateUnfinished` after one that was killed
   */
  static open(folder: string, ephemeral: boolean): StateFolder {
    refuseUnusable(folder);
    const values = readJson(path.join(folder, SECRETS)) ?? {};
    const secrets = new Map(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    if (!ephemeral) {
      mkdirSync(folder, { recursive: true });
      writeLock(path.join(folder, LOCK));
      writeFileSync(path.join(folder, UNFINISHED), '');
    }
    return new StateFolder(folder, ephemeral, secrets);
  }

  /** Where S3 keeps its objects. */
  get objects(): string {
    return path.join(this.folder, 'objects');
  }

  /** Saves time and secrets after `save` has saved the rest, and lets go of the folder. */
  close(time: number, save: () => void): void {
    if (this.ephemeral) return;
    save();
    writeWhole(path.join(this.folder, SECRETS), Object.fromEntries(this.secrets));
    writeWhole(path.join(this.folder, CLOCK), { time });
    this.abandon();
  }

  /** Lets go of the folder without saving: for a start that failed before anything was stored. */
  abandon(): void {
    if (this.ephemeral) return;
    rmSync(path.join(this.folder, UNFINISHED), { force: true });
    rmSync(path.join(this.folder, LOCK), { force: true });
  }
}

/** The file is made and filled by one process alone: a second start in the same moment finds it there. */
function writeLock(lock: string): void {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new StateError('StateInUse', 'another process has just begun to run on this state');
    }
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Replaces a file at once: a crash leaves the old one or the new one. Only its owner may read it. */
function writeWhole(file: string, value: object): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  if (!existsSync(file)) return undefined;
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(value) ? value : undefined;
}
