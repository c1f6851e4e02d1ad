import { make, scripts } from '../script.ts';
import { ALL, FILLED } from './common.ts';

const filled = (...statements: readonly string[]) => [...FILLED, ...statements, ALL];

export const UPDATES = scripts('update', {
  'one row': filled("update t set name = 'z' where id = 2"),
  'old values on the right': filled('update t set amount = amount + id, name = name || cast(amount as varchar)'),
  'columns swap': filled('update t set id = amount, amount = cast(id as integer) where id < 3'),
  'all rows': filled('update t set amount = 0'),
  'no row': filled(
    'update t set amount = 0 where id = 99',
    'update t set amount = 0 where false',
    'update t set amount = 0 where null',
  ),
  'to null': filled('update t set name = null, amount = null where id <= 2'),
  'a predicate that is null takes no row': filled('update t set id = 0 where amount > 5'),
  'a scalar subquery': filled('update t set amount = (select max(amount) + 1 from t) where id = 3'),
  'a correlated subquery': filled('update t set amount = (select cast(count(*) as integer) from t u where u.id <= t.id)'),
  'a subquery in the predicate': filled(
    'update t set amount = -1 where id in (select max(id) from t)',
    'update t set amount = -2 where exists (select 1 from t u where u.id = t.id + 1)',
  ),
  'a subquery of several rows': filled('update t set amount = (select amount from t)'),
  'types that are widened': [
    make('t', { id: 'bigint', d: 'double', c: 'decimal(6, 2)', v: 'varchar' }),
    "insert into t values (1, 0, 0, 'x')",
    "update t set d = 3, c = 2, id = tinyint '4'",
    "update t set c = 1.5, v = cast('ab' as char(4))",
    "update t set d = real '0.5'",
    'select * from t',
  ],
  'types that do not match': filled(
    "update t set id = 'a'",
    'update t set name = 1',
    'update t set amount = id',
    'update t set amount = 1.5',
    'update t set amount = 1e0',
    'update t set amount = true',
    "update t set name = date '2024-01-01'",
    "update t set name = 'x', amount = 'y'",
  ),
  'columns that are not there or twice': filled(
    'update t set nope = 1',
    'update t set amount = nope',
    'update t set amount = 1 where nope = 1',
    'update t set amount = 1, amount = 2',
    'update nope set a = 1',
    'update t set t.amount = 1',
  ),
  'what may not be set': filled(
    'update t set amount = sum(id)',
    'update t set amount = 1 where count(*) > 1',
    'update t set "$path" = \'x\'',
    'update t set amount = default',
  ),
  'an expression that fails': filled(
    'update t set amount = amount / 0 where id = 1',
    'update t set amount = 2147483647 + amount',
  ),
  'twice the same row': filled('update t set amount = amount + 1 where id = 1', 'update t set amount = amount * 2 where id = 1'),
  'names in another case': filled('update T set AMOUNT = 7 where ID = 1', 'update t set "AMOUNT" = 8 where "ID" = 2'),
  'a row moves to another partition': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b'), (3, null)",
    "update t set p = 'b' where id = 1",
    "update t set p = 'c' where p is null",
    'select * from t order by id',
    'select partition.p, sum(record_count) from "t$partitions" group by 1 order by 1',
  ],
  'nested values': [
    make('t', { id: 'integer', r: 'row(x integer, y varchar)', a: 'array(integer)' }),
    "insert into t values (1, row(1, 'a'), array[1])",
    'update t set r = row(r.x + 1, r.y), a = a || 2',
    'update t set r.x = 5',
    'select * from t',
  ],
  'cases and coalesce': filled(
    "update t set name = case when id = 1 then 'one' when name is null then 'none' end, amount = coalesce(amount, -1) where id <> 2",
  ),
  'a value that is narrowed': filled(
    'update t set amount = 3000000000 where id = 1',
    'update t set amount = 2.5 where id = 1',
    'update t set amount = -2.5e0 where id = 2',
    'update t set amount = 1e10',
  ),
  'an alias': filled('update t u set amount = 1', 'update t set amount = t.amount + 1 where t.id = 1'),
});
