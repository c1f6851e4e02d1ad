import { failing, from } from './case.ts';

const T = "(values (1, 'a', 10e0), (2, 'b', 20e0), (3, null, 60e0), (null, 'b', null)) as t(n, s, d)";
const of = (expression: string): string => `select ${expression} from ${T}`;

export const AGGREGATE = [
  ...from('functions/aggregate.html#general-aggregate-functions', [
    [of('any_value(1)'), '1', 'integer'], [of('arbitrary(1)'), '1', 'integer'], [of('array_agg(n order by n desc)'), '[3, 2, 1, null]', 'array(integer)'], [of('array_agg(distinct s order by s)'), '[a, b, null]', 'array(varchar(1))'], [of('array_agg(s order by s) filter (where s is not null)'), '[a, b, b]', 'array(varchar(1))'],
    [of('avg(n)'), '2.0', 'double'], ['select avg(x) from (values 1.0, 2.0, 2.5) as t(x)', '1.8', 'decimal(2,1)'], ["select avg(x) from (values interval '1' day, interval '3' day) as t(x)", '2 00:00:00.000', 'interval day to second'], [of('bool_and(n > 0)'), 'true', 'boolean'], [of('every(n > 1)'), 'false', 'boolean'], [of('bool_or(n > 2)'), 'true', 'boolean'],
    [of('count(*)'), '4', 'bigint'], [of('count(n)'), '3', 'bigint'], [of('count(distinct s)'), '2', 'bigint'], [of('count_if(n > 1)'), '2', 'bigint'], [of('geometric_mean(n)'), '1.8171205928321397', 'double'],
    ["select listagg(value, ',') within group (order by value) from (values 'a', 'c', 'b') t(value)", 'a,b,c', 'varchar'], ["select id, listagg(value, ',') within group (order by o) from (values (100, 1, 'a'), (200, 3, 'c'), (200, 2, 'b')) t(id, o, value) group by id order by id", [['100', 'a'], ['200', 'b,c']], 'integer'],
    ["select country, listagg(city, ',') within group (order by population desc) filter (where population >= 10_000_000) from (values ('India', 'Bangalore', 13_700_000), ('India', 'Chennai', 12_200_000), ('India', 'Ranchi', 1_547_000), ('Austria', 'Vienna', 1_897_000)) t(country, city, population) group by country order by country", [['Austria', null], ['India', 'Bangalore,Chennai']], 'varchar(7)'],
    [of('max(d)'), '60.0', 'double'], [of('max(n, 2)'), '[3, 2]', 'array(integer)'], [of('min(s)'), 'a', 'varchar(1)'], [of('min(n, 2)'), '[1, 2]', 'array(integer)'], [of('max_by(s, n)'), null, 'varchar(1)'], [of('min_by(s, n)'), 'a', 'varchar(1)'], [of('max_by(n, d, 2)'), '[3, 2]', 'array(integer)'],
    [of('sum(n)'), '6', 'bigint'], [of('sum(d)'), '90.0', 'double'], ['select sum(x) from (values 1.10, 2.25) as t(x)', '3.35', 'decimal(38,2)'], [of('sum(n) filter (where n > 1)'), '5', 'bigint'], [of('sum(n) / count(*)'), '1', 'bigint'], ['select sum(n) from (values 1) as t(n) where n > 1', null, 'bigint'],
  ]),
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/util/MinMaxCompare.java', [
    ['select max(x), min(x) from (values 1, 3, 5, nan()) as t(x)', [['5.0', '1.0']], 'double'], ['select max(x), min(x) from (values nan(), nan()) as t(x)', [['NaN', 'NaN']], 'double'], ['select max(x) from (values nan(), null) as t(x)', 'NaN', 'double'],
    ['select max(x) over (order by y) from (values (nan(), 1), (1e0, 2), (nan(), 3)) as t(x, y)', [['NaN'], ['1.0'], ['1.0']], 'double'], ['select min_by(y, x) from (values (nan(), 1), (1e0, 2)) as t(x, y)', '2', 'integer'],
  ]),
  ...from('functions/aggregate.html#bitwise-aggregate-functions', [['select bitwise_and_agg(x) from (values 6, 3) as t(x)', '2', 'bigint'], ['select bitwise_or_agg(x) from (values 6, 3) as t(x)', '7', 'bigint']]),
  ...from('functions/aggregate.html#map-aggregate-functions', [
    [of('histogram(s)'), '{a=1, b=2}', 'map(varchar(1), bigint)'], ['select map_agg(k, v) from (values (1, 10), (2, 20)) as t(k, v)', '{1=10, 2=20}', 'map(integer, integer)'], ["select map_union(m) from (values map(array['x'], array[1]), map(array['y'], array[2])) as t(m)", '{x=1, y=2}', 'map(varchar(1), integer)'],
    ['select multimap_agg(k, v) from (values (1, 10), (2, 20), (1, 30)) as t(k, v)', '{1=[10, 30], 2=[20]}', 'map(integer, array(integer))'],
  ]),
  ...from('functions/aggregate.html#approximate-aggregate-functions', [
    [of('approx_distinct(s)'), '2', 'bigint'], [of('approx_distinct(s, 0.1)'), '2', 'bigint'], ['select abs(approx_distinct(x) - 1000) <= 46 from unnest(sequence(1, 1000)) as t(x)', 'true', 'boolean'], ['select approx_percentile(x, 0.5) between 490 and 510 from unnest(sequence(1, 1000)) as t(x)', 'true', 'boolean'], [of('approx_percentile(d, 0.5)'), '20.0', 'double'],
    [of('skewness(n)'), '0.0', 'double'], [of('approx_percentile(n, array[0.1, 0.9])'), '[1, 3]', 'array(bigint)'], 
  ]),
  ...from('https://github.com/airlift/airlift/blob/223/stats/src/main/java/io/airlift/stats/TDigest.java', [
    ['select approx_percentile(x, 0.5) from (values 1, 2, 3, 4) as t(x)', '3', 'bigint'], ['select approx_percentile(x, array[0.25, 0.75, 0, 1]) from (values 4, null, 3, 2, 1) as t(x)', '[2, 4, 1, 4]', 'array(bigint)'], ['select approx_percentile(x, 0.5) from (values 1.5e0, 2.5e0) as t(x)', '2.5', 'double'],
    ['select approx_percentile(x, array[0.5]) from (values 1) as t(x) where x > 1', null, 'array(bigint)'], ['select y, approx_percentile(x, 0.5) from (values (1, 1), (2, 1), (3, 2)) as t(x, y) group by y order by y', [['1', '2'], ['2', '3']], 'integer'],
  ]),
  ...from('functions/aggregate.html#statistical-aggregate-functions', [
    ['select corr(x, x) from (values 1e0) as t(x)', null, 'double'], ['select corr(y, x) from (values (1, 2), (2, 2)) as t(y, x)', null, 'real'], ['select regr_slope(x, x) from (values 1e0) as t(x)', null, 'double'], ['select regr_slope(y, x) from (values (1, 2), (2, 2)) as t(y, x)', null, 'real'], ['select regr_slope(y, x) over () from (values (1, 1), (3, 2)) as t(y, x) limit 1', '2.0', 'real'],
    ['select corr(y, x) from (values (1, 2), (2, 4), (3, 6)) as t(x, y)', '1.0', 'real'], ['select covar_pop(y, x) from (values (1, 2), (2, 4), (3, 6)) as t(x, y)', '1.3333334', 'real'], ['select covar_samp(y, x) from (values (1, 2), (2, 4), (3, 6)) as t(x, y)', '2.0', 'real'], ['select regr_slope(y, x) from (values (1, 2), (2, 4), (3, 6)) as t(x, y)', '2.0', 'real'],
    ['select regr_intercept(y, x) from (values (1, 3), (2, 5), (3, 7)) as t(x, y)', '1.0', 'real'], ['select stddev(x) from (values 1, 2, 3) as t(x)', '1.0', 'double'], ['select stddev_samp(x) from (values 1, 2, 3) as t(x)', '1.0', 'double'], ['select round(stddev_pop(x), 6) from (values 1, 2, 3) as t(x)', '0.816497', 'double'], ['select variance(x) from (values 1, 2, 3) as t(x)', '1.0', 'double'],
    ['select var_samp(x) from (values 1, 2, 3) as t(x)', '1.0', 'double'], ['select var_pop(x) from (values 2, 4) as t(x)', '1.0', 'double'], ['select round(kurtosis(x), 6) from (values 1, 2, 3, 4) as t(x)', '-1.2', 'double'], ['select stddev(x) from (values 1) as t(x)', null, 'double'],
  ]),
  ...from('sql/select.html#complex-grouping-operations', [
    ["select a, b, sum(n) from (values ('x', 'p', 1), ('x', 'q', 2), ('y', 'p', 3)) as t(a, b, n) group by rollup (a, b) order by a, b", [['x', 'p', '1'], ['x', 'q', '2'], ['x', null, '3'], ['y', 'p', '3'], ['y', null, '3'], [null, null, '6']], 'varchar(1)'],
    ["select a, sum(n) from (values ('x', 1), ('y', 3)) as t(a, n) group by grouping sets ((a), ()) order by a", [['x', '1'], ['y', '3'], [null, '4']], 'varchar(1)'], ["select count(*) from (values ('x', 'p'), ('y', 'q')) as t(a, b) group by cube (a, b) order by 1", [['1'], ['1'], ['1'], ['1'], ['1'], ['1'], ['2']], 'bigint'],
    ["select a, grouping(a, b), count(*) from (values ('x', 'p')) as t(a, b) group by grouping sets ((a, b), (a), ()) order by 2", [['x', '0', '1'], ['x', '1', '1'], [null, '3', '1']], 'varchar(1)'], ["select s, count(*) from (values 'a', 'b', 'b') as t(s) group by 1 having count(*) > 1", [['b', '2']], 'varchar(1)'],
  ]),
]; // prettier-ignore

