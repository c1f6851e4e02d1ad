import { CASES, FAILING_CASES } from './cases/index.ts';
import { SqlEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
  engine = await SqlEngine.open();
});
afterAll(() => {
  engine.close();
});

test.each(CASES.map(({ sql, gives, type, source }) => [sql, gives, type, source] as const))(
  '%s',
  async (...[sql, gives, type]) => {
    const { rows, types } = await engine.run(sql);
    const expected = Array.isArray(gives) ? gives : [[gives]];
    expect(rows.map((row) => row.map((value) => value ?? null))).toEqual(expected);
    expect(types[0]).toBe(type);
  },
);

test.each(FAILING_CASES.map(({ sql, fails }) => [sql, fails] as const))('fails %s', async (...[sql, fails]) => {
  const failure = await engine.failure(sql);
  expect(failure?.slice(0, fails.length)).toBe(fails);
});
