import { catalogueOf } from '../../../prove/nothing-wider/matrix/catalogue.ts';
import { parseGolden, renderGolden, type GoldenRow } from '../../../prove/nothing-wider/matrix/golden.ts';
import type { Row } from '../../../prove/nothing-wider/matrix/rows.ts';
import {
  checkWidenings,
  readWidenings,
  renew,
  writeWidenings,
  type Widening,
} from '../../../prove/nothing-wider/matrix/widenings.ts';

const row: Row = {
  actor: 'steward',
  whose: 'own domain',
  what: 's3:bucket Raw',
  action: 's3:ListBucket',
  when: 's3:prefix is a',
  only: '',
};
const first: Widening = {
  id: 'first',
  date: '2026-01-01',
  who: 'the team',
  what: 'everything there was',
  why: 'the list begins here, and every row was reviewed',
};
const second: Widening = { ...first, id: 'second', what: 'steward may s3:GetObject too' };
const matrix = (...rows: readonly Row[]) => new Map([['dev', rows]]);
const begun = renew(matrix(row), new Map(), [first]);

test('the first list is tied to the entry that is open, and sealed', () => {
  expect(begun.unexplained).toEqual([]);
  expect(begun.golden.get('dev')).toEqual([{ ...row, since: 'first' }]);
  expect(checkWidenings(begun.entries, begun.golden)).toEqual([]);
});

test.each([
  ['another action', { ...row, action: 's3:GetObject' }],
  ['a condition that is gone', { ...row, when: '' }],
  ['another value', { ...row, when: 's3:prefix is a or b' }],
  ['a neighbour', { ...row, whose: 'another domain' }],
  ['another actor', { ...row, actor: 'analyst' }],
])('fails for %s without an entry that says why', (_, wider) => {
  expect(renew(matrix(row, wider), begun.golden, begun.entries).unexplained).toEqual([expect.stringContaining(wider.action)]);
});

test('what got narrower keeps its entry', () => {
  const { golden, unexplained, entries } = renew(
    matrix({ ...row, when: 's3:prefix is a and transport is TLS 1.2' }),
    begun.golden,
    begun.entries,
  );
  expect([unexplained, golden.get('dev')?.map(({ since }) => since)]).toEqual([[], ['first']]);
  expect(checkWidenings(entries, golden)).toEqual([]);
});

const wider = renew(matrix(row, { ...row, action: 's3:GetObject' }), begun.golden, [...begun.entries, second]);

test('a wider row is tied to the entry that says why', () => {
  expect(wider.golden.get('dev')?.map(({ action, since }) => [action, since])).toEqual([
    ['s3:ListBucket', 'first'],
    ['s3:GetObject', 'second'],
  ]);
  expect(checkWidenings(wider.entries, wider.golden)).toEqual([]);
});

test('fails for an entry that does not name what it lets in', () => {
  const entries = renew(matrix(row, { ...row, action: 's3:GetObject' }), begun.golden, [
    ...begun.entries,
    { ...second, what: 'steward may more' },
  ]).entries;
  expect(checkWidenings(entries, wider.golden)).toEqual([
    "'second' lets in something that its 'what' does not name: s3:GetObject",
  ]);
});

test('fails for a row that was added to an old entry by hand', () => {
  const forged = new Map([['dev', [...(begun.golden.get('dev') ?? []), { ...row, action: 's3:GetObject', since: 'first' }]]]);
  expect(checkWidenings(begun.entries, forged)).toEqual([
    expect.stringContaining("'first' is not sealed as its rows and words stand"),
  ]);
});

test('fails for a row of no entry, and for an entry of no row', () => {
  const without = new Map([
    [
      'dev',
      [
        { ...row, since: 'first' },
        { ...row, action: 's3:GetObject', since: 'nobody' },
      ],
    ],
  ]);
  expect(checkWidenings(begun.entries, without)).toEqual(["no entry says why the rows of 'nobody' were let in"]);
  expect(checkWidenings(wider.entries, begun.golden)).toEqual(["'second' let in nothing that stands: it is stale, take it out"]);
});

test('an entry that nothing stands of any more goes with its last row', () => {
  expect(renew(matrix(row), wider.golden, wider.entries).entries.map(({ id }) => id)).toEqual(['first']);
});

test('the log and the list are read as they were written', async () => {
  expect(readWidenings(writeWidenings(wider.entries))).toEqual(wider.entries);
  const catalogue = await catalogueOf(['s3']);
  const all = (catalogue.byKind.get('s3:object') ?? []).toSorted();
  const every = all.slice(1).map((action): GoldenRow => ({
    actor: 'a',
    whose: 'the platform',
    what: 's3:object B/*',
    action,
    when: 'tls is on',
    only: 'b, c',
    since: 'first',
  }));
  const text = renderGolden('dev', [{ ...row, since: 'first' }, ...every], catalogue);
  expect(text).toContain(`  every action on s3:object but ${all[0]} when tls is on only of b, c [first]`);
  const sort = (rows: readonly GoldenRow[]) => rows.map((one) => JSON.stringify(one)).sort();
  expect(sort(parseGolden(text, catalogue))).toEqual(sort([{ ...row, since: 'first' }, ...every]));
});
