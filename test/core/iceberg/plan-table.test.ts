import * as fc from 'fast-check';
import { evolve } from '../../../core/iceberg/evolve.ts';
import { IcebergError } from '../../../core/iceberg/iceberg-error.ts';
import { planTable } from '../../../core/iceberg/plan-table.ts';
import type { LiveTable } from '../../../core/iceberg/schema.ts';
import type { IcebergTableDefinition } from '../../../core/iceberg/table-definition.ts';
import { anyColumns, applied, column, definition, pathsById } from './tables.ts';

test('creates a table that is not there, all fields of a struct numbered before what is within them', () => {
  const columns = [
    column('place', {
      type: 'struct',
      fields: [column('at', { type: 'list', element: 'double', elementRequired: true }), column('name')],
    }),
    column('order_id', 'string', { required: true, comment: 'of the shop' }),
    column('counts', { type: 'map', key: 'string', value: 'long', valueRequired: true }, { required: true }),
  ];
  const given = definition({ columns, description: 'orders', properties: { 'write.target-file-size-bytes': '1048576' } });
  expect(planTable(given, undefined)).toStrictEqual({
    kind: 'create',
    state: {
      location: 's3://curated/keep1/orders',
      fields: [
        {
          id: 1,
          name: 'place',
          required: false,
          type: {
            type: 'struct',
            fields: [
              {
                id: 4,
                name: 'at',
                required: false,
                type: { type: 'list', 'element-id': 6, 'element-required': true, element: 'double' },
              },
              { id: 5, name: 'name', required: false, type: 'string' },
            ],
          },
        },
        { id: 2, name: 'order_id', required: true, type: 'string', doc: 'of the shop' },
        {
          id: 3,
          name: 'counts',
          required: true,
          type: { type: 'map', 'key-id': 7, key: 'string', 'value-id': 8, 'value-required': true, value: 'long' },
        },
      ],
      identifierFieldIds: [2],
      properties: { comment: 'orders', 'write.target-file-size-bytes': '1048576' },
    },
  });
});

const live = (rest: Partial<LiveTable> = {}): LiveTable => ({ ...applied(planTable(definition(), undefined)), ...rest });

test('a table as it is wanted is left alone', () => {
  expect(planTable(definition(), live())).toEqual({ kind: 'nothing' });
});

test('properties that are wanted are set, and those of others stay', () => {
  const given = definition({ properties: { a: '1', b: '2' } });
  expect(planTable(given, live({ properties: { b: '1', c: '3' } }))).toMatchObject({
    kind: 'update',
    state: { properties: { a: '1', b: '2', c: '3' } },
  });
  expect(planTable(given, live({ properties: { a: '1', b: '2', c: '3' } }))).toEqual({ kind: 'nothing' });
});

test('a column more is an update that tells the whole table', () => {
  const columns = [...definition().columns, column('paid', 'boolean')];
  expect(planTable(definition({ columns }), live({ lastColumnId: 9 }))).toStrictEqual({
    kind: 'update',
    state: {
      location: 's3://curated/keep1/orders',
      fields: [
        { id: 1, name: 'order_id', required: true, type: 'string' },
        { id: 2, name: 'amount', required: false, type: 'int' },
        { id: 10, name: 'paid', required: false, type: 'boolean' },
      ],
      identifierFieldIds: [1],
      properties: {},
    },
  });
});

test('the order of a key means nothing', () => {
  const columns = ['a', 'b'].map((name) => column(name, 'string', { required: true }));
  const made = applied(planTable(definition({ columns, key: ['a', 'b'] }), undefined));
  expect(planTable(definition({ columns, key: ['b', 'a'] }), made)).toEqual({ kind: 'nothing' });
});

test.each<[string, Partial<IcebergTableDefinition>, Partial<LiveTable>, string]>([
  [
    'IcebergLocationChanged',
    { location: 's3://curated/keep2/orders' },
    {},
    "'shop.orders' must stay at s3://curated/keep1/orders, got s3://curated/keep2/orders; leave it there, or make a table of another name and copy its rows",
  ],
  [
    'IcebergKeyChanged',
    { key: ['order_id', 'amount'] },
    {},
    "the key of 'shop.orders' must stay 'order_id', got 'order_id', 'amount'; keep it, or make a table of another name and copy its rows",
  ],
  ['IcebergKeyChanged', { key: [] }, {}, "must stay 'order_id', got none"],
  ['IcebergKeyChanged', {}, { identifierFieldIds: [] }, "must stay none, got 'order_id'"],
  ['IcebergKeyChanged', {}, { identifierFieldIds: [44] }, "must stay 'a nested field', got 'order_id'"],
])('fails with %s for %j of a table with %j', (code, wanted, is, message) => {
  expect(() => planTable(definition(wanted), live(is))).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
});

const place = (...names: string[]) => [
  ...definition().columns,
  column('place', { type: 'struct', fields: names.map((name) => column(name)) }),
];

