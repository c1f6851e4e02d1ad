import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogueOf } from './catalogue.ts';
import { parseGolden, renderGolden } from './golden.ts';
import { ENVIRONMENT_NAMES } from './read-platform.ts';
import { readWidenings, renew, writeWidenings, type Goldens, type Widening } from './widenings.ts';
import { workOut } from './work-out.ts';

const FOLDER = 'test/prove/nothing-wider/golden';
const WIDENINGS = 'prove/nothing-wider/matrix/widenings.yaml';
const SUFFIX = '.txt';

/** The committed lists, by environment, and the log of what widened them. */
export interface Committed {
  readonly goldens: Goldens;
  readonly widenings: readonly Widening[];
}

/** Reads the committed lists of every environment. */
export async function readCommitted(): Promise<Committed> {
  const texts = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter((file) => file.endsWith(SUFFIX))
        .map((file) => [path.basename(file, SUFFIX), readFileSync(path.join(FOLDER, file), 'utf8')] as const)
    : [];
  const spoken = texts.flatMap(([, text]) => [...text.matchAll(/every action on ([\w-]+):/g)].map(([, service = '']) => service));
  const catalogue = await catalogueOf([...new Set(spoken)]);
  return {
    goldens: new Map(texts.map(([name, text]) => [name, parseGolden(text, catalogue)])),
    widenings: existsSync(WIDENINGS) ? readWidenings(readFileSync(WIDENINGS, 'utf8')) : [],
  };
}

/**
 * Writes the lists of all environments anew.
 *
 * @throws Error where somebody may do more than before and no entry of the log says why
 */
export async function renewCommitted(): Promise<void> {
  const { goldens, widenings } = await readCommitted();
  const worked = new Map<string, Awaited<ReturnType<typeof workOut>>>();
  for (const name of ENVIRONMENT_NAMES) worked.set(name, await workOut(name));
  const { golden, entries, unexplained } = renew(
    new Map([...worked].map(([name, { rows }]) => [name, rows])),
    goldens,
    widenings,
  );
  if (unexplained.length > 0) {
    throw new Error(
      `${unexplained.length} rows are wider than before; say what and why in an entry of ${WIDENINGS} without 'sealed', then renew:\n${unexplained.join('\n')}`,
    );
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, { catalogue }] of worked)
    writeFileSync(path.join(FOLDER, name + SUFFIX), renderGolden(name, golden.get(name) ?? [], catalogue));
  writeFileSync(WIDENINGS, writeWidenings(entries));
}
