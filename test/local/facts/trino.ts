import { SqlEngine, type Answered } from '../athena/sql/engine.ts';
import type { Fact, FactTable } from './fact.ts';

const TRINO = 'https://trino.io/docs/current/';
const AWS = 'https://docs.aws.amazon.com/athena/latest/ug/';

/** Runs over an engine of its own. */
async function engine<T>(use: (engine: SqlEngine) => Promise<T>): Promise<T> {
  const opened = await SqlEngine.open();
  try {
    return await use(opened);
  } finally {
    opened.close();
  }
}

const answer = async (sql: string): Promise<Answered> => engine((opened) => opened.run(sql));
const column = async (sql: string): Promise<readonly (string | undefined)[]> => (await answer(sql)).rows.map(([value]) => value);
const failure = async (sql: string): Promise<string | undefined> => engine((opened) => opened.failure(sql));

const documented = (says: string, source: string, holds: Fact['holds']): Fact => ({ says, basis: 'documented', source, holds });
const undecided = (says: string, source: string, holds: Fact['holds']): Fact => ({ says, basis: 'undecided', source, holds });
const observed = (says: string, source: string, holds: Fact['holds']): Fact => ({ says, basis: 'observed', source, holds });

export const TRINO_FACTS: FactTable = {
  service: 'Athena SQL (Trino)',
  facts: [
    documented(
      'nulls come last by default, ascending and descending alike',
      `${TRINO}sql/select.html#order-by-clause`,
      async () => {
        expect(await column('select n from (values 1, null, 2) as t(n) order by n')).toEqual(['1', '2', undefined]);
        expect(await column('select n from (values 1, null, 2) as t(n) order by n desc')).toEqual(['2', '1', undefined]);
      },
    ),
    undecided(
      'lists, maps and objects have an order as the text of their JSON; decimals, dates and timestamps in them are cast too, though the page does not name them',
      `${TRINO}functions/json.html#cast-to-json`,
      async () => {
        const values = '(1, array[1.10, 2.00]), (2, array[1.10, null]), (3, null), (4, array[])';
        expect(await column(`select n from (values ${values}) as t(n, l) order by json_format(cast(l as json)) desc`)).toEqual([
          '4',
          '2',
          '1',
          '3',
        ]);
        expect(await column("json_format(cast(array[timestamp '2024-01-02 03:04:05'] as json))")).toEqual([
          '["2024-01-02 03:04:05"]',
        ]);
        expect(await column("json_format(cast(map(array['b', 'a'], array[array[date '2024-01-02'], null]) as json))")).toEqual([
          '{"a":null,"b":["2024-01-02"]}',
        ]);
      },
    ),
    undecided(
      'approx_percentile answers a value of the group, of an even number the upper of the two in the middle, as a digest does that has merged none; over many values Trino may answer one between two',
      `${TRINO}functions/aggregate.html#approximate-aggregate-functions`,
      async () => {
        expect(await column('select approx_percentile(x, 0.5) from (values 1, 2, 3, 4) as t(x)')).toEqual(['3']);
        expect(await column('select approx_percentile(x, 0.5) from unnest(sequence(1, 1000)) as t(x)')).toEqual(['501']);
      },
    ),
    documented(
      'a whole number divided by a whole number is cut to a whole number',
      `${TRINO}functions/math.html#mathematical-operators`,
      async () => {
        expect(await answer('-7 / 2')).toMatchObject({ rows: [['-3']], types: ['integer'] });
      },
    ),
    documented(
      'a quotient of decimals keeps the larger scale and is rounded, not cut',
      `${TRINO}functions/decimal.html#binary-arithmetic-decimal-operators`,
      async () => {
        expect(await answer('2.000 / 3')).toMatchObject({ rows: [['0.667']], types: ['decimal(4,3)'] });
      },
    ),
    documented(
      'a product of decimals adds their precisions and their scales',
      `${TRINO}functions/decimal.html#binary-arithmetic-decimal-operators`,
      async () => {
        expect(await answer('1.5 * 2.25')).toMatchObject({ rows: [['3.375']], types: ['decimal(5,3)'] });
      },
    ),
    documented(
      'whole numbers that overflow their type fail, and are not widened',
      `${TRINO}language/types.html#integer-or-int`,
      async () => {
        expect(await failure('2147483647 + 1')).toBe('NUMERIC_VALUE_OUT_OF_RANGE: integer addition overflow');
      },
    ),
    documented('text is never converted to a number without a cast', `${TRINO}functions/conversion.html`, async () => {
      expect(await failure("1 = '1'")).toContain('TYPE_MISMATCH: ');
      expect(await column("1 = cast('1' as integer)")).toEqual(['true']);
    }),
    documented(
      'TRY turns a division by zero, a bad cast and an overflow into null',
      `${TRINO}functions/conditional.html#try`,
      async () => {
        expect((await answer("try(1 / 0), try(cast('x' as integer)), try(2147483647 + 1)")).rows).toEqual([
          [undefined, undefined, undefined],
        ]);
      },
    ),
    documented(
      'greatest and least are null where one argument is',
      `${TRINO}functions/comparison.html#greatest-and-least`,
      async () => {
        expect((await answer('greatest(1, null), least(1, null)')).rows).toEqual([[undefined, undefined]]);
      },
    ),
    documented(
      'concat of a null is null, and concat_ws passes over it',
      `${TRINO}functions/string.html#string-functions`,
      async () => {
        expect((await answer("concat('a', null), concat_ws('-', 'a', null, 'b')")).rows).toEqual([[undefined, 'a-b']]);
      },
    ),
    documented(
      'array subscripts begin at 1 and fail beyond the end, where element_at gives null',
      `${TRINO}functions/array.html#array-functions`,
      async () => {
        expect((await answer('array[7][1], element_at(array[7], 2), element_at(array[7], -1)')).rows).toEqual([
          ['7', undefined, '7'],
        ]);
        expect(await failure('array[7][2]')).toContain('INVALID_FUNCTION_ARGUMENT: ');
      },
    ),
    documented(
      'weeks are ISO weeks and Sunday is day 7',
      `${TRINO}functions/datetime.html#convenience-extraction-functions`,
      async () => {
        expect(
          (await answer("week(date '2021-01-03'), year_of_week(date '2021-01-03'), day_of_week(date '2021-01-03')")).rows,
        ).toEqual([['53', '2020', '7']]);
      },
    ),
    documented(
      'adding a month to the last day of a longer month gives the last day of the shorter',
      `${TRINO}functions/datetime.html#date-and-time-operators`,
      async () => {
        expect(await column("timestamp '2012-10-31 01:00' + interval '1' month")).toEqual(['2012-11-30 01:00:00.000']);
      },
    ),
    documented(
      'AT TIME ZONE keeps the instant and changes the wall clock',
      `${TRINO}functions/datetime.html#time-zone-conversion`,
      async () => {
        expect(await column("timestamp '2012-10-31 01:00 UTC' at time zone 'America/Los_Angeles'")).toEqual([
          '2012-10-30 18:00:00.000 America/Los_Angeles',
        ]);
      },
    ),
    documented(
      'date_diff counts whole units that have passed, not boundaries that were crossed',
      `${TRINO}functions/datetime.html#interval-functions`,
      async () => {
        expect(await column("date_diff('day', timestamp '2024-01-01 23:00:00', timestamp '2024-01-02 01:00:00')")).toEqual(['0']);
      },
    ),
    undecided("the session's time zone is UTC", `${AWS}data-types-timestamps.html`, async () => {
      expect(await column('current_timezone()')).toEqual(['UTC']);
      expect(await column('current_timestamp')).toEqual(['2024-02-10 08:30:00.000 UTC']);
    }),
    documented(
      'names are found in any case, quoted or not, and a column is headed by the name as the query wrote it',
      `${AWS}tables-databases-columns-names.html`,
      async () => {
        expect(await answer('select "Total", TOTAL, total as "Again" from (values 1) as t(total)')).toMatchObject({
          rows: [['1', '1', '1']],
          labels: ['Total', 'TOTAL', 'Again'],
        });
      },
    ),
    documented(
      'a column without a name is called _col and its place, counted from 0',
      `${TRINO}sql/select.html#select-expressions`,
      async () => {
        expect((await answer('select 1, 2 as two, 3')).labels).toEqual(['_col0', 'two', '_col2']);
      },
    ),
    observed(
      'a column that is not there is told with line and column, and may as well be one that is not allowed',
      'https://github.com/aws-samples/aiml-genai-multimodal-agent/issues/17',
      async () => {
        expect(await failure('select\n  symbol from (values 1) as t(n)')).toBe(
          "COLUMN_NOT_FOUND: line 2:3: Column 'symbol' cannot be resolved or requester is not authorized to access requested resources",
        );
      },
    ),
    documented('backquotes have no place in a query', `${AWS}reserved-words.html`, async () => {
      expect(await failure('select `a` from (values 1) as t(a)')).toContain(
        'backquoted identifiers are not supported; use double quotes to quote identifiers',
      );
    }),
    documented('unnested arrays of different length are filled up with null', `${TRINO}sql/select.html#unnest`, async () => {
      expect((await answer("select * from unnest(array[1], array['x', 'y'])")).rows).toEqual([['1', 'x'], [undefined, 'y']]); // prettier-ignore
    }),
    documented(
      'an array of rows is unnested to one column of rows, where Trino makes a column of each field',
      `${AWS}filtering-with-unnest.html`,
      async () => {
        const items = "array[cast(row('a', 1) as row(sku varchar, qty integer))]";
        expect(await column(`select i.sku from (values 1) as o(n) cross join unnest(${items}) as t(i) where i.qty = 1`)).toEqual([
          'a',
        ]);
      },
    ),
    observed(
      'two arrays of rows are unnested to two columns in engine version 3',
      'https://repost.aws/questions/QUXHNVR7hXQYe1hjyDWxpgqA/athena-engine-v3-errors-in-view-with-unnest',
      async () => {
        const users = "array[cast(row('Bob', 38) as row(name varchar, age integer))]";
        expect((await answer(`select t.* from unnest(${users}, ${users}) t(s, t)`)).rows).toEqual([
          ['{name=Bob, age=38}', '{name=Bob, age=38}'],
        ]);
      },
    ),
    undecided(
      'an array of rows that is unnested to a name for each field is refused with MISMATCHED_COLUMN_ALIASES',
      `${AWS}filtering-with-unnest.html`,
      async () => {
        expect(await failure("select 1 from unnest(array[(1, 'x')]) as t(sku, qty)")).toMatch(/^MISMATCHED_COLUMN_ALIASES: /);
      },
    ),
    documented(
      'approx_distinct stays within its standard error of 2.3 %',
      `${TRINO}functions/aggregate.html#approximate-aggregate-functions`,
      async () => {
        const [[count] = []] = (await answer('select approx_distinct(x) from unnest(sequence(1, 5000)) as t(x)')).rows;
        expect(Math.abs(Number(count) - 5000)).toBeLessThanOrEqual(5000 * 0.023 * 2);
      },
    ),
  ],
};
