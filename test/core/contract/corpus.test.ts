import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Document, isMap, isScalar, isSeq, parse, visit } from 'yaml';
import { ContractError } from '../../../core/contract/fault.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { CONTRACT_SUFFIXES, readContractFile, readContracts } from '../../../core/contract/read-file.ts';
import { OFFICIAL_EXAMPLES, officialExamples, officialProblems, whenOfficial } from '../../support/official-odcs.ts';

const FIXTURES = 'test/fixtures/contracts';
const READER = 'core/contract/read-file.ts';
const EXPECTED = 'expected.txt';

const isUpdate = process.env.UPDATE_CORPUS === '1';
if (isUpdate) console.warn(`UPDATE_CORPUS=1: rewriting every ${EXPECTED} under ${FIXTURES}; nothing is compared`);

const withoutSuffix = (name: string): string => name.replace(/\.odcs\.(yaml|json)$/, '');
const contractsIn = (folder: string): string[] =>
  readdirSync(path.join(FIXTURES, folder))
    .filter((name) => CONTRACT_SUFFIXES.some((suffix) => name.endsWith(suffix)))
    .sort();
const good = contractsIn('good');
const bad = contractsIn('bad');
const folders = readdirSync(path.join(FIXTURES, 'folders')).sort();

interface Outcome {
  readonly text: string;
  readonly isRefused: boolean;
}

/** What is read, or the message of its refusal. */
function outcome(read: () => DataContract | readonly DataContract[]): Outcome {
  try {
    return { text: render(read()), isRefused: false };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { text: `${error.message}\n`, isRefused: true };
  }
}

/** Lists whose items a reviewer reads in one line each. */
const IN_ONE_LINE = ['team', 'roles', 'columns', 'relationships', 'quality'];

function render(contracts: DataContract | readonly DataContract[]): string {
  const document = new Document(contracts, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isSeq(value) && isScalar(key) && IN_ONE_LINE.includes(String(key.value)))
        for (const item of value.items) if (isMap(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

const readOne = (folder: string, name: string): Outcome => outcome(() => readContractFile(path.join(folder, name), name));
const readFolder = (name: string): Outcome => outcome(() => readContracts(path.join(FIXTURES, 'folders', name, 'contracts')));

/** Compares with what is committed; with UPDATE_CORPUS=1 writes it instead, for a person to review. */
function expectCommitted(file: string, text: string): void {
  const place = path.join(FIXTURES, file);
  if (isUpdate) writeFileSync(place, text);
  const committed = existsSync(place) ? readFileSync(place, 'utf8') : `nothing: run with UPDATE_CORPUS=1 to write ${file}`;
  expect(text).toBe(committed);
}

describe('a good file', () => {
  test('is one of 25 at least', () => {
    expect(good.length).toBeGreaterThanOrEqual(25);
  });

  test.each(good)('%s is read as committed', (name) => {
    const { text, isRefused } = readOne(path.join(FIXTURES, 'good'), name);
    expect({ isRefused, text }).toMatchObject({ isRefused: false });
    expectCommitted(`good/${withoutSuffix(name)}.${EXPECTED}`, text);
  });

  whenOfficial.each(good)('%s is valid by the official schema', (name) => {
    expect(officialProblems(parse(readFileSync(path.join(FIXTURES, 'good', name), 'utf8')))).toEqual([]);
  });
});

describe('a bad file', () => {
  test('is one of 80 at least', () => {
    expect(bad.length).toBeGreaterThanOrEqual(80);
  });

  test.each(bad)('%s is refused as committed', (name) => {
    const { text, isRefused } = readOne(path.join(FIXTURES, 'bad'), name);
    expect({ isRefused, text }).toMatchObject({ isRefused: true });
    expectCommitted(`bad/${withoutSuffix(name)}.${EXPECTED}`, text);
  });
});

describe('a folder', () => {
  test.each(folders)('%s is read or refused as committed', (name) => {
    expectCommitted(`folders/${name}/${EXPECTED}`, readFolder(name).text);
  });
});

describe('an official example', () => {
  whenOfficial.each(officialExamples)('%s is read, or refused as committed', (name) => {
    expectCommitted(`official/${withoutSuffix(name)}.${EXPECTED}`, readOne(OFFICIAL_EXAMPLES, name).text);
  });
});

test('fails nowhere for want of a file that was taken away', () => {
  const of = (folder: string, sources: readonly string[]) =>
    sources.map((name) => `${folder}/${withoutSuffix(name)}.${EXPECTED}`);
  const known = [...of('good', good), ...of('bad', bad), ...folders.map((name) => `folders/${name}/${EXPECTED}`)];
  const committed = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(EXPECTED) && !name.startsWith('official/'))
    .sort();
  expect(committed).toEqual(known.sort());
});

describe('every line of every refusal', () => {
  const lines = [...bad.map((name) => readOne(path.join(FIXTURES, 'bad'), name)), ...folders.map(readFolder)]
    .filter(({ isRefused }) => isRefused)
    .flatMap(({ text }) => text.trimEnd().split('\n'));

  /** Codes of faults that stand at no place within a file, and why. */
  const WITHOUT_PLACE: Readonly<Record<string, string>> = { NotAContractFile: 'such a file is not read' };
  const LINE = /^(?<file>[^:\s]+)(?<place>:\d+:\d+)?: (?<code>[A-Z][a-z]+([A-Z][a-z0-9]*)+): (?<message>.+)$/;
  /** A message goes on from the path of what is wrong: what it must be or is, and after a semicolon what to do. */
  const MESSAGE =
    /^('[^ ]+' )?(of '\w+' |of type \w+ )?(must|is|asks|belongs|holds|lists|names|says|stands|would)\b.*[^;]; \S.*[^.\s]$/;

  test('holds file, line, column, code, what is required and a remedy', () => {
    const unfit = lines.filter((line) => {
      const { place, code = '', message = '' } = LINE.exec(line)?.groups ?? {};
      return !MESSAGE.test(message) || (place === undefined) !== code in WITHOUT_PLACE;
    });
    expect(unfit).toEqual([]);
  });

  test('together hold every code that the reader may raise', () => {
    /** Words of the sources that are written like codes. */
    const NO_CODES = ['DataContract', 'ContractError'];
    /** Codes that no file here raises, and who tests them. */
    const ELSEWHERE: Readonly<Record<string, string>> = {
      FileMissing: 'read-file.test.ts, of a path that is none and of a folder',
      TooLarge: 'read-file.test.ts, which makes its ten megabytes',
      ReleasedContractGone: 'test/cli/contracts/commands.test.ts, which releases',
    };
    const raised = new Set(lines.map((line) => LINE.exec(line)?.groups?.code));
    const known = [...sourcesOf(READER)]
      .flatMap((file) => readFileSync(file, 'utf8').match(/'[A-Z][a-z]+([A-Z][a-z0-9]*)+'/g) ?? [])
      .map((quoted) => quoted.slice(1, -1));
    expect(known.length).toBeGreaterThan(50);
    expect([...NO_CODES, ...Object.keys(ELSEWHERE)].filter((word) => !known.includes(word))).toEqual([]);
    const untested = known.filter((code) => !raised.has(code) && !NO_CODES.includes(code) && !(code in ELSEWHERE));
    expect([...new Set(untested)].sort()).toEqual([]);
  });
});

/** The files of `core/contract/`, and of what reads and parses there, that a file is made of, by its imports. */
function sourcesOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !/^core\/contract\/((odcs|parse)\/)?[^/]+$/.test(file)) return found;
  found.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g))
    sourcesOf(path.posix.join(path.dirname(file), name), found);
  return found;
}
