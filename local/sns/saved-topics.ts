import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { SavedFile } from '../saved-file.ts';
import { KNOWN } from '../sqs/index.ts';
import type { Fifo } from './fifo.ts';

const saved = z.object({ version: z.literal(1), numbered: z.int(), known: z.array(z.tuple([z.string(), KNOWN])) });

/** Writes what FIFO topics know to a folder of its own. @param isGone Whether a topic of which something is saved is no more */
export function saveFifos(folder: string, fifos: ReadonlyMap<string, Fifo>, isGone: (name: string) => boolean): void {
  for (const [name, { numbered, deduplication }] of fifos)
    new SavedFile(folder, name).write({ version: 1, numbered, known: deduplication.saved }, []);
  for (const name of savedNames(folder)) if (isGone(name)) new SavedFile(folder, name).remove();
}

/** @throws StateError `StateUnreadable` */
export function restoreFifo(folder: string, name: string, fifo: Fifo): void {
  const found = new SavedFile(folder, name).read(saved);
  if (found === undefined) return;
  fifo.numbered = found.numbered;
  fifo.deduplication.restore(found.known);
}

function savedNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'));
}
