import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord } from './input.ts';
import { isAlive, processMark } from './process-mark.ts';

/** A state folder that cannot be used. Codes are stable: `StateInUse`, `StateUnfinished`, `ClockBehindState`, `StartInterrupted`. */
export class StateError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The process that holds the state, of `StateInUse`. */
    readonly pid?: number,
  ) {
    super(message);
    this.name = 'StateError';
  }
}

const CLOCK = 'clock.json';
const SECRETS = 'secrets.json';
const KEYS = 'keys.json';
const LOCK = 'lock';
const UNFINISHED = 'unfinished';
/** What a state is called between its removal and the deletion of its last file. */
const REMOVED = '.removed-';

/** Mode of folders: events lie in a state as they were put. */
const OWNER_ONLY = 0o700;

/** When a run on this state ended. */
export interface SavedClock {
  /** Simulated: milliseconds since the epoch. */
  readonly time: number;
  /** Milliseconds by which it was ahead of the wall clock. */
  readonly offset: number;
}

/** What the clock showed when the last run on this state ended; undefined for a new state. */
export function savedClock(folder: string): SavedClock | undefined {
  const saved = readJson(path.join(folder, CLOCK));
  if (typeof saved?.time !== 'number') return undefined;
  return { time: saved.time, offset: typeof saved.offset === 'number' ? saved.offset : 0 };
}

/** The simulated time at which the last run on this state ended, in milliseconds since the epoch; undefined for a new state. */
export const savedTime = (folder: string): number | undefined => savedClock(folder)?.time;

/**
 * Refuses a state on which no run can begin.
 *
 * @throws {@link StateError} `StateInUse` while another process runs on it, `StateUnfinished` after one that was killed
 */
export function refuseUnusable(folder: string): void {
  refuseInUse(folder);
  if (existsSync(path.join(folder, UNFINISHED)))
    throw new StateError(
      'StateUnfinished',
      'the last run on this state was killed before it could save; reset the state to begin anew',
    );
}

/**
 * Deletes a state, also one that was left unfinished. It is out of the way in one step: who is killed while its files go leaves no half of it.
 *
 * @throws {@link StateError} `StateInUse` while another process runs on it
 */
export function removeState(folder: string): void {
  refuseInUse(folder);
  if (existsSync(folder)) renameSync(folder, `${folder}${REMOVED}${process.pid}`);
  removeRemains(folder);
}