test('a deployment that is rolled back leaves no field in a struct, which no fold would write', () => {
  const first = applied(planTable(definition({ columns: place('street', 'town') }), undefined));
  const added = applied(planTable(definition({ columns: place('street', 'town', 'zip') }), first), first);
  const back = applied(planTable(definition({ columns: place('street', 'town') }), added), added);
  expect(back.fields).toEqual(first.fields);
});

test('a table that drops has the columns of its definition alone', () => {
  const columns = [...definition().columns, column('email')];
  const made = applied(planTable(definition({ columns }), undefined));
  expect(planTable(definition({ unwantedColumns: 'drop' }), made)).toMatchObject({
    kind: 'update',
    state: { fields: [{ name: 'order_id' }, { name: 'amount' }] },
  });
});

test.each<[string, Partial<IcebergTableDefinition>]>([
  ['another key', { columns: ['a', 'b'].map((name) => column(name, 'string', { required: true })), key: ['a', 'b'] }],
  ['another type', { columns: [column('order_id', 'string', { required: true }), column('amount', 'date')] }],
])('a table into which nothing was written takes %s, under ids that nobody had', (_, wanted) => {
  const given = definition(wanted);
  const plan = planTable(given, live({ isEmpty: true, lastColumnId: 4, properties: { a: '1' } }));
  expect(plan).toStrictEqual({
    kind: 'update',
    state: {
      location: given.location,
      fields: given.columns.map(({ name, type, required }, index) => ({ id: 5 + index, name, type, required })),
      identifierFieldIds: given.key.map((_key, index) => 5 + index),
      properties: { a: '1' },
    },
  });
});

test('a table into which nothing was written keeps its place', () => {
  expect(() => planTable(definition({ location: 's3://curated/keep2/orders' }), live({ isEmpty: true }))).toThrow('must stay at');
});

/** Tables one after another by wanted columns; a step that is refused leaves the table as it was. */
function chain(steps: readonly IcebergTableDefinition['columns'][]): { readonly tables: LiveTable[]; readonly done: number[] } {
  const tables: LiveTable[] = [];
  const done: number[] = [];
  for (const [step, columns] of steps.entries()) {
    const before = tables.at(-1);
    try {
      tables.push(applied(planTable(definition({ columns, key: [] }), before), before));
      done.push(step);
    } catch (error) {
      expect(error).toBeInstanceOf(IcebergError);
    }
  }
  return { tables, done };
}

const anyChain = fc.array(anyColumns, { minLength: 1, maxLength: 6 });

test('over any chain of changes an id is of one name, and a column has one id', () => {
  fc.assert(
    fc.property(anyChain, (steps) => {
      const { tables } = chain(steps);
      const pairs = [...new Set(tables.flatMap(({ fields }) => pathsById(fields).map(([id, path]) => `${id} ${path}`)))];
      const split = pairs.map((pair) => pair.split(' '));
      expect(new Set(split.map(([id]) => id)).size).toBe(pairs.length);
      const columns = split.filter(([, path = '']) => !path.includes('.')); // a field that went and came back is another one
      expect(new Set(columns.map(([, path]) => path)).size).toBe(columns.length);
    }),
  );
});

test('a name that somebody dropped and wants again has a new id', () => {
  fc.assert(
    fc.property(anyColumns, anyColumns, (first, second) => {
      const { tables } = chain([first]);
      const [made] = tables;
      if (made === undefined) throw new Error('the first table must be made');
      const [dropped, ...fields] = made.fields;
      const taken = new Set(pathsById(made.fields).map(([id]) => id));
      const kept = new Set(pathsById(fields).map(([id]) => id));
      const next = (() => {
        try {
          return evolve({ ...made, fields }, second);
        } catch {
          return fields;
        }
      })();
      const given = pathsById(next)
        .map(([id]) => id)
        .filter((id) => !kept.has(id));
      expect(given.filter((id) => taken.has(id))).toEqual([]);
      expect(dropped).toBeDefined();
    }),
  );
});

test('once it is carried out a plan is nothing', () => {
  fc.assert(
    fc.property(anyChain, (steps) => {
      const { tables, done } = chain(steps);
      for (const [place, step] of done.entries())
        expect(planTable(definition({ columns: steps[step] ?? [], key: [] }), tables[place])).toEqual({ kind: 'nothing' });
    }),
  );
});

test('no column is ever lost, and none becomes required', () => {
  fc.assert(
    fc.property(anyChain, (steps) => {
      const { tables } = chain(steps);
      for (const [place, table] of tables.entries()) {
        const before = tables[place - 1];
        for (const was of before?.fields ?? []) {
          const is = table.fields.find(({ id }) => id === was.id);
          expect(is).toBeDefined();
          expect(is?.required === true && !was.required).toBe(false);
        }
        const added = table.fields.filter(({ id }) => before?.fields.every((was) => was.id !== id) === true);
        expect(added.filter(({ required }) => required)).toEqual([]);
      }
    }),
  );
});
