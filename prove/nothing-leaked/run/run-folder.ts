import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where tsx keeps what it has compiled, in the temporary folder. */
const TSX_CACHE = `tsx-${process.geteuid?.() ?? ''}`;

/** The folder of a run: everything that the run writes lies in it, and nothing else. */
export class RunFolder {
  readonly root = mkdtempSync(path.join(tmpdir(), 'headwaters-leak-'));
  /** The temporary folder of the run's processes. */
  readonly temporary = this.made('temporary');
  /** What they removed or replaced. */
  readonly removed = this.made('removed');
  /** What they said: output, logs, errors that were caught. */
  readonly said = this.made('said');
  /** Copies of the state at moments of its life, by their names. */
  readonly stages = this.made('stages');

  constructor() {
    const cache = path.join(tmpdir(), TSX_CACHE);
    mkdirSync(cache, { recursive: true });
    symlinkSync(cache, path.join(this.temporary, TSX_CACHE)); // of programs, and of no event: it need not be made anew
  }

  within(...names: readonly string[]): string {
    return path.join(this.root, ...names);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private made(name: string): string {
    const folder = path.join(this.root, name);
    mkdirSync(folder);
    return folder;
  }
}
