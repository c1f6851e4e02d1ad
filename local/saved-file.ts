import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
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

  /** Makes `value` what is saved, and removes frames that it does not name. */
  write(value: object, files: readonly string[]): void {
    mkdirSync(this.folder, { recursive: true });
    const target = path.join(this.folder, `${this.name}.json`);
    writeFileSync(`${target}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${target}.new`, target);
    const own = readdirSync(this.folder).filter((file) => file.startsWith(`${this.name}.`) && file.endsWith('.frames'));
    for (const file of own) if (!files.includes(file)) rmSync(path.join(this.folder, file));
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

  private readable<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      // the cause stays behind: its words may quote what was saved
      throw new StateError(
        'StateUnreadable',
        `what was saved of '${this.name}' cannot be read (${kindOf(error)}); reset the state to begin anew`,
      );
    }
  }
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'error');
