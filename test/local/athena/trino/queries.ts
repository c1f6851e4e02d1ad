import type { Random } from '../../../support/random.ts';
import { lines } from './lines.ts';

const ROWS = "(1, 'a', 10e0, 1.5), (2, 'b', -2.5e0, 2.25), (3, null, 0.1e0, -0.5), (null, 'b', null, null), (2, 'a', 7e0, 100.0)";
const TABLES = [
  `(values ${ROWS}) as t(n, s, d, p)`,
  `(select * from (values ${ROWS}) as u(n, s, d, p) where n > 5) as t(n, s, d, p)`,
  `(select * from (values ${ROWS}) as u(n, s, d, p) where n is not null) as t(n, s, d, p)`,
];

const AGGREGATES = lines(`
  count(*)
  count(n)
  count(distinct s)
  sum(n)
  sum(d)
  sum(p)
  sum(distinct n)
  sum(bigint '4611686018427387904' * n)
  avg(n)
  avg(d)
  avg(p)
  min(n)
  max(s)
  max(d)
  min(p)
  max(n, 2)
  min(s, 2)
  min_by(s, n)
  max_by(n, d)
  max_by(s, n, 2)
  array_agg(n order by n)
  array_agg(s order by s desc, n)
  array_agg(distinct n order by n)
  array_agg(n order by n) filter (where n > 1)
  bool_and(n > 0)
  every(n > 1)
  bool_or(n > 2)
  count_if(n > 1)
  approx_distinct(n)
  approx_percentile(n, 0.5)
  approx_percentile(d, 0.9)
  approx_percentile(n, array[0.1, 0.5, 0.9])
  geometric_mean(n)
  stddev(n)
  stddev_pop(d)
  stddev_samp(d)
  variance(n)
  var_pop(d)
  var_samp(n)
  corr(d, n)
  covar_pop(d, n)
  covar_samp(d, n)
  regr_slope(d, n)
  regr_intercept(d, n)
  kurtosis(d)
  skewness(d)
  skewness(n)
  bitwise_and_agg(n)
  bitwise_or_agg(n)
  array_sort(map_entries(histogram(s)))
  array_sort(map_keys(map_agg(n, s)))
  array_sort(map_keys(multimap_agg(s, n)))
  array_sort(map_keys(map_union(map(array[coalesce(s, '')], array[n]))))
  listagg(s, ',') within group (order by s)
  listagg(distinct s) within group (order by s desc)
  sum(n) filter (where s = 'a')
  count(*) filter (where n is null)
  sum(n) + count(*)
  max(n) - min(n)
  cast(sum(n) as double) / count(*)
  coalesce(max(s), 'none')
  arbitrary(7)
`);

const WINDOWS = lines(`
  row_number() over (order by n, s)
  rank() over (order by n)
  dense_rank() over (order by n desc)
  percent_rank() over (order by n)
  cume_dist() over (order by n)
  ntile(2) over (order by n, s)
  ntile(3) over (partition by s order by n)
  lag(n) over (order by n, s)
  lag(n, 2, -1) over (order by n, s)
  lead(s, 1, 'last') over (order by n, s)
  first_value(n) over (partition by s order by n)
  last_value(n) over (partition by s order by n rows between unbounded preceding and unbounded following)
  last_value(n) over (order by n, s)
  nth_value(n, 2) over (order by n, s)
  first_value(n) ignore nulls over (order by n nulls first, s)
  sum(n) over (order by n, s rows between 1 preceding and current row)
  sum(n) over (order by n range between 1 preceding and 1 following)
  sum(n) over (partition by s)
  avg(d) over (order by n, s rows unbounded preceding)
  count(*) over ()
  max(s) over (order by n desc nulls last, s)
  array_agg(n) over (order by n, s rows between current row and 1 following)
  sum(p) over w
  row_number() over (w)
  count(n) over (order by s groups between current row and unbounded following)
`);

const GROUPED = lines(`
  select s, $aggregate from $table group by s order by s
  select s, $aggregate from $table group by 1 order by 1 desc nulls last
  select n > 1, $aggregate from $table group by n > 1 order by 1
  select s, n, $aggregate, grouping(s, n) from $table group by grouping sets ((s), (n), ()) order by 1, 2, 4
  select s, $aggregate from $table group by rollup (s) order by 1, 2
  select n, s, count(*) from $table group by cube (n, s) order by 1, 2, 3
  select s, $aggregate from $table group by s having count(*) > 1 order by s
  select coalesce(s, '?') as s2, $aggregate from $table group by coalesce(s, '?') order by s2
`);

