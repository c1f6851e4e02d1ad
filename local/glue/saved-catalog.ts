import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { StateError } from '../state-folder.ts';
import type { GluePartition } from './partition.ts';
import type { GlueDatabase, GlueTable } from './table.ts';

const FILE = 'catalog.json';

const entry = <T extends { readonly CatalogId: string }>(): z.ZodType<T> =>
  z.looseObject({ CatalogId: z.string() }) as unknown as z.ZodType<T>;

const savedCatalog = z.object({
  version: z.literal(1),
  /** Digests of what templates declared, by name. */
  declared: z.record(z.string(), z.string()),
  databases: z.array(
    z.object({
      database: entry<GlueDatabase>(),
      tables: z.array(z.object({ versions: z.array(entry<GlueTable>()).min(1), partitions: z.array(entry<GluePartition>()) })),
    }),
  ),
});

/** A catalog as it lies on disk. */
export type SavedCatalog = z.infer<typeof savedCatalog>;

/** Writes a catalog to `folder`: a process that is killed meanwhile leaves the one that was saved before. */
export function writeCatalog(folder: string, catalog: SavedCatalog): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(catalog), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The catalog that was saved in `folder`; undefined if none was. @throws StateError `StateUnreadable` */
export function readCatalog(folder: string): SavedCatalog | undefined {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return undefined;
  try {
    return savedCatalog.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // the cause stays behind: its words may quote what was saved
    throw new StateError('StateUnreadable', `what was saved of the catalog cannot be read; reset the state to begin anew`);
  }
}