/** Deletes what a removal that was killed has left. */
function removeRemains(folder: string): void {
  const parent = path.dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${path.basename(folder)}${REMOVED}`)) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

/** Answers the mark of a process that is gone and has left its lock. */
function refuseInUse(folder: string): string | undefined {
  const mark = readText(path.join(folder, LOCK));
  if (mark !== undefined && isAlive(mark)) throw inUse(mark);
  return mark;
}

function inUse(mark: string): StateError {
  const pid = Number.parseInt(mark, 10);
  return new StateError('StateInUse', `process ${pid} runs on this state; wait until it ends, or stop it`, pid);
}

/**
 * One run's hold on a state folder. What lies there is whole before a run begins and after it has ended by itself, for `unfinished` lies there
 * in between: a lock whose process is gone, without it, was left by one that had not begun or had already saved.
 */
export class StateFolder {
  private constructor(
    readonly folder: string,
    private readonly ephemeral: boolean,
    /** Secrets' versions by name; new ones are saved with the rest. */
    readonly secrets: Map<string, unknown>,
    /** What has been done to keys, by id; saved with the rest. */
    readonly keys: Map<string, string>,
  ) {}

  /**
   * @param ephemeral Reads the state and leaves it as it is
   * @throws {@link StateError} `StateInUse` while another process runs on it, `StateUnfinished` after one that was killed
   */
  static open(folder: string, ephemeral: boolean): StateFolder {
    refuseUnusable(folder);
    if (!ephemeral) {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
      removeRemains(folder);
      takeLock(folder);
    }
    const secrets = new Map(Object.entries(readJson(path.join(folder, SECRETS)) ?? {}));
    return new StateFolder(folder, ephemeral, secrets, readTexts(path.join(folder, KEYS)));
  }

  /** From now on a kill costs what was not saved: nothing was taken from anybody before. */
  begin(): void {
    if (!this.ephemeral) writeFileSync(path.join(this.folder, UNFINISHED), '');
  }

  /** Where S3 keeps its objects. */
  get objects(): string {
    return path.join(this.folder, 'objects');
  }

  /** Where Kinesis keeps what its streams hold. */
  get streams(): string {
    return path.join(this.folder, 'streams');
  }

  /** Where Firehose keeps what is on its way. */
  get deliveries(): string {
    return path.join(this.folder, 'deliveries');
  }

  /** Where SNS keeps what its FIFO topics know. */
  get topics(): string {
    return path.join(this.folder, 'topics');
  }

  /** Where SQS keeps what its queues hold. */
  get queues(): string {
    return path.join(this.folder, 'queues');
  }

  /** Where DynamoDB keeps what its tables hold. */
  get tables(): string {
    return path.join(this.folder, 'tables');
  }

  /** Where event source mappings keep how far they have come. */
  get mappings(): string {
    return path.join(this.folder, 'mappings');
  }

  /** Where Glue keeps what calls have made of the catalog. */
  get catalog(): string {
    return path.join(this.folder, 'catalog');
  }

  /** Where Parameter Store keeps what templates and clients have put. */
  get parameters(): string {
    return path.join(this.folder, 'parameters');
  }

  /** Where Athena keeps its executions, and what calls have made of its workgroups. */
  get queries(): string {
    return path.join(this.folder, 'queries');
  }

  /** Where Step Functions keeps what has run. */
  get executions(): string {
    return path.join(this.folder, 'executions');
  }

  /** Where CloudFormation keeps what was answered of custom resources. */
  get resources(): string {
    return path.join(this.folder, 'resources');
  }

  /** Where Lambda keeps events for functions. */
  get invocations(): string {
    return path.join(this.folder, 'invocations');
  }

  /** Where EventBridge keeps what is on its way to targets. */
  get events(): string {
    return path.join(this.folder, 'events');
  }

  /** Where EventBridge Scheduler keeps what schedules wait for. */
  get schedules(): string {
    return path.join(this.folder, 'schedules');
  }

  /** Where CloudWatch keeps what was measured, and the states of alarms. */
  get metrics(): string {
    return path.join(this.folder, 'metrics');
  }

  /** Saves time and secrets after `save` has saved the rest, and lets go of the folder. */
  close(clock: SavedClock, save: () => void): void {
    if (this.ephemeral) return;
    save();
    writeWhole(path.join(this.folder, SECRETS), Object.fromEntries(this.secrets));
    writeWhole(path.join(this.folder, KEYS), Object.fromEntries(this.keys));
    writeWhole(path.join(this.folder, CLOCK), clock);
    this.abandon();
  }

  /** Lets go of the folder without saving: for a start that failed before anything was stored. */
  abandon(): void {
    if (this.ephemeral) return;
    rmSync(path.join(this.folder, UNFINISHED), { force: true });
    rmSync(path.join(this.folder, LOCK), { force: true });
  }
}

/** The lock appears whole or not at all, and to one process alone: of two that start in the same moment one is refused. */
function takeLock(folder: string): void {
  const lock = path.join(folder, LOCK);
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, processMark(process.pid));
  try {
    const left = refuseInUse(folder);
    if (left !== undefined) {
      const aside = `${own}.left`;
      renameSync(lock, aside);
      if (readText(aside) !== left) {
        linkSync(aside, lock); // another was quicker, and this is its lock
        throw new StateError('StateInUse', 'another process has just begun to run on this state');
      }
      rmSync(aside);
    }
    linkSync(own, lock);
    for (const name of readdirSync(folder)) if (name.startsWith(`${LOCK}.`)) rmSync(path.join(folder, name)); // of those that were killed here
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT')) {
      throw new StateError('StateInUse', 'another process has just begun to run on this state');
    }
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Replaces a file at once: a crash leaves the old one or the new one. Only its owner may read it. */
function writeWhole(file: string, value: object): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const readText = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const readTexts = (file: string): Map<string, string> =>
  new Map(Object.entries(readJson(file) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : undefined;
}
