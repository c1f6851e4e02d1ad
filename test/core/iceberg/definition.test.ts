import { readDefinition } from '../../../core/iceberg/table-definition.ts';
import { column, definition } from './tables.ts';

test('reads a definition from its text', () => {
  const given = definition({
    columns: [
      column('id', 'decimal(38,0)', { required: true, comment: 'of the shop' }),
      column('parts', {
        type: 'list',
        elementRequired: true,
        element: { type: 'map', key: 'string', value: { type: 'struct', fields: [column('x')] }, valueRequired: false },
      }),
    ],
    key: ['id'],
    description: 'orders',
    properties: { a: 'b' },
  });
  expect(readDefinition(JSON.stringify(given))).toEqual(given);
});

test.each<[string, object | string, string]>([
  ['no JSON', 'x', 'a definition must be JSON text'],
  ['a key that is unknown', { extra: 1 }, 'Unrecognized key'],
  ['a location with a slash at its end', { location: 's3://curated/orders/' }, "'location' is not as a definition has it"],
  ['a location that is a bucket', { location: 's3://curated' }, "'location' is not as a definition has it"],
  ['no columns', { columns: [] }, "'columns' is not as a definition has it"],
  ['a type that Athena makes no column of', { columns: [column('a', 'timestamptz' as 'timestamp')] }, "'columns.0.type'"],
  ['a decimal of 39 digits', { columns: [column('a', 'decimal(39,0)')] }, "'columns.0.type'"],
  ['a decimal with more digits behind the point than it has', { columns: [column('a', 'decimal(2,3)')] }, "'columns.0.type'"],
  ['a name that Athena does not know', { columns: [column('A')], key: [] }, "got 'A'; rename it"],
  ['a table of a dot', { tableName: 'a.b' }, "'tableName' is not as a definition has it"],
  ['a column twice', { columns: [column('a'), column('a')], key: [] }, "got 'a' twice"],
  [
    'a field twice',
    {
      columns: [
        column('a', { type: 'list', elementRequired: false, element: { type: 'struct', fields: [column('x'), column('x')] } }),
      ],
      key: [],
    },
    "got 'a.element.x' twice",
  ],
  ['a key of no column', { key: ['id'] }, "'key' must name columns of the table, got 'id'"],
  ['a key twice', { key: ['order_id', 'order_id'] }, "'key' must name a column once, got 'order_id' twice"],
  ['a key that is optional', { key: ['amount'] }, "'key' must name required columns, got 'amount'"],
  [
    'a key of doubles',
    { columns: [column('a', 'double', { required: true })], key: ['a'] },
    "'key' must name columns of primitive types other than double, got 'a' of double",
  ],
  [
    'a key of lists',
    { columns: [column('a', { type: 'list', element: 'int', elementRequired: true }, { required: true })], key: ['a'] },
    "got 'a' of list",
  ],
  ['two descriptions', { description: 'a', properties: { comment: 'b' } }, "'properties' must leave 'comment' to 'description'"],
])('fails for %s', (_, given, message) => {
  const text = typeof given === 'string' ? given : JSON.stringify({ ...definition(), ...given });
  expect(() => readDefinition(text)).toThrow(
    expect.objectContaining({ code: 'BadIcebergDefinition', message: expect.stringContaining(message) as string }),
  );
});
