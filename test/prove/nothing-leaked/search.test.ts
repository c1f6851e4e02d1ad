import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fold } from '../../../prove/nothing-leaked/search/fold.ts';
import { formsOf } from '../../../prove/nothing-leaked/search/forms.ts';
import { pagesOf } from '../../../prove/nothing-leaked/search/parquet-pages.ts';
import { PatternIndex } from '../../../prove/nothing-leaked/search/pattern-index.ts';
import { TextSearch } from '../../../prove/nothing-leaked/search/search-folder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'search-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('overlooks the case of ASCII letters and white space, and nothing else', () => {
  expect(Buffer.from(fold(Buffer.from('Ab \t\r\nZ[é-1'))).toString()).toBe('abz[é-1');
});

test('knows a text in each of its forms once', () => {
  const forms = formsOf('Zorviq Makelu').map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
  expect(new Set(forms).size).toBe(forms.length);
  expect(forms).toEqual(expect.arrayContaining(['Zorviq Makelu', 'ZorviqMakelu', 'ulekaM qivroZ', 'Zorviq%20Makelu']));
});

describe('an index of patterns', () => {
  const found = (patterns: readonly string[], text: string): string[] => {
    const all: string[] = [];
    const index = new PatternIndex(patterns.map((each) => ({ bytes: Buffer.from(each), means: each })));
    index.search(Buffer.from(text), (means) => all.push(means));
    return all;
  };

  test.each([
    ['at the beginning', ['abcdefgh'], 'abcdefgh and more', ['abcdefgh']],
    ['at the end', ['abcdefgh'], 'more and abcdefgh', ['abcdefgh']],
    ['twice', ['abcdefgh'], 'abcdefghabcdefgh', ['abcdefgh', 'abcdefgh']],
    ['that overlap', ['abcdefghij', 'cdefghijkl'], 'xabcdefghijkl', ['abcdefghij', 'cdefghijkl']],
    ['of which one begins another', ['abcdefgh', 'abcdefghij'], 'abcdefghij', ['abcdefgh', 'abcdefghij']],
    ['folded', ['Abcd Efgh'], 'a B\nc d eFGh', ['Abcd Efgh']],
    ['not where the text ends too early', ['abcdefghij'], 'abcdefghi', []],
    ['not where one byte differs', ['abcdefghij'], 'abcdefghix', []],
    ['of digits among fewer than a digest has', ['19420309'], `${'e'.repeat(23)}19420309`, ['19420309']],
    ['of digits between marks', ['19420309'], `${'e'.repeat(32)}/19420309/${'e'.repeat(32)}`, ['19420309']],
    ['not of digits within a digest', ['19420309'], `${'e'.repeat(12)}19420309${'A'.repeat(12)}`, []],
    ['of a date alone', ['19420309'], 'x:19420309,', ['19420309']],
    ['not of digits within a checksum', ['19420309'], '"_content_hash":1942030977,"b":219420309', []],
    ['of digits with a time behind them', ['19420309'], '19420309101', ['19420309']],
    ['of a number as long as a checksum', ['1942030977'], '"a":1942030977', ['1942030977']],
    ['of letters beside a digest', ['makelu19'], `${'e'.repeat(40)}makelu19`, ['makelu19']],
    ['that are as long as a digest', ['a1'.repeat(16)], `${'e'.repeat(8)}${'a1'.repeat(16)}`, ['a1'.repeat(16)]],
  ])('finds patterns %s', (_, patterns, text, expected) => {
    expect(found(patterns, text)).toEqual(expected);
  });

  test('tells everything that a pattern stands for', () => {
    const all: number[] = [];
    const bytes = Buffer.from('abcdefgh');
    new PatternIndex([1, 2].map((means) => ({ bytes, means }))).search(bytes, (means) => all.push(means));
    expect(all).toEqual([1, 2]);
  });

  test('fails on a pattern that would be found by chance', () => {
    expect(() => found(['a b c d e f g'], '')).toThrow('must have 8 bytes or more, got 7');
  });
});

test.each([
  ['ends too early', [0x15]],
  ['says no size', [0x15, 0x00, 0x00]],
  ['says more bytes than there are', [0x15, 0x00, 0x15, 0x10, 0x15, 0x10, 0x00, 0x61]],
])('fails on a page whose header %s', (_, bytes) => {
  const chunk = { start: 0, length: bytes.length, compression: 'SNAPPY' };
  expect(() => [...pagesOf(Uint8Array.from(bytes), chunk)]).toThrow();
});

test('a link is looked at by its name, and not into', async () => {
  const [run, elsewhere] = ['run', 'elsewhere'].map((name) => path.join(folder, name)) as [string, string];
  for (const made of [run, elsewhere]) mkdirSync(made);
  writeFileSync(path.join(elsewhere, 'zorviqmakelu.txt'), 'zorviqmakelu');
  symlinkSync(elsewhere, path.join(run, 'linkedmakelu'));
  const { hits } = await new TextSearch(['zorviqmakelu', 'linkedmakelu']).folder(run);
  expect([...new Set(hits.map(({ text, layer, file }) => `${text} ${layer} ${file}`))]).toEqual(['1 name linkedmakelu']);
});

test('fails on a file that it cannot open', async () => {
  writeFileSync(path.join(folder, 'x.zip'), 'PK\x03\x04 and more');
  await expect(new TextSearch(['Zorviq Makelu']).folder(folder)).rejects.toMatchObject({ code: 'Unsearchable' });
});
