import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { formsOf } from './forms.ts';
import { layersOf } from './layers.ts';
import { PatternIndex } from './pattern-index.ts';

/** A text that was found in a file. */
export interface Hit {
  /** Number of the text in the list that was looked for. */
  readonly text: number;
  readonly form: string;
  /** Within the folder. */
  readonly file: string;
  /** `name` where the file is called so. */
  readonly layer: string;
}

/** What a search went through. */
export interface Searched {
  readonly hits: readonly Hit[];
  readonly files: number;
  /** Of all layers. */
  readonly bytes: number;
}

/** Texts that are looked for in every form. */
export class TextSearch {
  private readonly index: PatternIndex<{ readonly text: number; readonly form: string }>;

  /** @throws RangeError for a text that is too short to be told from chance */
  constructor(texts: readonly string[]) {
    this.index = new PatternIndex(patternsOf(texts));
  }

  /** Forms of all texts, each once. */
  get forms(): number {
    return this.index.size;
  }

  /**
   * Looks into every file of a folder; of each text, form, file and layer one hit.
   *
   * @throws Unsearchable for a file that cannot be opened
   */
  async folder(folder: string): Promise<Searched> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const hits: Hit[] = [];
    let bytes = 0;
    const look = (file: string, layer: string, content: Uint8Array): void => {
      bytes += content.length;
      const seen = new Set<string>();
      this.index.search(content, ({ text, form }) => {
        const key = `${text} ${form}`;
        if (seen.has(key)) return;
        seen.add(key);
        hits.push({ text, form, file, layer });
      });
    };
    try {
      const files = filesIn(folder);
      for (const name of namesIn(folder)) look(name, 'name', Buffer.from(path.basename(name)));
      for (const file of files) {
        for await (const { layer, bytes: content } of layersOf(path.join(folder, file), connection)) look(file, layer, content);
      }
      return { hits, files: files.length, bytes };
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
}

function* patternsOf(texts: readonly string[]) {
  for (const [text, value] of texts.entries()) {
    for (const { form, bytes } of formsOf(value)) yield { bytes, means: { text, form } };
  }
}

/** Paths of all files within a folder; a link is none. */
export const filesIn = (folder: string): readonly string[] =>
  entriesIn(folder)
    .filter(({ isFile }) => isFile)
    .map(({ path: name }) => name);

/** Paths of everything within a folder: files, folders, links, and nothing of what a link leads to. */
const namesIn = (folder: string): readonly string[] => entriesIn(folder).map(({ path: name }) => name);

/** Node's own recursion follows links from version 22 on. */
const entriesIn = (folder: string, within = ''): readonly { readonly path: string; readonly isFile: boolean }[] =>
  readdirSync(path.join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const own = { path: path.join(within, entry.name), isFile: entry.isFile() };
    return entry.isDirectory() ? [own, ...entriesIn(folder, own.path)] : [own];
  });
