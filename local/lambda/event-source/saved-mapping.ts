import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { SavedFile } from '../../saved-file.ts';
import type { EventSourceMapping } from './mapping.ts';

const savedShard = z.object({
  position: z.int(),
  window: z.object({ start: z.number(), state: z.unknown() }).optional(),
});

const savedMapping = z.object({
  version: z.literal(1),
  streamArn: z.string(),
  /** What the template said: with another beginning it is another mapping. */
  start: z.object({ type: z.string(), timestamp: z.number().optional() }),
  created: z.number(),
  result: z.enum(['No records processed', 'OK', 'PROBLEM: Function call failed', 'PROBLEM: Cannot access stream']),
  shards: z.record(z.string(), savedShard),
});

/** Writes how far a mapping has come to `folder`, where it has a file of its own. */
export function saveMapping({ settings, progress }: EventSourceMapping, folder: string): void {
  const { uuid, streamArn, start } = settings;
  new SavedFile(folder, uuid).write({ version: 1, streamArn, start, ...progress }, []);
}

/** Lets a mapping go on from what was saved of it, or begin where nothing was. @throws StateError `StateUnreadable` */
export function restoreMapping(mapping: EventSourceMapping, folder: string): void {
  const { uuid, streamArn, start } = mapping.settings;
  const saved = new SavedFile(folder, uuid).read(savedMapping);
  mapping.resume(saved?.streamArn === streamArn && isDeepStrictEqual(saved.start, start) ? saved : undefined);
}
