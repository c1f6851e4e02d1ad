import { make, scripts } from '../script.ts';

/** What Iceberg calls the field of a transform of the column `v`. */
const fieldOf = (transform: string): string => transform.replace(/^truncate\(.*/, 'v_trunc').replace(/^(\w+)\(.*/, 'v_$1');

const by = (transform: string, type: string, ...values: readonly string[]) => [
  make('t', { id: 'integer', v: type }, transform),
  `insert into t values ${values.map((value, at) => `(${at}, ${value})`).join(', ')}, (${values.length}, null)`,
  `select partition, record_count, file_count from "t$partitions" order by partition.${fieldOf(transform)}`,
  'select id, v from t order by id',
  `select id from t where v = ${values[0]} order by id`,
  'select id from t where v is null',
];

const DATES = ["date '2024-02-29'", "date '2024-03-01'", "date '1970-01-01'", "date '1969-12-31'", "date '1968-02-29'"];
const TIMES = [
  "timestamp '2024-02-29 23:59:59.999999'",
  "timestamp '2024-02-29 22:59:59'",
  "timestamp '1970-01-01 00:00:00'",
  "timestamp '1969-12-31 23:59:59.999999'",
  "timestamp '1969-12-31 22:00:00'",
  "timestamp '1968-12-31 00:00:00'",
];
const INTEGERS = ['34', '0', '-1', '7', '-2147483648', '2147483647'];

export const PARTITIONING = scripts('partitions', {
  'identity of a varchar': by('v', 'varchar', "'a'", "'a/b=c'", "''", "'ünï %'"),
  'identity of a boolean': by('v', 'boolean', 'true', 'false'),
  'identity of an integer': by('v', 'integer', '5', '-5'),
  'identity of a bigint': by('v', 'bigint', '5000000000', '-5'),
  'identity of a date': by('v', 'date', ...DATES),
  'identity of a timestamp': by('v', 'timestamp(6)', ...TIMES),
  'identity of a decimal': by('v', 'decimal(10, 2)', "decimal '1.50'", "decimal '-0.01'"),
  'identity of a double': by('v', 'double', '1.5', '-0.5'),
  'year of a date': by('year(v)', 'date', ...DATES),
  'year of a timestamp': by('year(v)', 'timestamp(6)', ...TIMES),
  'month of a date': by('month(v)', 'date', ...DATES),
  'month of a timestamp': by('month(v)', 'timestamp(6)', ...TIMES),
  'day of a date': by('day(v)', 'date', ...DATES),
  'day of a timestamp': by('day(v)', 'timestamp(6)', ...TIMES),
  'hour of a timestamp': by('hour(v)', 'timestamp(6)', ...TIMES),
  'bucket of an integer': by('bucket(16, v)', 'integer', ...INTEGERS),
  'bucket of a bigint': by('bucket(16, v)', 'bigint', ...INTEGERS),
  'bucket of a varchar': by('bucket(7, v)', 'varchar', "'iceberg'", "''", "'ünï'", "'a'"),
  'bucket of a date': by('bucket(5, v)', 'date', ...DATES),
  'bucket of a timestamp': by('bucket(5, v)', 'timestamp(6)', ...TIMES),
  'bucket of a decimal': by('bucket(9, v)', 'decimal(10, 2)', "decimal '14.20'", "decimal '-1'", "decimal '0'"),
  'bucket of bytes': by('bucket(9, v)', 'varbinary', "x'00010203'", "x''"),
  'truncate of an integer': by('truncate(10, v)', 'integer', '1', '10', '-1', '-10', '19'),
  'truncate of a bigint': by('truncate(10, v)', 'bigint', '1', '5000000001', '-1'),
  'truncate of a varchar': by('truncate(2, v)', 'varchar', "'iceberg'", "'ic'", "'i'", "''", "'üñï'"),
  'truncate of a decimal': by('truncate(50, v)', 'decimal(10, 2)', "decimal '10.65'", "decimal '-0.05'", "decimal '0.50'"),
  'transforms together': [
    make(
      't',
      { id: 'integer', region: 'varchar', ts: 'timestamp(6)' },
      'region',
      'month(ts)',
      'bucket(4, id)',
      'truncate(1, region)',
    ),
    "insert into t values (1, 'eu', timestamp '2024-01-05 00:00:00'), (2, 'us', timestamp '2024-01-06 00:00:00'), (1, 'eu', timestamp '2024-01-07 00:00:00'), (3, null, null)",
    'select partition, record_count, file_count from "t$partitions" order by record_count, partition.id_bucket, partition.region',
    'select * from "t$partitions" limit 0',
    "select id from t where region = 'eu' and ts < timestamp '2024-01-06 12:00:00'",
  ],
  'counts after writes': [
    make('t', { id: 'integer', p: 'varchar' }, 'p'),
    "insert into t values (1, 'a'), (2, 'b')",
    "insert into t values (3, 'a'), (4, null)",
    'select partition.p, record_count, file_count from "t$partitions" order by 1',
    "delete from t where p = 'b'",
    'select partition.p, record_count, file_count from "t$partitions" order by 1',
    'insert into t (id) values (5)',
    'select partition.p, record_count, file_count from "t$partitions" order by 1',
    'select partition from "t$partitions" order by partition',
    'select partition.p, data.id.min, data.id.max, data.id.null_count from "t$partitions" order by 1',
  ],
  none: [
    make('t', { id: 'integer', name: 'varchar' }),
    'select * from "t$partitions"',
    "insert into t values (1, 'a'), (2, null)",
    "insert into t values (0, 'b')",
    'select record_count, file_count, data.id.min, data.id.max, data.name.min, data.name.max, data.name.null_count from "t$partitions"',
    'select * from "t$partitions" limit 0',
  ],
  'what cannot be': [
    make('a', { id: 'integer' }, 'nope'),
    make('b', { id: 'integer' }, 'day(id)'),
    make('c', { d: 'date' }, 'hour(d)'),
    make('d', { id: 'integer' }, 'bucket(0, id)'),
    make('e', { d: 'double' }, 'bucket(4, d)'),
    make('f', { d: 'date' }, 'truncate(4, d)'),
    make('g', { id: 'integer' }, 'truncate(0, id)'),
    make('h', { d: 'date' }, 'day(d)', 'month(d)'),
    make('i', { id: 'integer' }, 'id', 'id'),
    make('j', { a: 'array(integer)' }, 'a'),
    make('k', { r: 'row(x integer)' }, 'r.x'),
    make('l', { id: 'integer' }, 'nope(id)'),
    make('m', { d: 'date' }, 'years(d)'),
  ],
});