const WHOLE = lines(`
  select distinct s from $table order by s
  select distinct n, s from $table order by n nulls first, s
  select n from $table order by n desc
  select n from $table order by n desc nulls last limit 2
  select n from $table order by n offset 1 limit 2
  select n from $table order by n fetch first 2 rows only
  select s, n from $table order by s nulls first, n desc
  select n, d from $table where d > 0 order by d
  select n from $table where n not in (1, 2) order by n
  select n from $table where n not in (select n from $table where n > 1) order by n
  select n from $table where s is distinct from 'a' order by n
  select n from $table where exists (select 1 from (values 2, 3) as u(m) where m = n) order by n
  select (select max(m) from (values 2, 3) as u(m) where m > n) from $table order by n, s
  select t.n, b.s from $table inner join (values (1, 'x'), (2, 'y'), (2, 'z')) as b(n, s) on t.n = b.n order by 1, 2
  select t.n, b.s from $table left join (values (1, 'x'), (2, 'y')) as b(n, s) on t.n = b.n order by 1, 2, t.s
  select t.n, b.n from $table full outer join (values 2, 9) as b(n) on t.n = b.n order by 1, 2
  select n, b.w from $table join (values (1, 'x'), (3, 'y')) as b(n, w) using (n) order by n
  select t.n, b.n from $table cross join (values 1, 2) as b(n) where t.n < b.n order by 1, 2
  select n, x from $table cross join unnest(array[10, 20]) as u(x) order by n, s, x
  select n, x, o from $table cross join unnest(array['p', 'q']) with ordinality as u(x, o) where n = 1 order by o
  select k, v from unnest(map(array['a', 'b'], array[1, 2])) as u(k, v) order by k
  select a, b from unnest(array[1, 2, 3], array['x']) as u(a, b) order by a
  select n from $table union select 9 order by 1
  select n from $table union all select n from $table order by 1
  select n from $table intersect select 2
  select n from $table except select 2 order by 1
  select n, s from $table intersect select n, s from (values (null, 'b'), (1, 'a')) as u(n, s) order by 1
  with u as (select n * 2 as m from $table) select m from u order by m
  with u(m) as (select n from $table), v as (select m + 1 as w from u) select * from v order by 1
  select * from (select n, row_number() over (partition by s order by n) as r from $table) as x where r = 1 order by n
  select x.m from (select n as m from $table) as x where x.m > 1 order by x.m
  select n as a, a.b from $table cross join (select 5 as b) as a order by 1
  select sum(n) from $table where false
  select count(*) from (select 1 where false)
  select 1 where null
  values (1, 'a'), (2, null)
  select * from (values (1, 2.5), (2.5, 3)) as u(a, b) order by a
  select * from (values (null, 'a'), (1, 'abc')) as u(a, b) order by a
  select case when n > 1 then 'big' when n = 1 then 'one' else null end from $table order by n, s
  select if(n > 1, 'big') from $table order by n, s
  select n / 2, n % 2, -n, n * 1.5, n / 2e0 from $table order by n, s
  select s || '!' , upper(s), length(s) from $table order by n, s
  select n between 1 and 2, n in (1, null), s like 'a%' from $table order by n, s
  select max(n) from $table where n < (select avg(n) from $table)
  select x.n from (select n from $table) as x order by 1
  select sum(sum(n)) over () from $table group by s
  select s, sum(n), rank() over (order by sum(n) desc) from $table group by s order by 1
  select t.* from $table order by n, s
  select t.n from $table where t.n = any (select 2) order by 1
  select t.n from $table where t.n >= all (select n from $table where n is not null) order by 1
  select date '2020-01-31' + interval '1' month, n from $table where n = 1
  select n, sum(n) over w from $table window w as (order by n, s) order by 1, 2
  select try(10 / (n - 1)) from $table order by n, s
  select try_cast(s as integer) from $table order by n, s
  select nullif(s, 'a'), coalesce(n, 0) from $table order by n, s
  select greatest(n, 2), least(d, p) from $table order by n, s
  select transform(array[n, 1], x -> x + n) from $table order by n, s
  select row(n, s) from $table order by n, s
  select array[s, 'z'] from $table order by n, s
  select map_entries(map(array[1], array[s])) from $table order by n, s
  select json_format(cast(array[n] as json)) from $table order by n, s
  select date_add('day', n, date '2020-02-27') from $table order by n, s
  select from_unixtime(n) from $table order by n, s
  select format('%s-%d', s, n) from $table order by n, s
  select element_at(array[n], 1), array[n][1] from $table order by n, s
  select contains(array[1, 2], n) from $table order by n, s
  select substr(s, n) from $table order by n, s
  select rpad(s, 3, '.') from $table order by n, s
  select round(d, 0), round(p, 1), floor(p), ceil(d) from $table order by n, s
  select cast(d as integer), cast(p as integer), cast(d as varchar), cast(p as varchar) from $table order by n, s
  select avg(p), avg(n), sum(d) from $table
  select sequence(1, n) from $table where n is not null order by n, s
  select repeat(s, n) from $table where n is not null order by n, s
`);

