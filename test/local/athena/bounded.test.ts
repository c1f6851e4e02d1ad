import { bounded, RanAway } from '../../../local/athena/bounded.ts';
import { hivePattern } from '../../../local/athena/statements/text.ts';
import { SqlEngine } from './sql/engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
  engine = await SqlEngine.open();
});
afterAll(() => {
  engine.close();
});

const LONG = 'a'.repeat(60);

test('work is done as it would be without a bound', () => {
  expect(bounded(() => /b/u.test('abc'))).toBe(true);
  expect(() => bounded(() => JSON.parse('{') as unknown)).toThrow(SyntaxError);
});

test('work that backtracks without end is stopped', () => {
  expect(() => bounded(() => /^(?:a+)+$/u.test(`${LONG}b`), 50)).toThrow(RanAway);
});

test('a query with a regular expression that runs away is refused', async () => {
  const query = `select regexp_like(x, '^(a+)+$') from (values '${LONG}b') as t(x)`;
  expect(await engine.failure(query)).toMatch(/^NOT_SUPPORTED: a regular expression that backtracks for seconds/);
  expect((await engine.run("regexp_like('aa', '^(a+)+$')")).rows).toEqual([['true']]);
}, 30_000);

test('what could run away is not tried', async () => {
  for (const pattern of ['(a+)+b', '(a|aa)*b', '(?:(a+)b?){2}'])
    expect(await engine.failure(`try(regexp_like('aab', '${pattern}'))`)).toMatch(/^NOT_SUPPORTED: line 1:12: TRY around/);
  expect((await engine.run("try(regexp_like('aab', '(a)+(b|c)'))")).rows).toEqual([['true']]);
});

test.each([
  ['*logs', ['alb_logs', 'logs'], ['logs_old', 'log']],
  ['a*b*c', ['abc', 'aXbYc', 'abcbc'], ['ab', 'acb', 'abcd']],
  ['ab*ba', ['abba', 'ab_ba'], ['aba']],
  ['one|T.*', ['one', 'two'], ['three1'.slice(1), 'ones']],
  ['a.b', ['a.b'], ['axb']],
])('the pattern %s of SHOW TABLES', (pattern, found, others) => {
  const matches = hivePattern(pattern);
  expect(found.filter(matches)).toEqual(found);
  expect(others.filter(matches)).toEqual([]);
});

test('a pattern of SHOW TABLES does not backtrack', () => {
  expect(hivePattern(`${'*a'.repeat(40)}*b`)(LONG)).toBe(false);
});