export const AGGREGATE_FAILURES = failing('functions/aggregate.html', [
  ['select max(a) from (values array[1, null], array[1, 2]) as t(a)', 'NOT_SUPPORTED: the order of arrays or rows'], ['select max_by(b, a) from (values (array[1, 3], 1), (array[1, null], 2)) as t(a, b)', 'NOT_SUPPORTED: the order of arrays or rows'],
  ['select approx_percentile(x, 2, 0.5) from (values 1) as t(x)', "NOT_SUPPORTED: line 1:8: 'approx_percentile' with weights is not on the tested list"], ['select approx_percentile(x, 1.5) from (values 1) as t(x)', 'INVALID_FUNCTION_ARGUMENT: Percentile must be between 0 and 1'],
  ['select max_by(y, x) from (values (nan(), 1), (1e0, 2)) as t(x, y)', 'NOT_SUPPORTED: NaN is not on the tested list'], ['select max(x, 2) from (values nan(), 1e0) as t(x)', 'NOT_SUPPORTED: NaN is not on the tested list'],
  [of('n, count(*)'), 'EXPRESSION_NOT_AGGREGATE'], [of('sum(s)'), 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (varchar(1)) for function sum'], [of('sum(sum(n))'), 'NESTED_AGGREGATION'], ['select sum(x) from (values 9223372036854775807, 1) as t(x)', 'NUMERIC_VALUE_OUT_OF_RANGE'], ['lower(distinct s)', 'FUNCTION_NOT_AGGREGATE: line 1:8'],
  [of('lower(s) over ()'), 'FUNCTION_NOT_WINDOW: line 1:8: Not a window function: lower'], [of('checksum(n)'), "FUNCTION_NOT_FOUND: line 1:8: Function 'checksum' is not on the tested list"],
]); // prettier-ignore
