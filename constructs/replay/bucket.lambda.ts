import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { doneKey, progressKey, type Done } from '../../core/replay/layout.ts';
import { splitLines } from '../../core/record/split-lines.ts';
import type { Listed, Listing } from '../../core/replay/list-sources.ts';
import { formatProgress, parseProgress, type Progress } from '../../core/replay/progress.ts';
import { ReplayError } from '../../core/replay/replay-error.ts';
import type { Source } from '../../core/replay/request.ts';

/** A bucket's keys, in their order. */
export class BucketListing implements Listing {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async folders(prefix: string): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { CommonPrefixes = [] } of this.pages({ Prefix: prefix, Delimiter: '/' }))
      found.push(...CommonPrefixes.flatMap(({ Prefix }) => (Prefix === undefined ? [] : [Prefix])));
    return found;
  }

  async *objects(prefix: string, after: string): AsyncGenerator<Listed> {
    const start = after === '' ? {} : { StartAfter: after };
    for await (const { Contents = [] } of this.pages({ Prefix: prefix, ...start }))
      for (const { Key, Size = 0 } of Contents) if (Key !== undefined) yield { key: Key, size: Size };
  }

  private async *pages(query: { readonly Prefix: string; readonly Delimiter?: string; readonly StartAfter?: string }) {
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, ...query, ...(token === undefined ? {} : { ContinuationToken: token }) }),
      );
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }
}

/** The lines of a compressed object, as they are read: no object is ever whole in memory. */
export async function* readLines(client: S3Client, bucket: string, key: string): AsyncGenerator<Uint8Array | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!(Body instanceof Readable)) throw new ReplayError('NoBody', 'S3 must answer with a stream of bytes');
  const plain = createGunzip();
  pipeline(Body, plain, () => undefined); // a fault of either reaches the reader of `plain`
  try {
    yield* splitLines(plain);
  } finally {
    Body.destroy(); // where there was no time for all of it
  }
}

/** What is known of one source object. A mark that another run has written meanwhile is not written over. */
export class Marks {
  private etag: string | undefined;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly source: Source,
    private readonly key: string,
  ) {}

  async readProgress(): Promise<Progress | undefined> {
    const place = { Bucket: this.bucket, Key: progressKey(this.key, this.source) };
    // who may list some prefixes only is told that an object which is missing is denied
    const { KeyCount = 0 } = await this.client.send(
      new ListObjectsV2Command({ Bucket: place.Bucket, Prefix: place.Key, MaxKeys: 1 }),
    );
    if (KeyCount === 0) return undefined;
    const { Body, ETag } = await this.client.send(new GetObjectCommand(place));
    this.etag = ETag;
    return parseProgress((await Body?.transformToString()) ?? '');
  }

  /** @throws {@link ReplayError} `AnotherRun` */
  async writeProgress(progress: Progress): Promise<void> {
    try {
      const { ETag } = await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: progressKey(this.key, this.source),
          Body: formatProgress(progress),
          ContentType: 'application/json',
          ...(this.etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: this.etag }),
        }),
      );
      this.etag = ETag;
    } catch (error) {
      if (error instanceof Error && CONTENDED.includes(error.name))
        throw new ReplayError('AnotherRun', 'one run at a time replays an object, and another does; wait for its end');
      throw error;
    }
  }

  async writeDone(handler: string, done: Done): Promise<void> {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: doneKey(this.key, this.source, handler, done), Body: '' }),
    );
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const CONTENDED = ['PreconditionFailed', 'ConditionalRequestConflict'];
