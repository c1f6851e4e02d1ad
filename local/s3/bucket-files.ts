import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { STORAGE_CLASSES, type ObjectVersion } from './object-version.ts';

const FILES_IN_A_FOLDER = 1000;
const INDEX = 'index.json';

/** What a bucket is made from: the properties of `AWS::S3::Bucket` that have an effect here. */
const settings = z.strictObject({
  name: z.string(),
  arn: z.string(),
  region: z.string(),
  kmsKeyArn: z.string().optional(),
  bucketKeyEnabled: z.boolean(),
  versioned: z.boolean(),
  lifecycle: z.unknown().optional(),
});
const version = z.strictObject({
  versionId: z.string(),
  size: z.number(),
  etag: z.string(),
  lastModified: z.number(),
  storageClass: z.enum(STORAGE_CLASSES),
  file: z.string(),
  contentType: z.string(),
  metadata: z.record(z.string(), z.string()),
  deleteMarker: z.boolean(),
});
const index = z.strictObject({
  format: z.literal(1),
  settings,
  created: z.number(),
  serial: z.number(),
  objects: z.array(z.tuple([z.string(), z.array(version)])),
});

/** A bucket's index as it is kept between processes: paths of files are relative to the bucket's folder. */
export type SavedBucket = z.infer<typeof index>;

/**
 * The folder of a bucket: `index.json`, and the bytes of objects under names that owe nothing to their keys.
 *
 * The index never names a file that is not there: bytes are written before it, and removed after it. An ephemeral folder is read only;
 * new bytes then go to a temporary folder.
 */
export class BucketFiles {
  private readonly folder: string;
  private readonly ephemeral: boolean;
  private temporary: string | undefined;
  private doomed: string[] = [];

  constructor(folder: string, { ephemeral }: { ephemeral: boolean }) {
    this.folder = folder;
    this.ephemeral = ephemeral;
  }

  /** @throws Error for an index that this version did not write */
  read(): SavedBucket | undefined {
    const file = path.join(this.folder, INDEX);
    if (!fs.existsSync(file)) return undefined;
    const parsed = index.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    if (!parsed.success) throw new Error(`'${file}' is not an index of this version of headwaters; delete the folder it lies in`);
    return parsed.data;
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
  }

  /** Writes an object's bytes and answers their file. A file that a crash left without an index entry is overwritten. */
  store(serial: number, key: string, body: Buffer): string {
    if (this.ephemeral) this.temporary ??= fs.mkdtempSync(path.join(os.tmpdir(), 'headwaters-s3-'));
    const folder = path.join(this.temporary ?? this.folder, 'objects', String(Math.floor(serial / FILES_IN_A_FOLDER)));
    if (serial % FILES_IN_A_FOLDER === 0 || !fs.existsSync(folder)) fs.mkdirSync(folder, { recursive: true });
    const extension = /(\.[a-z0-9]{1,10}){1,2}$/i.exec(key)?.[0] ?? ''; // readers of files, DuckDB among them, go by it
    const file = path.join(folder, `${serial}${extension}`);
    fs.writeFileSync(file, body);
    return file;
  }

  /** Removes an object's bytes when the index that forgets them has been written. */
  discard({ file, deleteMarker }: ObjectVersion): void {
    if (!this.ephemeral && !deleteMarker) this.doomed.push(file);
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
}

/** Names of the folders under `root` that hold a bucket. */
export const bucketFolders = (root: string): string[] =>
  fs.existsSync(root) ? fs.readdirSync(root).filter((name) => fs.existsSync(path.join(root, name, INDEX))) : [];
