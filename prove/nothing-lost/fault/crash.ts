import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../lake/session.ts';

/** What the deliveries that read streams knew at one time: their checkpoints, and what they had in hand. */
export type Checkpoint = ReadonlyMap<string, Buffer>;

/** Ends the process, and begins another, as though the consumers had never got beyond `checkpoint`. What they wrote since stays. */
export async function fallBack(session: Session, checkpoint: Checkpoint): Promise<void> {
  await session.restart(undefined, (state) => {
    const folder = path.join(state, 'deliveries');
    const names = new Set([...checkpoint.keys()].map(ownerOf));
    for (const file of readdirSync(folder)) if (names.has(ownerOf(file))) rmSync(path.join(folder, file));
    for (const [file, bytes] of checkpoint) writeFileSync(path.join(folder, file), bytes);
  });
}

/** Ends the process and begins another; answers what its consumers of streams knew in between. */
export async function checkpointOf(session: Session): Promise<Checkpoint> {
  const found = new Map<string, Buffer>();
  await session.restart(undefined, (state) => {
    const folder = path.join(state, 'deliveries');
    const files = readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file))] as const);
    const readers = new Set(
      files.filter(([file, bytes]) => file.endsWith('.json') && bytes.includes('"checkpoints"')).map(([file]) => ownerOf(file)),
    );
    for (const [file, bytes] of files) if (readers.has(ownerOf(file))) found.set(file, bytes);
  });
  if (found.size === 0) throw new TypeError('no delivery has a checkpoint');
  return found;
}

/** The delivery that a file is of: names of deliveries have no dot. */
const ownerOf = (file: string): string => file.split('.')[0] ?? '';