/** What Trino refuses, by the names of its errors. */
const WRONG = lines(`
  select nope from $table
  select t.nope from $table
  select x.n from $table
  select n from $table group by s
  select n, count(*) from $table
  select count(*), * from $table
  select sum(sum(n)) from $table
  select count(*) from $table where sum(n) > 1
  select n from $table group by sum(n)
  select n from $table having n > 1
  select n from $table order by 5
  select n from $table group by 1, 2
  select distinct n from $table order by s
  select n as a from $table where a > 1
  select n as a from $table group by a
  select n from $table union select s from $table
  select n, s from $table union select n from $table
  select (select m from (values 1, 2) as u(m)) from $table
  select (select m, 1 from (values 1) as u(m))
  select n from $table where n in (select n, s from $table)
  select n from $table where n = (select n from $table where n is not null)
  select n from $table, (values 1) as u(n)
  select n from (select n, n from $table)
  select * from $table join (values 1) as u(m) on n
  select n from $table where n
  select n from $table where s like 1
  select n from $table where s > 1
  select n between 'a' and 'b' from $table
  select n + s from $table
  select -s from $table
  select not n from $table
  select s || n from $table
  select case when n then 1 end from $table
  select case n when 'a' then 1 end from $table
  select case when n > 1 then n else s end from $table
  select if(n, 1, 2) from $table
  select coalesce(n, s) from $table
  select nullif(n, s) from $table
  select array[n, s] from $table
  select n[1] from $table
  select s.x from $table
  select lower(n) from $table
  select nosuch(n) from $table
  select lower(s, s) from $table
  select rank() from $table
  select lower(s) over () from $table
  select row_number() over () from $table where row_number() over () = 1
  select ntile(0) over (order by n) from $table
  select nth_value(n, 0) over (order by n) from $table
  select sum(n) over (order by n rows between 1 following and 1 preceding) from $table
  select sum(n) over nowhere from $table
  select count(distinct *) from $table
  select sum(s) from $table
  select sum(n, n) from $table
  select max(n, 0) from $table
  select approx_percentile(n, 2) from $table
  select grouping(n) from $table
  select cast(n as date) from $table
  select cast(n as nonsense) from $table
  select extract(year from n) from $table
  select date_trunc('day', n) from $table
  select * from $table cross join unnest(n)
  select * from $table cross join unnest(array[1], array[2]) as u(x)
  select * from u
  with u as (select 1), u as (select 2) select * from u
  with u(a, b) as (select 1) select * from u
  values (1, 2), (1)
  values (1), ('a')
  select from $table
  select n n2 n3 from $table
  select n from $table where
  select n from $table limit -1
  select n from $table limit 1 limit 2
  select 'a' 'b'
  select "n from $table
  select 'n from $table
  select (1
  select 1)
  select 1 +
  select * from (select n from $table) order by nope
  select 1 / (n - 1) from $table
  select cast(s as integer) from $table
  select n from $table natural join (values 1) as u(n)
  select all n from $table where n > all (select s from $table)
  select transform(n, x -> x) from $table
  select transform(array[n], (x, y) -> x) from $table
  select x -> x from $table
  select reduce(array[n], 0, (s, x) -> s) from $table
  select map(array[1, 1], array[1, 2])
  select map(array[1], array[1, 2])
  select map(array[null], array[1])
  select date '2020-02-30'
  select timestamp '2020-01-01 25:00:00'
  select interval 'x' day
  select decimal 'x'
  select X'0'
  select 1.5.5
  select a.b.c.d from $table
`);

/** Whole queries: each aggregate and each window function over some rows, none and fewer, by itself and in groups; and what else a query has. */
export function queries(randomOf: (line: string) => Random): readonly string[] {
  const filled = (line: string, times: number): readonly string[] => {
    const random = randomOf(line);
    return Array.from({ length: times }, () =>
      line.replaceAll('$table', () => random.pick(TABLES)).replaceAll('$aggregate', () => random.pick(AGGREGATES)),
    );
  };
  return [
    ...AGGREGATES.flatMap((aggregate) => [
      ...TABLES.map((table) => `select ${aggregate} from ${table}`),
      ...GROUPED.slice(0, 2).flatMap((line) => filled(line.replace('$aggregate', aggregate), 1)),
    ]),
    ...WINDOWS.flatMap((call) => filled(`select n, s, ${call} from $table window w as (order by n, s) order by n, s`, 1)),
    ...GROUPED.flatMap((line) => filled(line, 3)),
    ...WHOLE.flatMap((line) => filled(line, 2)),
    ...WRONG.flatMap((line) => filled(line, 1)),
  ];
}
