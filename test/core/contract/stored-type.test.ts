import type { Column, ColumnType } from '../../../core/contract/model.ts';
import { storedType } from '../../../core/contract/stored-type.ts';
import { duckdbType, parseHiveType } from '../../../local/glue/hive-type.ts';

const field = (name: string, type: ColumnType): Column => ({
  name,
  type,
  required: false,
  primaryKey: false,
  unique: false,
  examples: [],
  classification: 'internal',
  tags: [],
});
const int: ColumnType = { kind: 'integer', bits: 32 };

const TABLE: readonly (readonly [type: ColumnType, glue: string, trino: string, duckdb: string, parquet: string])[] = [
  [{ kind: 'string' }, 'string', 'varchar', 'VARCHAR', 'BYTE_ARRAY (STRING)'],
  [int, 'int', 'integer', 'INTEGER', 'INT32'],
  [{ kind: 'integer', bits: 64 }, 'bigint', 'bigint', 'BIGINT', 'INT64'],
  [{ kind: 'double' }, 'double', 'double', 'DOUBLE', 'DOUBLE'],
  [{ kind: 'boolean' }, 'boolean', 'boolean', 'BOOLEAN', 'BOOLEAN'],
  [{ kind: 'date' }, 'date', 'date', 'DATE', 'INT32 (DATE)'],
  [{ kind: 'time' }, 'string', 'varchar', 'VARCHAR', 'BYTE_ARRAY (STRING)'],
  [{ kind: 'timestamp', zonelessIsUtc: false }, 'timestamp', 'timestamp(3)', 'TIMESTAMP', 'INT96'],
  [
    { kind: 'decimal', precision: 1, scale: 0 },
    'decimal(1,0)',
    'decimal(1,0)',
    'DECIMAL(1,0)',
    'FIXED_LEN_BYTE_ARRAY(1) (DECIMAL(1,0))',
  ],
  [
    { kind: 'decimal', precision: 18, scale: 4 },
    'decimal(18,4)',
    'decimal(18,4)',
    'DECIMAL(18,4)',
    'FIXED_LEN_BYTE_ARRAY(8) (DECIMAL(18,4))',
  ],
  [
    { kind: 'decimal', precision: 19, scale: 0 },
    'decimal(19,0)',
    'decimal(19,0)',
    'DECIMAL(19,0)',
    'FIXED_LEN_BYTE_ARRAY(9) (DECIMAL(19,0))',
  ],
  [
    { kind: 'decimal', precision: 38, scale: 38 },
    'decimal(38,38)',
    'decimal(38,38)',
    'DECIMAL(38,38)',
    'FIXED_LEN_BYTE_ARRAY(16) (DECIMAL(38,38))',
  ],
  [{ kind: 'array', items: int }, 'array<int>', 'array(integer)', 'INTEGER[]', 'LIST of INT32'],
  [
    { kind: 'map', values: int },
    'map<string,int>',
    'map(varchar, integer)',
    'MAP(VARCHAR,INTEGER)',
    'MAP of BYTE_ARRAY (STRING) to INT32',
  ],
  [
    { kind: 'object', fields: [field('a', int), field('b', { kind: 'array', items: { kind: 'string' } })] },
    'struct<a:int,b:array<string>>',
    'row("a" integer, "b" array(varchar))',
    'STRUCT("a" INTEGER,"b" VARCHAR[])',
    'group of a INT32, b LIST of BYTE_ARRAY (STRING)',
  ],
];

test.each(TABLE)('%j is %s, %s, %s and %s', (type, glue, trino, duckdb, parquet) => {
  expect(storedType(type)).toEqual({ glue, trino, duckdb, parquet });
});

test.each(TABLE)('%j is to DuckDB what the local runtime makes of the table', (type) => {
  const { glue, duckdb } = storedType(type);
  expect(duckdbType(parseHiveType(glue))).toBe(duckdb);
});
