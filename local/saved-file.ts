import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { StateError } from './state-folder.ts';
import { readFrames, writeFrames, type Frame } from './frames.ts';

/**
 * What is saved of one thing: `<name>.json`, and the frames that it names, in files of their own. The frames are written first and the JSON
 * takes its name last: a process that is killed in between leaves what was saved before, whole.
 */
export class SavedFile {
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  /** Writes frames to a file and answers its name, for the JSON to hold. */
  writeFrames(frames: Iterable<Frame>): string {
    mkdirSync(this.folder, { recursive: true });
    const file = `${this.name}.${randomUUID()}.frames`;
    writeFrames(path.join(this.folder, file), frames);
    return file;
  }

  /** Length of a file of frames in bytes. @throws StateError `StateUnreadable` where there is none */
  lengthOf(file: string): number {
    return this.readable(() => statSync(path.join(this.folder, path.basename(file))).size);
  }

  /** Makes `value` what is saved, and removes frames that it does not name. */
  write(value: object, files: readonly string[]): void {
    mkdirSync(this.folder, { recursive: true });
    const target = path.join(this.folder, `${this.name}.json`);
    writeFileSync(`${target}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${target}.new`, target);
    for (const file of readdirSync(this.folder)) if (this.isOwn(file) && !files.includes(file)) this.removeFrames(file);
  }

  /** Removes all that is saved of it. */
  remove(): void {
    this.write({}, []);
    rmSync(path.join(this.folder, `${this.name}.json`));
  }

  removeFrames(file: string): void {
    rmSync(path.join(this.folder, file));
  }

  /** What was saved; undefined if nothing was. @throws StateError `StateUnreadable` */
  read<Value>(schema: z.ZodType<Value>): Value | undefined {
    const file = path.join(this.folder, `${this.name}.json`);
    if (!existsSync(file)) return undefined;
    return this.readable(() => schema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  }

  /** The frames of one file, each head as `schema` has it. @throws StateError `StateUnreadable` */
  *frames<Head>(file: string, schema: z.ZodType<Head>): Generator<{ readonly head: Head; readonly body: Buffer }, undefined> {
    const frames = readFrames(path.join(this.folder, path.basename(file)));
    for (let next = this.readable(() => frames.next()); next.done !== true; next = this.readable(() => frames.next())) {
      const { head, body } = next.value;
      yield { head: this.readable(() => schema.parse(head)), body };
    }
    return undefined;
  }

  /** Whether it holds frames of this thing, and not of another whose name goes on behind a dot. */
  private isOwn(file: string): boolean {
    return file.startsWith(`${this.name}.`) && FRAMES.test(file.slice(this.name.length + 1));
  }

  unreadable(why: string): StateError {
    return new StateError(
      'StateUnreadable',
      `what was saved of '${this.name}' cannot be read (${why}); reset the state to begin anew`,
    );
  }

  private readable<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      throw this.unreadable(kindOf(error)); // the cause stays behind: its words may quote what was saved
    }
  }
}

/** How a file of frames goes on behind the name of its thing. */
const FRAMES = /^[0-9a-f-]{36}\.frames$/;

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'error');
