import * as z from 'zod';
import { texts } from '../texts.ts';
import { scale } from './reshard.ts';
import { restoreTags } from '../restore-tags.ts';
import { SavedFile } from '../saved-file.ts';
import { Shard } from './shard.ts';
import type { Stream, StreamSettings } from './stream.ts';

const segment = z.object({
  file: z.string(),
  start: z.int(),
  count: z.int(),
  length: z.int(),
  arrivals: z.array(z.tuple([z.int(), z.number()])),
});

const savedShard = z.object({
  index: z.int(),
  range: z.object({ start: z.string(), end: z.string() }),
  began: z.number(),
  parents: z.array(z.string()),
  closedAt: z.number().optional(),
  /** Position of the first record. */
  start: z.int(),
  segments: z.array(segment).default([]),
  /** The one file that earlier versions wrote for a shard. */
  records: z.string().optional(),
});

/** What the template said, so that a later one that says otherwise wins over what was changed by calls. */
const declared = z.object({
  shardCount: z.int().optional(),
  retentionHours: z.number().optional(),
  maxRecordKib: z.number().optional(),
  /** Absent from what earlier versions saved. */
  tags: texts.optional(),
});

const savedStream = z.object({
  version: z.literal(1),
  arn: z.string(),
  created: z.number(),
  declared,
  mode: z.enum(['ON_DEMAND', 'PROVISIONED']),
  retentionHours: z.number(),
  maxRecordKib: z.number(),
  tags: texts,
  rescaled: z.array(z.number()),
  switched: z.array(z.number()),
  nextIndex: z.int(),
  shards: z.array(savedShard),
});

/** Writes what a stream holds to `folder`, where it has its files. */
export function saveStream(stream: Stream, folder: string): void {
  stream.settle();
  stream.expire();
  const file = new SavedFile(folder, stream.settings.name);
  const shards = stream.shards.map((shard) => ({
    index: shard.index,
    range: { start: String(shard.range.start), end: String(shard.range.end) },
    began: shard.began,
    parents: shard.parents,
    closedAt: shard.closedAt,
    start: shard.start,
    segments: shard.fileAll().map(({ file: name, start, count, length, arrivals }) => ({
      file: name,
      start,
      count,
      length,
      arrivals,
    })),
  }));
  const { mode, retentionHours, maxRecordKib, tags, rescaled, switched, created, shardsMade, settings } = stream;
  file.write(
    {
      version: 1,
      arn: settings.arn,
      created,
      declared: declaredBy(settings),
      mode,
      retentionHours,
      maxRecordKib,
      tags: Object.fromEntries(tags),
      rescaled,
      switched,
      nextIndex: shardsMade,
      shards,
    },
    shards.flatMap(({ segments }) => segments.map((each) => each.file)),
  );
}

/** Takes over what was saved of a stream. What its template says otherwise than the last one did, holds from now on. @throws StateError `StateUnreadable` */
export function restoreStream(stream: Stream, folder: string): void {
  const file = new SavedFile(folder, stream.settings.name);
  const saved = file.read(savedStream);
  if (saved?.arn !== stream.settings.arn) return;
  const shards = saved.shards.map((each) => {
    const range = { start: BigInt(each.range.start), end: BigInt(each.range.end) };
    const shard = new Shard({ ...each, range }, stream.files);
    const segments = each.segments.map((one) => ({ ...one, folder }));
    for (const one of segments) stream.files.check(one);
    shard.resume({ ...each, segments });
    if (each.records !== undefined) {
      for (const record of stream.files.read({ folder, file: each.records })) shard.append(record);
    }
    return shard;
  });
  const now = declaredBy(stream.settings);
  const before = saved.declared;
  const mode = now.shardCount === before.shardCount ? saved.mode : stream.mode;
  const { created, rescaled, switched, nextIndex } = saved;
  if (now.retentionHours === before.retentionHours) stream.retain(saved.retentionHours); // before the records: none may expire under the other
  stream.restore({ shards, nextIndex, mode, created });
  stream.rescaled = rescaled;
  stream.switched = switched;
  if (now.maxRecordKib === before.maxRecordKib) stream.maxRecordKib = saved.maxRecordKib;
  restoreTags(stream.tags, { tags: saved.tags, declared: before.tags });
  if (now.shardCount !== undefined && now.shardCount !== before.shardCount) scale(stream, now.shardCount);
}

function declaredBy({ shardCount, retentionHours, maxRecordKib, tags = {} }: StreamSettings): z.infer<typeof declared> {
  return { shardCount, retentionHours, maxRecordKib, tags };
}
