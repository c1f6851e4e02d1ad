import { failing, from } from './case.ts';

const T = "(values ('a', 1), ('a', 2), ('b', 2), ('b', 5), ('b', null)) as t(k, n)";
const over = (expression: string, order = 'k, n'): string => `select ${expression} from ${T} order by ${order}`;
const column = (...values: readonly (string | null)[]): readonly (readonly (string | null)[])[] => values.map((value) => [value]);

export const WINDOW = [
  ...from('functions/window.html#ranking-functions', [
    [over('cume_dist() over (order by k)'), column('0.4', '0.4', '1.0', '1.0', '1.0'), 'double'], [over('dense_rank() over (order by n)', 'n, k'), column('1', '2', '2', '3', '4'), 'bigint'], ['select ntile(4) over (order by n) from unnest(sequence(1, 6)) as t(n) order by n', column('1', '1', '2', '2', '3', '4'), 'bigint'], [over('percent_rank() over (order by k)'), column('0.0', '0.0', '0.5', '0.5', '0.5'), 'double'],
    [over('rank() over (order by n)', 'n, k'), column('1', '2', '2', '4', '5'), 'bigint'], [over('row_number() over (partition by k order by n desc)'), column('2', '1', '2', '1', '3'), 'bigint'],
  ]),
  ...from('functions/window.html#value-functions', [
    [over('first_value(n) over (partition by k order by n)'), column('1', '1', '2', '2', '2'), 'integer'], [over('last_value(n) over (partition by k order by n)'), column('1', '2', '2', '5', null), 'integer'], [over('last_value(n) ignore nulls over (partition by k order by n)'), column('1', '2', '2', '5', '5'), 'integer'], [over('nth_value(n, 2) over (partition by k order by n rows between unbounded preceding and unbounded following)'), column('2', '2', '5', '5', '5'), 'integer'],
    [over('lag(n) over (order by k, n)'), column(null, '1', '2', '2', '5'), 'integer'], [over('lead(n, 1, 0) over (partition by k order by n)'), column('2', '0', '5', null, '0'), 'integer'], [over('lag(n, 1) ignore nulls over (partition by k order by n desc)'), column('2', null, '5', null, '2'), 'integer'],
  ]),
  ...from('sql/select.html#window-clause', [
    [over('sum(n) over (partition by k order by n)'), column('1', '3', '2', '7', '7'), 'bigint'], [over('sum(n) over (order by n rows between 1 preceding and current row)', 'n, k'), column('1', '3', '4', '7', '5'), 'bigint'], ['select sum(n) over (order by n range between 1 preceding and 1 following) from (values 1, 2, 4) as t(n) order by n', column('3', '3', '4'), 'bigint'], ['select count(*) over (order by n groups between 1 preceding and current row) from (values 1, 1, 2, 3) as t(n) order by n', column('2', '2', '3', '2'), 'bigint'],
    ["select count(*) over (order by d range between interval '1' day preceding and current row) from (values date '2024-01-01', date '2024-01-02', date '2024-01-05') as t(d) order by d", column('1', '2', '1'), 'bigint'], [`select sum(n) over w, count(*) over w from ${T} window w as (partition by k) order by k, n`, [['3', '2'], ['3', '2'], ['7', '3'], ['7', '3'], ['7', '3']], 'bigint'], [`select sum(n) over (w order by n) from ${T} window w as (partition by k) order by k, n`, column('1', '3', '2', '7', '7'), 'bigint'],
    [over('avg(n) over ()'), column('2.5', '2.5', '2.5', '2.5', '2.5'), 'double'], [over('count(*) filter (where n > 1) over (partition by k)'), column('1', '1', '2', '2', '2'), 'bigint'],
  ]),
]; // prettier-ignore

export const WINDOW_FAILURES = failing('functions/window.html', [
  [`select lag(n, -1) over (order by n) from ${T}`, 'INVALID_FUNCTION_ARGUMENT: line 1:8: Offset must be at least 0'],
  [`select rank() from ${T}`, 'MISSING_OVER: line 1:8: Window function rank requires an OVER clause'], [`select nth_value(n, 0) over (order by n) from ${T}`, 'INVALID_FUNCTION_ARGUMENT: line 1:8: Offset must be at least 1'], [`select sum(n) over v from ${T}`, 'INVALID_WINDOW_REFERENCE: line 1:8: Cannot resolve WINDOW name v'], [`select n from ${T} where rank() over (order by n) = 1`, 'EXPRESSION_NOT_SCALAR: WHERE clause cannot contain aggregations, window functions'],
]); // prettier-ignore
