import { make, scripts } from '../script.ts';
import { ALL, FILLED } from './common.ts';

const filled = (...statements: readonly string[]) => [...FILLED, ...statements, ALL];
const DAYS = make('t', { id: 'integer', day: 'date', name: 'varchar' }, 'day');
const days = (...statements: readonly string[]) => [
  DAYS,
  "insert into t values (1, date '2024-01-01', 'a'), (2, date '2024-01-01', 'b'), (3, date '2024-01-02', 'c'), (4, null, 'd')",
  ...statements,
  ALL,
];
const LAST = `select operation, element_at(summary, 'deleted-records') deleted, element_at(summary, 'total-records') total from "t$snapshots" order by committed_at desc limit 1`;

export const DELETES = scripts('delete', {
  'one row': filled('delete from t where id = 2'),
  'all rows without a predicate': filled(
    'delete from t',
    'select count(*) from "t$files"',
    LAST,
    "insert into t values (9, 'i', 1)",
  ),
  'all rows by a predicate': filled('delete from t where true', 'select count(*) from "t$files"'),
  'no row': filled('delete from t where id = 99', 'delete from t where false', 'delete from t where null'),
  'a predicate that is null takes no row': filled('delete from t where amount > 15', "delete from t where name <> 'a'"),
  nulls: filled('delete from t where name is null'),
  'a subquery': filled(
    'delete from t where id = (select max(id) from t)',
    'delete from t where id not in (select id from t where amount is null)',
  ),
  'a correlated subquery': filled('delete from t where exists (select 1 from t u where u.id = t.id + 1)'),
  'an expression': filled('delete from t where amount % 20 = 0 or length(name) = 1 and id < 2'),
  twice: filled('delete from t where id = 1', 'delete from t where id = 1', 'delete from t where id = 2'),
  'a whole partition': days(
    "delete from t where day = date '2024-01-01'",
    LAST,
    'select partition.day, record_count from "t$partitions" order by 1',
  ),
  'the partition of nulls': days('delete from t where day is null', LAST),
  'a part of a partition': days("delete from t where day = date '2024-01-01' and name = 'a'", "delete from t where name = 'b'"),
  'several partitions': days("delete from t where day >= date '2024-01-01'"),
  'all partitions': days('delete from t', 'select count(*) from "t$partitions"', LAST),
  'by a transform of its partitioning': [
    make('t', { id: 'integer', ts: 'timestamp(6)' }, 'day(ts)'),
    "insert into t values (1, timestamp '2024-01-01 01:00:00'), (2, timestamp '2024-01-01 23:00:00'), (3, timestamp '2024-01-02 00:00:00')",
    "delete from t where ts < timestamp '2024-01-02 00:00:00'",
    "delete from t where date(ts) = date '2024-01-02'",
    'select * from t',
  ],
  'in an empty table': [DAYS, 'delete from t', 'delete from t where id = 1', ALL],
  'what fails': filled(
    'delete from t where nope = 1',
    'delete from nope',
    "delete from t where id = 'a'",
    'delete from t where id',
    'delete from t where amount / 0 = 1',
    'delete from t u where u.id = 1',
  ),
});
