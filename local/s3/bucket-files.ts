import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Digest } from './checksum.ts';
import { chunksOf, sizeOf, type Content } from './content.ts';
import { savedBucket, type SavedBucket } from './saved-bucket.ts';

const FILES_IN_A_FOLDER = 1000;
const INDEX = 'index.json';
const OBJECTS = 'objects';

/** Bytes that lie in a bucket's folder. */
export interface StoredBytes {
  readonly file: string;
  readonly size: number;
  readonly md5: Buffer;
}

/**
 * The folder of a bucket: `index.json`, and the bytes of objects under names that owe nothing to their keys.
 *
 * The index never names a file that is not there: bytes are written before it, and removed after it. Both get their names when they are
 * whole, so that a process killed between any two writes leaves the state of the last save. An ephemeral folder is read only; new bytes then
 * go to a temporary folder.
 */
export class BucketFiles {
  private readonly folder: string;
  private readonly ephemeral: boolean;
  private temporary: string | undefined;
  private doomed: string[] = [];
  /** Files that the saved index names. */
  private saved: ReadonlySet<string> = new Set();

  constructor(folder: string, { ephemeral }: { ephemeral: boolean }) {
    this.folder = folder;
    this.ephemeral = ephemeral;
  }

  /** @throws Error for an index that this version did not write, and for one whose bytes are not all there */
  read(): SavedBucket | undefined {
    const file = path.join(this.folder, INDEX);
    if (!fs.existsSync(file)) return undefined;
    const saved = parse(fs.readFileSync(file, 'utf8'));
    if (saved === undefined)
      throw new Error(`'${file}' is not an index of this version of headwaters; delete the folder it lies in`);
    const there = new Set(this.stored());
    const named = filesOf(saved).filter((name) => name !== '');
    if (named.some((name) => !there.has(name))) {
      throw new Error(`'${file}' names bytes that are not there; delete the folder it lies in`);
    }
    this.saved = new Set(named);
    if (!this.ephemeral) this.sweep(there);
    return saved;
  }

  /** Replaces the index in one step, then removes the bytes that it no longer names. Does nothing in an ephemeral folder. */
  write(saved: SavedBucket): void {
    if (this.ephemeral) return;
    fs.mkdirSync(this.folder, { recursive: true });
    const file = path.join(this.folder, INDEX);
    fs.writeFileSync(`${file}.tmp`, JSON.stringify(saved));
    fs.renameSync(`${file}.tmp`, file);
    for (const doomed of this.doomed) fs.rmSync(doomed, { force: true });
    this.doomed = [];
    this.saved = new Set(filesOf(saved));
  }

  /**
   * Writes bytes under a serial number of their own.
   *
   * @param digests Told of every byte on the way.
   */
  store(serial: number, key: string, content: Content, digests: readonly Digest[] = []): StoredBytes {
    if (this.ephemeral) this.temporary ??= fs.mkdtempSync(path.join(os.tmpdir(), 'headwaters-s3-'));
    const folder = path.join(this.temporary ?? this.folder, OBJECTS, String(Math.floor(serial / FILES_IN_A_FOLDER)));
    if (serial % FILES_IN_A_FOLDER === 0 || !fs.existsSync(folder)) fs.mkdirSync(folder, { recursive: true });
    const extension = /(\.[a-z0-9]{1,10}){1,2}$/i.exec(key)?.[0] ?? ''; // readers of files, DuckDB among them, go by it
    const file = path.join(folder, `${serial}${extension}`);
    const md5 = createHash('md5');
    const descriptor = fs.openSync(`${file}.tmp`, 'w');
    try {
      for (const chunk of chunksOf(content)) {
        md5.update(chunk);
        for (const digest of digests) digest.update(chunk);
        for (let at = 0; at < chunk.length;) at += fs.writeSync(descriptor, chunk, at);
      }
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(`${file}.tmp`, file);
    return { file, size: sizeOf(content), md5: md5.digest() };
  }

  /** Removes bytes when the index that forgets them has been written. */
  discard(file: string): void {
    if (!this.ephemeral && file !== '') this.doomed.push(file);
  }

  /** Removes bytes that nobody reads: at once, unless the saved index names them. */
  discardUnread(file: string): void {
    if (this.saved.has(this.relative(file))) this.discard(file);
    else fs.rmSync(file, { force: true });
  }

  absolute(file: string): string {
    return file === '' ? '' : path.join(this.folder, file);
  }
  relative(file: string): string {
    return file === '' ? '' : path.relative(this.folder, file);
  }

  /** Removes what an ephemeral run wrote. */
  close(): void {
    if (this.temporary !== undefined) fs.rmSync(this.temporary, { recursive: true, force: true });
    this.temporary = undefined;
  }

  /** Names of the files that hold bytes, relative to the folder. */
  private stored(): string[] {
    const root = path.join(this.folder, OBJECTS);
    if (!fs.existsSync(root)) return [];
    return fs
      .readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => this.relative(path.join(entry.parentPath, entry.name)));
  }

  /** Removes what a process wrote that was killed before it could save. */
  private sweep(there: ReadonlySet<string>): void {
    for (const name of there) if (!this.saved.has(name)) fs.rmSync(path.join(this.folder, name), { force: true });
  }
}

function parse(text: string): SavedBucket | undefined {
  try {
    return savedBucket.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // cut short, or another program's; the parser's own message would quote it
  }
}

const filesOf = ({ objects, uploads }: SavedBucket): string[] => [
  ...objects.flatMap(([, versions]) => versions.map(({ file }) => file)),
  ...uploads.flatMap(({ parts }) => parts.map(({ file }) => file)),
];

/** Names of the folders under `root` that hold a bucket. */
export const bucketFolders = (root: string): string[] =>
  fs.existsSync(root) ? fs.readdirSync(root).filter((name) => fs.existsSync(path.join(root, name, INDEX))) : [];
