import { evolve } from '../../../core/iceberg/evolve.ts';
import { idsOf, type IcebergColumn, type NumberedField } from '../../../core/iceberg/types.ts';
import { column } from './tables.ts';

const field = (id: number, name: string, type: NumberedField['type'] = 'string', required = false): NumberedField => ({
  id,
  name,
  required,
  type,
});

const struct = (...fields: NumberedField[]): NumberedField['type'] => ({ type: 'struct', fields });
const list = (id: number, element: NumberedField['type'], required = false): NumberedField['type'] => ({
  type: 'list',
  'element-id': id,
  'element-required': required,
  element,
});
const map = (
  ids: readonly [number, number],
  key: string,
  value: NumberedField['type'],
  required = false,
): NumberedField['type'] => ({
  type: 'map',
  'key-id': ids[0],
  key,
  'value-id': ids[1],
  'value-required': required,
  value,
});

interface Case {
  readonly before: readonly NumberedField[];
  readonly last?: number;
  readonly wanted: readonly IcebergColumn[];
  readonly after: readonly NumberedField[];
}

const cases: Readonly<Record<string, Case>> = {
  'columns as they are': { before: [field(1, 'a', 'int')], wanted: [column('a', 'int')], after: [field(1, 'a', 'int')] },
  'a column by its name in any case, which stays': {
    before: [field(1, 'Amount', 'int')],
    wanted: [column('amount', 'int')],
    after: [field(1, 'Amount', 'int')],
  },
  'a new column, optional whatever is wanted': {
    before: [field(1, 'a')],
    wanted: [column('a'), column('b', 'int', { required: true })],
    after: [field(1, 'a'), field(2, 'b', 'int')],
  },
  'a new column, behind the id of one that was dropped': {
    before: [field(1, 'a')],
    last: 7,
    wanted: [column('a'), column('b')],
    after: [field(1, 'a'), field(8, 'b')],
  },
  'a new column whose metadata tells a lower last id than it has': {
    before: [field(5, 'a')],
    last: 1,
    wanted: [column('a'), column('b')],
    after: [field(5, 'a'), field(6, 'b')],
  },
  'a new column of parts, none of them required': {
    before: [field(1, 'a')],
    wanted: [
      column('a'),
      column('s', {
        type: 'struct',
        fields: [
          column('x', 'int', { required: true }),
          column('l', { type: 'list', element: 'string', elementRequired: true }),
          column('m', { type: 'map', key: 'string', value: 'int', valueRequired: true }),
        ],
      }),
    ],
    after: [
      field(1, 'a'),
      field(2, 's', struct(field(3, 'x', 'int'), field(4, 'l', list(6, 'string')), field(5, 'm', map([7, 8], 'string', 'int')))),
    ],
  },
  'an order that was changed': {
    before: [field(1, 'a'), field(2, 'b')],
    wanted: [column('b'), column('a')],
    after: [field(2, 'b'), field(1, 'a')],
  },
  'a column that is no longer wanted: kept last, optional': {
    before: [field(1, 'a', 'int', true), field(2, 'b')],
    wanted: [column('b'), column('c')],
    after: [field(2, 'b'), field(3, 'c'), field(1, 'a', 'int')],
  },
  'fields of structs that are elements and values': {
    before: [
      field(1, 'l', list(2, struct(field(3, 'x'), field(4, 'y')))),
      field(5, 'm', map([6, 7], 'string', struct(field(8, 'x'), field(9, 'y')))),
    ],
    wanted: [
      column('l', { type: 'list', element: { type: 'struct', fields: [column('y')] }, elementRequired: false }),
      column('m', { type: 'map', key: 'string', value: { type: 'struct', fields: [column('y')] }, valueRequired: false }),
    ],
    after: [field(1, 'l', list(2, struct(field(4, 'y')))), field(5, 'm', map([6, 7], 'string', struct(field(9, 'y'))))],
  },
  'a column that becomes optional': {
    before: [field(1, 'a', 'int', true)],
    wanted: [column('a', 'int')],
    after: [field(1, 'a', 'int')],
  },
  'a column that cannot become required': {
    before: [field(1, 'a', 'int')],
    wanted: [column('a', 'int', { required: true })],
    after: [field(1, 'a', 'int')],
  },
  'int to long': { before: [field(1, 'a', 'int')], wanted: [column('a', 'long')], after: [field(1, 'a', 'long')] },
  'float to double': { before: [field(1, 'a', 'float')], wanted: [column('a', 'double')], after: [field(1, 'a', 'double')] },
  'a decimal of more digits': {
    before: [field(1, 'a', 'decimal(10, 2)')],
    wanted: [column('a', 'decimal(38,2)')],
    after: [field(1, 'a', 'decimal(38,2)')],
  },
  'a decimal that is spaced otherwise': {
    before: [field(1, 'a', 'decimal(10, 2)')],
    wanted: [column('a', 'decimal(10,2)')],
    after: [field(1, 'a', 'decimal(10, 2)')],
  },
  'a long that is wanted as int: it stays, so that a deployment can be rolled back': {
    before: [field(1, 'a', 'long')],
    wanted: [column('a', 'int')],
    after: [field(1, 'a', 'long')],
  },
  'a decimal of more digits than are wanted': {
    before: [field(1, 'a', 'decimal(38, 2)')],
    wanted: [column('a', 'decimal(10,2)')],
    after: [field(1, 'a', 'decimal(38, 2)')],
  },
  'a comment that comes': {
    before: [field(1, 'a')],
    wanted: [column('a', 'string', { comment: 'what it is' })],
    after: [{ ...field(1, 'a'), doc: 'what it is' }],
  },
  'a comment that goes': { before: [{ ...field(1, 'a'), doc: 'old' }], wanted: [column('a')], after: [field(1, 'a')] },
  'a comment of 256 bytes': {
    before: [field(1, 'a')],
    wanted: [column('a', 'string', { comment: 'é'.repeat(128) })],
    after: [{ ...field(1, 'a'), doc: 'é'.repeat(127) }],
  },
  'fields of a struct, as columns': {
    before: [field(1, 's', struct(field(2, 'x', 'int', true), field(3, 'y', 'int', true)))],
    wanted: [column('s', { type: 'struct', fields: [column('z'), column('y', 'long', { required: true })] })],
    after: [field(1, 's', struct(field(4, 'z'), field(3, 'y', 'long', true)))], // whoever writes a struct writes all of it
  },
  'elements of a list': {
    before: [field(1, 'l', list(2, 'int', true))],
    wanted: [column('l', { type: 'list', element: 'long', elementRequired: false })],
    after: [field(1, 'l', list(2, 'long'))],
  },
  'values of a map': {
    before: [field(1, 'm', map([2, 3], 'string', 'int', true))],
    wanted: [column('m', { type: 'map', key: 'string', value: 'long', valueRequired: true })],
    after: [field(1, 'm', map([2, 3], 'string', 'long', true))],
  },
};

