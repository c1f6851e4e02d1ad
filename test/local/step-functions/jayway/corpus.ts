import { createHash } from 'node:crypto';
import { Random } from '../../../support/random.ts';
import type { Question } from './answers.ts';
import { CASES } from './cases.ts';
import { BARE, DOCUMENTS } from './documents.ts';
import { broken, grown } from './grown.ts';

/** How many paths grow in a document, and of how many others each of them is asked. */
const GROWN = 60;
const OTHERS = 1;
/** How many paths that grew in a document are broken. */
const BROKEN = 12;

const ALL = [...DOCUMENTS, ...BARE];

/** Each document has choices of its own, so that another document moves nothing. */
const randomOf = (document: unknown): Random =>
  new Random(createHash('sha256').update(JSON.stringify(document)).digest().readUInt32BE());

/** What is asked: the same on every run. */
export function corpus(): { readonly documents: readonly unknown[]; readonly questions: readonly Question[] } {
  const places = new Map<string, number>();
  const paths = new Map<string, Set<number>>();
  const ask = (path: string, document: unknown): void => {
    const text = JSON.stringify(document);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    paths.set(path, (paths.get(path) ?? new Set()).add(place));
  };
  for (const document of DOCUMENTS) {
    const random = randomOf(document);
    for (let turn = 0; turn < GROWN; turn += 1) {
      const path = grown(document, random);
      ask(path, document);
      for (let other = 0; other < OTHERS; other += 1) ask(path, random.pick(ALL));
    }
  }
  for (const document of DOCUMENTS) {
    const random = randomOf({ broken: document });
    for (let turn = 0; turn < BROKEN; turn += 1) ask(broken(grown(document, random), random), document);
  }
  for (const [path, document] of CASES) ask(path, document);
  return {
    documents: [...places.keys()].map((text) => JSON.parse(text) as unknown),
    questions: [...paths].map(([path, asked]) => ({ path, documents: [...asked] })),
  };
}
