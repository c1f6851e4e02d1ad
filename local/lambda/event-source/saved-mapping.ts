import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { SavedFile } from '../../saved-file.ts';
import { StateError } from '../../state-folder.ts';
import type { EventSourceMapping } from './mapping.ts';

const savedShard = z.object({
  position: z.int(),
  behind: z.array(z.int()).optional(),
  window: z.object({ start: z.number(), state: z.unknown() }).optional(),
});

const savedMapping = z.object({
  version: z.literal(1),
  streamArn: z.string(),
  functionArn: z.string().optional(),
  /** What the template said: with another beginning it is another mapping. */
  start: z.object({ type: z.string(), timestamp: z.number().optional() }),
  created: z.number(),
  result: z.enum(['No records processed', 'OK', 'PROBLEM: Function call failed', 'PROBLEM: Cannot access stream']),
  shards: z.record(z.string(), savedShard),
});

/** Writes how far a mapping has come to `folder`, where it has a file of its own. */
export function saveMapping({ settings, progress }: EventSourceMapping, folder: string): void {
  const { uuid, streamArn, functionArn, start } = settings;
  new SavedFile(folder, uuid).write({ version: 1, streamArn, functionArn, start, ...progress }, []);
}

/**
 * Removes what is saved of mappings that are no more: who brings one back makes a new one.
 *
 * @param isGone Tells from a mapping's function whether it is no more. @default - each that is not kept
 */
export function forgetMappings(folder: string, kept: readonly string[], isGone?: (functionArn: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    const uuid = path.basename(file, '.json');
    if (!file.endsWith('.json') || kept.includes(uuid)) continue;
    if (isGone === undefined || isGone(savedFunction(folder, uuid) ?? '')) rmSync(path.join(folder, file));
  }
}

/** Undefined where none was saved, or nothing that can be read: whoever takes it over is told. */
function savedFunction(folder: string, uuid: string): string | undefined {
  try {
    return new SavedFile(folder, uuid).read(savedMapping)?.functionArn;
  } catch (error) {
    if (error instanceof StateError) return undefined;
    throw error;
  }
}

/** Lets a mapping go on from what was saved of it, or begin where nothing was. @throws StateError `StateUnreadable` */
export function restoreMapping(mapping: EventSourceMapping, folder: string): void {
  const { uuid, streamArn, start } = mapping.settings;
  const saved = new SavedFile(folder, uuid).read(savedMapping);
  mapping.resume(saved?.streamArn === streamArn && isDeepStrictEqual(saved.start, start) ? saved : undefined);
}
