import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import { PLANTED_FILES, type PlantedFile } from './plants/planted-files.ts';
import { WAYS, type Way } from './plants/ways.ts';
import { TextSearch } from './search/search-folder.ts';
import { Draw } from './values/draw.ts';
import { knownText } from './values/known-text.ts';

/** Texts for each kind of file, and for each way of writing. */
export interface Counts {
  readonly kind: number;
  readonly way: number;
}
const TEXTS: Readonly<Record<Scale, Counts>> = { quick: { kind: 1, way: 6 }, full: { kind: 6, way: 60 } };
/** Texts that are planted nowhere: what is found of them would be found anywhere. */
const ABSENT = 1000;
/** Findings of one sort that are told. */
const MOST_TOLD = 10;
const FREE = { kind: 'string', maxLength: 40 } as const;

interface Planted {
  /** Number of the text. */
  readonly text: number;
  readonly what: string;
  /** Where it must be found. @default - in any layer */
  readonly layer?: string;
}

/**
 * A search that finds nothing proves something if it would have found. Texts as people write them, with spaces, capitals, accents and quotes,
 * are planted in each kind of file that a platform writes, and in a file of text in each way in which a program may write or mangle them.
 */
export const searchFindsPlanted: Claim = {
  id: 'search-finds-planted',
  says: 'The search for leaks finds a value planted in each kind of file and in each form, and none that is not there.',
  prove: async (scale) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-planted-'));
    try {
      return await plantAndSearch(folder, TEXTS[scale]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Plants texts in a folder and looks for them. @throws ClaimFails for what is not found, and for what is found where it is not */
export async function plantAndSearch(
  folder: string,
  each: Counts,
  files: Readonly<Record<string, PlantedFile>> = PLANTED_FILES,
  writing: Readonly<Record<string, Way>> = WAYS,
): Promise<string> {
  const kinds = Object.entries(files);
  const ways = Object.entries(writing);
  const texts = Array.from({ length: each.kind * kinds.length + each.way * ways.length + ABSENT }, (_, number) => textOf(number));
  const planted: Planted[] = [];
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const [what, { layer, write }] of kinds) {
    for (let count = 0; count < each.kind; count += 1) {
      const number = planted.push({ text: planted.length, what, layer }) - 1;
      await write({ folder: plotOf(folder, number), text: texts[number] ?? '', connection });
    }
  }
  connection.closeSync();
  instance.closeSync();
  for (const [what, write] of ways) {
    for (let count = 0; count < each.way; count += 1) {
      const number = planted.push({ text: planted.length, what }) - 1;
      const surrounded = Buffer.concat([
        Buffer.alloc(count, 'x'),
        Buffer.from(write(texts[number] ?? '', count)),
        Buffer.from('x'),
      ]);
      writeFileSync(path.join(plotOf(folder, number), 'notes.txt'), surrounded);
    }
  }

  const search = new TextSearch(texts);
  const { hits } = await search.folder(folder);
  const found = new Set(hits.flatMap(({ text, file, layer }) => (plotIn(file) === text ? [`${text} ${layer}`, `${text} `] : [])));
  const unseen = planted.filter(({ text, layer = '' }) => !found.has(`${text} ${layer}`)).map(({ what }) => what);
  const elsewhere = hits.filter(({ text, file }) => plotIn(file) !== text);
  const findings = [
    ...[...new Set(unseen)].map(
      (what) => `planted as ${what}, ${unseen.filter((other) => other === what).length} texts are not found`,
    ),
    ...elsewhere
      .slice(0, MOST_TOLD)
      .map(({ text, file, form }) => `text ${text} is found as ${form} in ${file}, where it is not`),
  ];
  if (findings.length > 0) throw new ClaimFails(findings);
  return `${planted.length} texts in ${kinds.length} kinds of files and ${ways.length} ways of writing, ${search.forms.toLocaleString('en-US')} forms; of ${ABSENT} texts that are nowhere, none is found`;
}

function textOf(number: number): string {
  const known = knownText(FREE, number, new Draw(`planted/${number}`));
  if (known === undefined) throw new RangeError('a free text always has room');
  return known.text;
}

function plotOf(folder: string, number: number): string {
  const plot = path.join(folder, String(number));
  mkdirSync(plot, { recursive: true });
  return plot;
}

const plotIn = (file: string): number => Number(file.split(path.sep)[0]);