test('drops a column that is no longer wanted, where it may; of its name a new one comes', () => {
  const before = [field(1, 'a', 'int'), field(2, 'b')];
  const dropped = evolve({ fields: before, lastColumnId: 2 }, [column('b')], { drops: true });
  expect(dropped).toEqual([field(2, 'b')]);
  const again = [column('a', 'string'), column('b')];
  expect(evolve({ fields: dropped, lastColumnId: 2 }, again, { drops: true })).toEqual([field(3, 'a'), field(2, 'b')]);
});

test.each(Object.entries(cases))('evolves %s', (_, { before, last, wanted, after }) => {
  const lastColumnId = last ?? Math.max(...before.flatMap(idsOf));
  expect(evolve({ fields: before, lastColumnId }, wanted)).toStrictEqual(after);
});

test.each<[string, NumberedField['type'], IcebergColumn['type'], string, string, string]>([
  ['a long', 'long', 'double', 'a', 'long', 'double'],
  ['an int', 'int', 'double', 'a', 'int', 'double'],
  ['an int', 'int', 'string', 'a', 'int', 'string'],
  ['a date', 'date', 'timestamp', 'a', 'date', 'timestamp'],
  ['a time of zone', 'timestamptz', 'timestamp', 'a', 'timestamptz', 'timestamp'],
  ['a decimal of fewer digits and another scale', 'decimal(10, 2)', 'decimal(9,3)', 'a', 'decimal(10,2)', 'decimal(9,3)'],
  ['a decimal of another scale', 'decimal(10,2)', 'decimal(12,4)', 'a', 'decimal(10,2)', 'decimal(12,4)'],
  ['a word', 'string', { type: 'list', element: 'string', elementRequired: false }, 'a', 'string', 'list<string>'],
  ['a struct', struct(field(2, 'x', 'int')), 'string', 'a', 'struct<x:int>', 'string'],
  ['a list', list(2, 'int'), { type: 'struct', fields: [column('x')] }, 'a', 'list<int>', 'struct<x:string>'],
  ['a field', struct(field(2, 'x', 'long')), { type: 'struct', fields: [column('x', 'date')] }, 'a.x', 'long', 'date'],
  ['an element', list(2, 'long'), { type: 'list', element: 'date', elementRequired: false }, 'a.element', 'long', 'date'],
  [
    'a value',
    map([2, 3], 'string', 'long'),
    { type: 'map', key: 'string', value: 'date', valueRequired: false },
    'a.value',
    'long',
    'date',
  ],
  [
    'a key that would be wider',
    map([2, 3], 'int', 'long'),
    { type: 'map', key: 'long', value: 'long', valueRequired: false },
    'a.key',
    'int',
    'long',
  ],
])('fails to make of %s (%j) what no file holds: %j', (_, before, wanted, path, from, to) => {
  const live = { fields: [field(1, 'a', before)], lastColumnId: 3 };
  expect(() => evolve(live, [column('a', wanted)])).toThrow(
    expect.objectContaining({
      code: 'IcebergTypeChanged',
      message: `column '${path}' must keep its type or be widened, got ${from} to ${to}; add a column of another name, or make a new table`,
    }),
  );
});
