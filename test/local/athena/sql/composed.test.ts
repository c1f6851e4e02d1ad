import fc from 'fast-check';
import { SUPPORTED_FUNCTIONS } from '../../../../local/athena/sql/supported.ts';
import { CASES } from './cases/index.ts';
import { SqlEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
  engine = await SqlEngine.open();
});
afterAll(() => {
  engine.close();
});

const expressions = CASES.map(({ sql }) => sql).filter((sql) => !/^\(?(?:select|with|values)\b/i.test(sql));

/** Words that only the engine uses; a client must never read them. */
const ENGINE_WORDS = /duckdb|binder|catalog error|candidate|macro|\bhw_|STRUCT|LIST|BIGINT\[|INTERNAL|LINE 1/;

const one = fc.constantFrom(...expressions);
const name = fc.constantFrom(
  ...[...SUPPORTED_FUNCTIONS].filter(
    (word) => !['cast', 'try_cast', 'extract', 'listagg', 'position', 'grouping'].includes(word),
  ),
);
const operator = fc.constantFrom('+', '-', '*', '/', '%', '||', '=', '<>', '<', '>=', 'and', 'or', 'is distinct from');

const composed = fc.oneof(
  fc.tuple(one, operator, one).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  fc
    .tuple(name, fc.array(one, { minLength: 1, maxLength: 3 }))
    .map(([fn, args]) => `${fn}(${args.map((arg) => `(${arg})`).join(', ')})`),
  fc.tuple(one, one, one).map(([a, b, c]) => `case when (${a}) is null then (${b}) else (${c}) end`),
  fc.tuple(one, one).map(([a, b]) => `coalesce(try((${a})), (${b}))`),
  fc.tuple(one, one).map(([a, b]) => `array[(${a}), (${b})]`),
  fc
    .tuple(
      one,
      fc.constantFrom(
        'varchar',
        'bigint',
        'double',
        'decimal(10,2)',
        'date',
        'timestamp',
        'json',
        'boolean',
        'array(varchar)',
        'map(varchar, json)',
      ),
    )
    .map(([a, type]) => `cast((${a}) as ${type})`),
  fc.tuple(name, one, one).map(([fn, a, b]) => `transform(array[(${a})], x -> ${fn}(x, (${b})))`),
  fc.tuple(name, one).map(([fn, a]) => `${fn}(x) from (select (${a}) as x) as t group by x order by 1`),
  fc.tuple(name, one).map(([fn, a]) => `${fn}(x) over (partition by x order by x) from (select (${a}) as x) as t`),
);

test('whatever is put together from the list answers, or fails in the words of Trino', async () => {
  await fc.assert(
    fc.asyncProperty(composed, async (expression) => {
      const failure = await engine.failure(`select ${expression}`);
      if (failure === undefined) return;
      expect(failure).toMatch(/^[A-Z_]+: /);
      expect(failure).not.toMatch(ENGINE_WORDS);
      expect(failure).not.toContain('GENERIC_INTERNAL_ERROR');
    }),
    { numRuns: 400 },
  );
});
