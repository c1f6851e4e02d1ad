import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { ClaimFails } from '../../claim.ts';
import type { Places } from '../places.ts';
import { filesIn, TextSearch } from '../search/search-folder.ts';
import { Draw } from '../values/draw.ts';
import { plantInCopy } from './plant-in-copy.ts';

/** What a file is, as far as a search may treat it in its own way: where it stands, and what its name ends with. */
function kindOf(file: string, places: Places): string {
  const { place } = places.of(file);
  const kind = path.extname(file).slice(1) || path.basename(file).replaceAll(/\d+/g, '0');
  return `${place}: ${kind}`;
}

/**
 * Plants a text of its own in a copy of one file of each kind that a run has written, and looks for them all.
 *
 * @returns how many kinds there are
 * @throws ClaimFails for a kind in which the search finds nothing: it proves nothing then
 */
export async function plantInKinds(run: string, places: Places): Promise<number> {
  const size = (file: string): number => statSync(path.join(run, file)).size;
  const bySize = filesIn(run).toSorted((one, other) => size(one) - size(other));
  const samples = new Map(bySize.map((file) => [kindOf(file, places), file])); // the largest: an empty one has no place for anything
  const folder = path.join(run, 'planted');
  const kinds = [...samples];
  const texts = kinds.map((_, number) => new Draw(`plant/${number}`)).map((draw) => `${draw.word(9)} ${draw.word(9)}`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const [number, [, file]] of kinds.entries())
      await plantInCopy(
        path.join(run, file),
        path.join(folder, String(number), path.basename(file)),
        texts[number] ?? '',
        connection,
      );
    const { hits } = await new TextSearch(texts).folder(folder);
    const found = new Set(hits.filter(({ text, file }) => file.startsWith(`${text}/`)).map(({ text }) => text));
    const unseen = kinds
      .filter((_, number) => !found.has(number))
      .map(([kind]) => `what is planted in a file of '${kind}' is not found`);
    if (unseen.length > 0) throw new ClaimFails(unseen);
    return kinds.length;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
