import { withChangedColumn, withColumns, withoutColumn } from '../../../local/iceberg/evolve.ts';
import { glueColumns, hiveText, newFields } from '../../../local/iceberg/hive-columns.ts';
import { currentSchema, type TableMetadata } from '../../../local/iceberg/metadata.ts';
import { newSpec } from '../../../local/iceberg/partition-spec.ts';
import { newTable } from '../../../local/iceberg/table.ts';

const COLUMNS = [
  { name: 'id', type: 'int' },
  { name: 'at', type: 'timestamp' },
  { name: 'place', type: 'struct<lat:double,tags:array<string>>' },
  { name: 'prices', type: 'map<string,decimal(9,2)>' },
];

function table(): TableMetadata {
  const { fields, last } = newFields(COLUMNS, 0);
  const spec = newSpec([{ name: 'day', column: 'at' }], fields);
  return newTable({ location: 's3://lake/t', fields, lastColumnId: last, spec, properties: {}, now: 1 });
}

const shown = (metadata: TableMetadata) =>
  currentSchema(metadata).fields.map(({ id, name, type }) => `${id} ${name} ${hiveText(type)}`);

test('ids are given to the columns first, and then to what is within them', () => {
  const made = table();
  expect(shown(made)).toEqual([
    '1 id int',
    '2 at timestamp',
    '3 place struct<lat:double,tags:array<string>>',
    '4 prices map<string,decimal(9,2)>',
  ]);
  expect(currentSchema(made).fields[2]?.type).toMatchObject({ fields: [{ id: 5 }, { id: 6, type: { 'element-id': 7 } }] });
  expect(currentSchema(made).fields[3]?.type).toMatchObject({ 'key-id': 8, 'value-id': 9 });
  expect(made['last-column-id']).toBe(9);
});

test('an id is never given again', () => {
  const without = withoutColumn(table(), 'place', 2);
  const again = withColumns(without, [{ name: 'place', type: 'string' }], 3);
  expect(shown(again).at(-1)).toBe('10 place string');
  expect(again.schemas).toHaveLength(3);
  expect(again['current-schema-id']).toBe(2);
});

test('a column keeps its id under another name, type and place', () => {
  const changed = withChangedColumn(
    table(),
    'id',
    { name: 'number', type: 'bigint', comment: 'of the row' },
    { kind: 'after', column: 'place' },
    2,
  );
  expect(shown(changed)).toEqual([
    '2 at timestamp',
    '3 place struct<lat:double,tags:array<string>>',
    '1 number bigint',
    '4 prices map<string,decimal(9,2)>',
  ]);
  expect(
    shown(withChangedColumn(table(), 'prices', { name: 'prices', type: 'map<string,decimal(9,2)>' }, { kind: 'first' }, 2))[0],
  ).toMatch(/^4 /);
});

test('a schema that a table has had before is taken again', () => {
  const twice = withoutColumn(withColumns(table(), [{ name: 'more', type: 'int' }], 2), 'more', 3);
  expect(twice['current-schema-id']).toBe(0);
  expect(twice.schemas).toHaveLength(2);
});

test.each([
  ['a name that is taken', (made: TableMetadata) => withColumns(made, [{ name: 'ID', type: 'int' }], 2), 'COLUMN_ALREADY_EXISTS'],
  [
    'a name twice',
    (made: TableMetadata) =>
      withColumns(
        made,
        [
          { name: 'x', type: 'int' },
          { name: 'x', type: 'int' },
        ],
        2,
      ),
    'COLUMN_ALREADY_EXISTS',
  ],
  [
    'a type that Athena makes no column of',
    (made: TableMetadata) => withColumns(made, [{ name: 'x', type: 'smallint' }], 2),
    'NOT_SUPPORTED',
  ],
  ['a column that is not there', (made: TableMetadata) => withoutColumn(made, 'nope', 2), 'COLUMN_NOT_FOUND'],
  ['the source of a partition', (made: TableMetadata) => withoutColumn(made, 'at', 2), 'NOT_SUPPORTED'],
  [
    'a type that is narrower',
    (made: TableMetadata) => withChangedColumn(made, 'at', { name: 'at', type: 'date' }, undefined, 2),
    'NOT_SUPPORTED',
  ],
  [
    'a name of another',
    (made: TableMetadata) => withChangedColumn(made, 'id', { name: 'At', type: 'int' }, undefined, 2),
    'COLUMN_ALREADY_EXISTS',
  ],
  [
    'a place behind nothing',
    (made: TableMetadata) => withChangedColumn(made, 'id', { name: 'id', type: 'int' }, { kind: 'after', column: 'nope' }, 2),
    'COLUMN_NOT_FOUND',
  ],
] as const)('fails at %s', (_, change, code) => {
  expect(() => change(table())).toThrow(new RegExp(`^${code}: `));
});

test('the catalog shows what a table has, and behind it what it has no more', () => {
  const columns = glueColumns(currentSchema(withoutColumn(table(), 'place', 2)), withoutColumn(table(), 'place', 2).schemas);
  expect(
    columns.map(({ Name, Parameters }) => [Name, Parameters?.['iceberg.field.current'], Parameters?.['iceberg.field.id']]),
  ).toEqual([
    ['id', 'true', '1'],
    ['at', 'true', '2'],
    ['prices', 'true', '4'],
    ['place', 'false', '3'],
  ]);
});
