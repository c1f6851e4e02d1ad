import { scripts, type Step } from '../script.ts';
import { FILLED } from './common.ts';

const GROWN: readonly Step[] = [...FILLED, "insert into t values (4, 'd', 40)", 'delete from t where id = 1'];
const at = (of: string) => `select * from t for ${of} order by id`;

export const TRAVELS = scripts('travel', {
  'by version': [...GROWN, at('version as of {snapshot:1}'), at('version as of {snapshot:2}'), at('version as of {snapshot:3}')],
  'by time': [
    ...GROWN,
    at("timestamp as of timestamp '{time:1}'"),
    at("timestamp as of timestamp '{time:2}'"),
    at("timestamp as of timestamp '{time:3}'"),
    at("timestamp as of date_add('millisecond', -1, timestamp '{time:2}')"),
  ],
  'by other types of time': [
    ...FILLED,
    "select count(*) from t for timestamp as of timestamp '2100-01-01 00:00:00'",
    "select count(*) from t for timestamp as of date '2100-01-01'",
    "select count(*) from t for timestamp as of current_timestamp + interval '1000' year",
    "select count(*) from t for timestamp as of '2100-01-01'",
    'select count(*) from t for timestamp as of 1',
    'select count(*) from t for timestamp as of null',
    'select count(*) from t for timestamp as of cast(null as timestamp with time zone)',
  ],
  'versions that are none': [
    ...FILLED,
    "select * from t for version as of bigint '12'",
    'select * from t for version as of 12',
    "select * from t for version as of 'main'",
    "select * from t for version as of 'nope'",
    'select * from t for version as of null',
    'select * from t for version as of cast(null as bigint)',
    'select * from t for version as of {snapshot:1} + 1',
    'select count(*) from t for version as of {snapshot:1} + 0',
    'select * from t for version as of id',
    'select * from t for version as of (select snapshot_id from "t$snapshots" limit 1)',
  ],
  'times before the table': [
    ...FILLED,
    "select * from t for timestamp as of timestamp '2001-01-01 00:00:00 UTC'",
    "select * from t for timestamp as of timestamp '2001-01-01 00:00:00'",
    "select * from t for timestamp as of date '2001-01-01'",
  ],
  'the older form': [
    ...FILLED,
    "select * from t for system_time as of timestamp '2100-01-01 00:00:00 UTC'",
    'select * from t for system_version as of {snapshot:1}',
    'select * from t for system_time as of {snapshot:1}',
  ],
  'with an alias and beside the present': [
    ...GROWN,
    'select old.id from t for version as of {snapshot:1} as old left join t on t.id = old.id where t.id is null',
    'select count(*) from (select * from t for version as of {snapshot:1} except select * from t)',
    'with w as (select * from t for version as of {snapshot:1}) select count(*) from w',
    'insert into t select * from t for version as of {snapshot:1} where id = 1',
    'select count(*) from t',
  ],
  'the table of before is brought back': [
    ...GROWN,
    'merge into t using (select * from t for version as of {snapshot:1}) s on t.id = s.id when not matched then insert values (s.id, s.name, s.amount)',
    'delete from t where id not in (select id from t for version as of {snapshot:1})',
    'select * from t order by id',
  ],
  'metadata tables of a version': [
    ...GROWN,
    'select count(*) from "t$files" for version as of {snapshot:1}',
    'select count(*) from "t$snapshots" for version as of {snapshot:1}',
    'select count(*) from "t@{snapshot:1}"',
  ],
  'what may not be of the past': [
    ...FILLED,
    'delete from t for version as of {snapshot:1}',
    'with w as (select 1 as n) select * from w for version as of 1',
    'select * from (values 1) for version as of {snapshot:1}',
    'select * from nope for version as of 1',
  ],
  'to when a column had another name': [
    ...FILLED,
    { change: 't', rename: 'name', to: 'label', type: 'varchar' },
    { change: 't', add: 'extra', type: 'integer' },
    "insert into t values (4, 'd', 40, 1)",
    'select * from t order by id',
    at('version as of {snapshot:1}'),
    'select name from t for version as of {snapshot:1} order by id',
    { change: 't', drop: 'amount' },
    at('version as of {snapshot:2}'),
    at('version as of {snapshot:1}'),
  ],
});
