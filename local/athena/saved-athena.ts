import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { StateError } from '../state-folder.ts';
import type { Execution } from './execution.ts';
import type { NamedQuery } from './named-queries.ts';
import type { PreparedStatement } from './prepared-statements.ts';

const FILE = 'athena.json';

const saved = z.object({
  version: z.literal(1),
  /** In order of their submission. */
  executions: z.array(
    z.looseObject({ id: z.string(), submitted: z.number(), state: z.string() }) as unknown as z.ZodType<Execution>,
  ),
  prepared: z.array(z.looseObject({ name: z.string(), workGroup: z.string() }) as unknown as z.ZodType<PreparedStatement>),
  named: z.array(z.looseObject({ id: z.string() }) as unknown as z.ZodType<NamedQuery>),
});

/** What Athena keeps beside the results, which lie in S3. */
export type SavedAthena = z.infer<typeof saved>;

/** Writes the history to `folder`: a process that is killed meanwhile leaves the one that was saved before. */
export function writeHistory(folder: string, history: SavedAthena): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(history), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The history that was saved in `folder`; undefined if none was. @throws StateError `StateUnreadable` */
export function readHistory(folder: string): SavedAthena | undefined {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return undefined;
  try {
    return saved.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // the cause stays behind: its words may quote what was saved
    throw new StateError('StateUnreadable', 'what was saved of the queries cannot be read; reset the state to begin anew');
  }
}
