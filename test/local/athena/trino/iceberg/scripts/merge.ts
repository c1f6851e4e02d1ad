import { make, scripts } from '../script.ts';
import { ALL, FILLED } from './common.ts';

const source = (...rows: readonly string[]) =>
  `merge into t using (values ${rows.join(', ')}) as s(id, name, amount) on t.id = s.id`;
const merged = (...statements: readonly string[]) => [...FILLED, ...statements, ALL];
const SOME = source("(1, 'x', 100)", "(3, 'y', 300)", "(4, 'z', 400)");
const UPSERT =
  'when matched then update set name = s.name, amount = s.amount when not matched then insert (id, name, amount) values (s.id, s.name, s.amount)';

export const MERGES = scripts('merge', {
  upsert: merged(`${SOME} ${UPSERT}`),
  'update only': merged(`${SOME} when matched then update set amount = t.amount + s.amount`),
  'insert only': merged(`${SOME} when not matched then insert values (s.id, s.name, s.amount)`),
  'delete only': merged(`${SOME} when matched then delete`),
  'delete, update and insert by conditions': merged(
    `${SOME} when matched and s.amount > 200 then delete when matched then update set name = s.name when not matched and s.amount > 1000 then insert (id) values (s.id) when not matched then insert (id, name) values (s.id, 'new')`,
  ),
  'the first case that holds wins': merged(
    `${SOME} when matched and s.id = 1 then update set name = 'first' when matched and s.id = 1 then delete when matched then update set name = 'rest'`,
  ),
  'what falls in no case stays': merged(
    `${SOME} when matched and s.id = 99 then delete when not matched and s.id = 99 then insert values (s.id, s.name, s.amount)`,
  ),
  'a condition that is null does not hold': merged(
    `${SOME} when matched and t.amount > 5 then delete when matched and not (t.amount > 5) then delete when matched then update set amount = -1`,
  ),
  'conditions over both sides': merged(
    `${SOME} when matched and t.name < s.name and t.amount < s.amount then update set name = t.name || s.name, amount = s.amount - t.amount`,
  ),
  'no match': merged(`${source("(7, 'x', 1)")} when matched then delete`),
  'on false': merged(
    `merge into t using (values (1, 'x')) s(id, name) on false when matched then delete when not matched then insert (id, name) values (s.id, s.name)`,
  ),
  'on true with one row': merged(
    `merge into t using (values 5) s(n) on true when matched then update set amount = n when not matched then insert (id) values (n)`,
  ),
  'an empty source': merged(
    `merge into t using (select * from t where false) s on t.id = s.id when matched then delete when not matched then insert values (s.id, s.name, s.amount)`,
  ),
  'an empty target': [make('t', { id: 'bigint', name: 'varchar', amount: 'integer' }), `${SOME} ${UPSERT}`, ALL],
  'null keys match nothing': merged(
    "insert into t values (null, 'n', 1)",
    `${source("(cast(null as bigint), 'm', 2)", "(1, 'x', 5)")} ${UPSERT}`,
  ),
  'null keys match by is not distinct from': merged(
    "insert into t values (null, 'n', 1)",
    "merge into t using (values (cast(null as bigint), 'm', 2)) as s(id, name, amount) on t.id is not distinct from s.id when matched then update set name = s.name",
  ),
  'two source rows update one target row': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched then update set name = s.name`,
  ),
  'two source rows delete one target row': merged(`${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched then delete`),
  'two source rows that are alike': merged(`${source("(1, 'x', 1)", "(1, 'x', 1)")} when matched then delete`),
  'two source rows, the second in no case': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 1 then update set name = s.name`,
  ),
  'two source rows, the first in no case': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 2 then delete`,
  ),
  'two source rows, one updates and one deletes': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 1 then update set name = s.name when matched then delete`,
  ),
  'two source rows, both in no case': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 3 then delete when not matched then insert values (s.id, s.name, s.amount)`,
  ),
  'two source rows, two cases that update': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 1 then update set name = s.name when matched then update set name = 'other'`,
  ),
  'two source rows, two cases that delete': merged(
    `${source("(1, 'x', 1)", "(1, 'y', 2)")} when matched and s.amount = 1 then delete when matched then delete`,
  ),
  'two source rows, the first of no key': merged(
    `${source("(cast(null as bigint), 'x', 1)", "(cast(null as bigint), 'y', 2)")} when matched then delete when not matched and s.amount = 1 then insert values (s.id, s.name, s.amount)`,
  ),
  'two source rows are both inserted': merged(`${source("(8, 'x', 1)", "(8, 'y', 2)")} ${UPSERT}`),
  'one source row matches several target rows': merged(
    'merge into t using (values 2) s(n) on t.id <= n when matched then update set amount = n',
  ),
  'target rows that are alike': merged("insert into t values (1, 'a', 10)", `${source("(1, 'x', 100)")} ${UPSERT}`),
  'a table as the source': [
    ...FILLED,
    make('s', { id: 'bigint', name: 'varchar' }),
    "insert into s values (2, 'two'), (5, 'five')",
    'merge into t using s on t.id = s.id when matched then update set name = s.name when not matched then insert (id, name) values (id, name)',
    'merge into t using s on t.id = s.id when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name)',
    ALL,
  ],
  'the target as the source': merged(
    'merge into t using t as s on t.id = s.id + 1 when matched then update set name = s.name when not matched then insert (id, name) values (s.id + 100, s.name)',
  ),
  'the target as the source without an alias': merged('merge into t using t on t.id = t.id when matched then delete'),
  'a subquery with aggregates as the source': merged(
    'merge into t using (select id % 2 as k, cast(sum(amount) as integer) as total from t group by 1) s on t.id = s.k when matched then update set amount = s.total',
  ),
  'an alias of the target': merged(
    `merge into t as d using (values (1, 'x')) as s(id, name) on d.id = s.id when matched then update set name = d.name || s.name`,
    `merge into t d using (values (2, 'x')) s(id, name) on d.id = s.id when matched then delete`,
  ),
  'an alias hides the name of the target': merged(
    `merge into t as d using (values 1) as s(k) on t.id = s.k when matched then delete`,
    `merge into t as d using (values 1) as s(k) on d.id = s.k when matched then update set d.name = 'x'`,
  ),
  'names without a table': merged(
    "merge into t using (values (1, 'x')) s(k, label) on id = k when matched then update set name = label when not matched then insert values (k, label, 0)",
  ),
  'a name that both sides have': merged(
    "merge into t using (values (1, 'x')) s(id, name) on t.id = s.id when matched then update set name = name",
  ),
  'a subquery in a condition': merged(
    `${SOME} when matched and s.amount = (select max(amount) * 5 from t) then delete when matched then update set amount = (select count(*) from t)`,
    `${SOME} when matched and s.amount in (select 100) then delete`,
  ),
  'a correlated subquery in a condition': merged(
    `${SOME} when matched and exists (select 1 from t u where u.id = s.id + 1) then delete when matched then update set amount = (select cast(count(*) as integer) from t u where u.id <= s.id)`,
  ),
  'a subquery in ON': merged(
    `merge into t using (values 1) s(k) on t.id = (select max(k) from (values 1) x(k)) when matched then delete`,
  ),
  'a subquery in what is set': merged(
    `${SOME} when matched then update set amount = (select max(amount) from t)`,
    `${SOME} when not matched then insert (id, amount) values (s.id, (select min(amount) from t))`,
  ),
  'insert without a list of columns': merged(
    `${SOME} when not matched then insert values (s.id, s.name)`,
    `${SOME} when not matched then insert values (s.id, s.name, s.amount, 1)`,
  ),
  'insert of another number of values': merged(
    `${SOME} when not matched then insert (id, name) values (s.id)`,
    `${SOME} when not matched then insert (id) values (s.id, s.name)`,
  ),
  'insert of a part of the columns in another order': merged(
    `${SOME} when not matched then insert (amount, id) values (s.amount, s.id)`,
  ),
  'a target column in an insert': merged(`${SOME} when not matched then insert (id, name) values (s.id, t.name)`),
  'a target column in the condition of an insert': merged(
    `${SOME} when not matched and t.id is null then insert (id) values (s.id)`,
  ),
  'types that are widened': [
    make('t', { id: 'bigint', d: 'double', c: 'decimal(6, 2)' }),
    'insert into t values (1, 0, 0)',
    "merge into t using (values (integer '1', 3), (2, 4)) s(k, v) on t.id = s.k when matched then update set d = s.v, c = s.v when not matched then insert values (s.k, s.v, 1.5)",
    'select * from t order by id',
  ],
  'types that do not match': merged(
    `${SOME} when matched then update set amount = s.name`,
    `${SOME} when matched then update set name = s.amount`,
    `${SOME} when not matched then insert (id, name) values (s.name, s.id)`,
    `${SOME} when not matched then insert (amount) values (1.5)`,
    `${SOME} when matched then update set amount = t.id`,
    "merge into t using (values 'a') s(k) on t.id = s.k when matched then delete",
    'merge into t using (values 1) s(k) on 1 when matched then delete',
    'merge into t using (values 1) s(k) on t.id = s.k when matched and s.k then delete',
  ),
  'columns that are not there or twice': merged(
    `${SOME} when matched then update set nope = 1`,
    `${SOME} when matched then update set amount = s.nope`,
    `${SOME} when matched then update set amount = 1, amount = 2`,
    `${SOME} when not matched then insert (id, nope) values (1, 2)`,
    `${SOME} when not matched then insert (id, id) values (1, 2)`,
    `merge into t using (values 1) s(k) on t.nope = s.k when matched then delete`,
    'merge into nope using (values 1) s(k) on nope.id = s.k when matched then delete',
    'merge into t using nope on t.id = nope.id when matched then delete',
  ),
  'shapes that are none': merged(
    SOME,
    `${SOME} when matched then insert values (1, 2, 3)`,
    `${SOME} when not matched then delete`,
    `${SOME} when not matched then update set amount = 1`,
    `${SOME} when not matched by source then delete`,
    `${SOME} when matched then update set *`,
    `${SOME} when not matched then insert *`,
  ),
  'aggregates where there is no group': merged(
    `${SOME} when matched and count(*) > 1 then delete`,
    `${SOME} when matched then update set amount = max(s.amount)`,
  ),
  'an expression that fails': merged(
    `${SOME} when matched then update set amount = s.amount / 0`,
    `${SOME} when matched and 1 / (s.id - s.id) = 1 then delete`,
    `${SOME} when matched and s.id = 1 then delete when matched then update set amount = 1 / (cast(s.id as integer) - 3)`,
  ),
  'insert before matched': merged(
    `${SOME} when not matched then insert values (s.id, s.name, s.amount) when matched then delete`,
  ),
  'an update that changes nothing counts': merged(`${SOME} when matched then update set name = t.name`),
  'an update of the key': merged(`${SOME} when matched then update set id = t.id * 10`),
  'rows move between partitions': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b'), (3, null)",
    "merge into t using (values (1, 'b'), (3, 'c'), (4, null)) s(id, p) on t.id = s.id when matched then update set p = s.p when not matched then insert values (s.id, s.p)",
    'select * from t order by id',
    'select partition.p, sum(record_count) from "t$partitions" group by 1 order by 1',
  ],
  'a table partitioned by transforms': [
    make('t', { id: 'integer', ts: 'timestamp(6)', name: 'varchar' }, 'month(ts)', 'bucket(3, id)'),
    "insert into t values (1, timestamp '2024-01-01 00:00:00', 'a'), (2, timestamp '2024-02-01 00:00:00', 'b'), (3, null, 'c')",
    "merge into t using (values (1, timestamp '2024-03-01 00:00:00'), (3, timestamp '2024-01-31 23:59:59.999999'), (4, null)) s(id, ts) on t.id = s.id when matched then update set ts = s.ts when not matched then insert (ts, id) values (s.ts, s.id)",
    ALL,
    "delete from t where ts >= timestamp '2024-02-01 00:00:00' and ts < timestamp '2024-03-01 00:00:00'",
    "update t set ts = ts + interval '1' day where id = 3",
    ALL,
  ],
  'nested values': [
    make('t', { id: 'integer', r: 'row(x bigint, y varchar)', a: 'array(double)' }),
    "insert into t values (1, row(1, 'a'), array[1])",
    "merge into t using (values (1, 5), (2, 6)) s(id, n) on t.id = s.id when matched then update set r = row(t.r.x + s.n, 'm'), a = t.a || s.n when not matched then insert values (s.id, row(s.n, 'i'), array[s.n])",
    'select * from t order by id',
  ],
  'a condition on the partition in ON': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (1, 'b')",
    "merge into t using (values (1, 'x')) s(id, p) on t.id = s.id and t.p = 'a' when matched then update set id = 100 when not matched then insert values (s.id, s.p)",
    "merge into t using (values (1, 'x')) s(id, p) on t.p in ('zzz') when not matched then insert values (s.id, s.p)",
    'select * from t order by id, p',
  ],
  'twice the same': merged(`${SOME} ${UPSERT}`, `${SOME} ${UPSERT}`),
  'a WITH before it is none': merged(
    `with s as (select 1 as id) merge into t using s on t.id = s.id when matched then delete`,
    `merge into t using (with s as (select 1 as k) select * from s) s on t.id = s.k when matched then delete`,
  ),
  'hidden columns of the target': merged(
    `merge into t using (values 1) s(k) on t.id = s.k and t."$path" is not null when matched then delete`,
  ),
});
