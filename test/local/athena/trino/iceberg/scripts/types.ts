import { make, scripts } from '../script.ts';

const one = (type: string, ...values: readonly string[]) => [
  make('t', { id: 'integer', v: type }),
  `insert into t values ${values.map((value, at) => `(${at}, ${value})`).join(', ')}, (${values.length}, null)`,
  'select * from t order by id',
  'select value_counts, null_value_counts, nan_value_counts, lower_bounds, upper_bounds from "t$files"',
];

export const TYPES = scripts('types', {
  boolean: one('boolean', 'true', 'false'),
  integer: one('integer', '2147483647', '-2147483648', '0'),
  bigint: one('bigint', '9223372036854775807', '-9223372036854775808'),
  real: one('real', "real '1.5'", 'nan()', "real '-0.1'"),
  double: one('double', '1e300', 'infinity()', '-2.5e0'),
  'double with NaN': one('double', 'nan()', '1e0'),
  decimal: one('decimal(10, 2)', "decimal '12345678.90'", '-1', '1.235'),
  'long decimal': one('decimal(38, 10)', "decimal '1234567890123456789012345678.0123456789'", "decimal '-0.0000000001'"),
  varchar: one('varchar', "'a'", "''", "'ünï'", "'0123456789abcdefghij'"),
  'long varchar': one('varchar', "'0123456789abcdefghij'", "'üüüüüüüüüüüüüüüüüüüü'"),
  'real without NaN': one('real', "real '1.5'", "real '-0.1'"),
  'zeros of both signs': one('double', '0e0', '-0e0'),
  varbinary: one('varbinary', "x'00ff'", "x''"),
  date: one('date', "date '2024-02-29'", "date '1969-12-31'", "date '0001-01-01'"),
  timestamp: one(
    'timestamp(6)',
    "timestamp '2024-02-29 12:34:56.123456'",
    "timestamp '1969-12-31 23:59:59.999999'",
    "timestamp '2024-01-01 00:00:00'",
  ),
  array: one('array(integer)', 'array[1, null, 3]', 'array[]'),
  map: one('map(varchar, integer)', "map(array['a', 'b'], array[1, null])", 'map()'),
  row: one('row(a integer, b varchar)', "row(1, 'x')", 'row(null, null)'),
  nested: one('array(row(a integer, b array(varchar)))', "array[row(1, array['x', null])]", 'array[]'),
  'bounds of many columns': [
    make('t', { a: 'integer', b: 'varchar', c: 'row(x integer, y varchar)', d: 'date' }),
    "insert into t values (1, 'b', row(3, 'q'), date '2024-01-02'), (5, 'a', null, null)",
    'select value_counts, null_value_counts, lower_bounds, upper_bounds from "t$files"',
    'select c.x, c.y from t order by a',
    'select count(*) from t where c.x is null',
    'select sum(a), min(b), max(d) from t',
  ],
});
