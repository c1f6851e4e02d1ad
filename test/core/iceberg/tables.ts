import * as fc from 'fast-check';
import type { LiveTable } from '../../../core/iceberg/schema.ts';
import type { TablePlan } from '../../../core/iceberg/plan-table.ts';
import type { IcebergTableDefinition } from '../../../core/iceberg/table-definition.ts';
import {
  ICEBERG_PRIMITIVES,
  idsOf,
  type IcebergColumn,
  type IcebergType,
  type NumberedField,
} from '../../../core/iceberg/types.ts';

export const column = (name: string, type: IcebergType = 'string', rest: Partial<IcebergColumn> = {}): IcebergColumn => ({
  name,
  type,
  required: false,
  ...rest,
});

export const definition = (rest: Partial<IcebergTableDefinition> = {}): IcebergTableDefinition => ({
  databaseName: 'shop',
  tableName: 'orders',
  location: 's3://curated/keep1/orders',
  columns: [column('order_id', 'string', { required: true }), column('amount', 'int')],
  key: ['order_id'],
  properties: {},
  ...rest,
});

/** A table after a plan was carried out. */
export function applied(plan: TablePlan, live?: LiveTable): LiveTable {
  if (plan.kind !== 'nothing')
    return {
      ...plan.state,
      lastColumnId: Math.max(live?.lastColumnId ?? 0, ...plan.state.fields.flatMap(idsOf)),
      isEmpty: live?.isEmpty ?? false,
    };
  if (live === undefined) throw new Error('a table that is not there must be created');
  return live;
}

/** Every field of a table, within structs, lists and maps too: its path by its id. */
export function pathsById(fields: readonly NumberedField[], above = ''): readonly (readonly [number, string])[] {
  return fields.flatMap(({ id, name, type }) => partsById(id, `${above}${name}`, type));
}

function partsById(id: number, path: string, type: NumberedField['type']): readonly (readonly [number, string])[] {
  const own = [id, path] as const;
  if (typeof type === 'string') return [own];
  switch (type.type) {
    case 'struct':
      return [own, ...pathsById(type.fields, `${path}.`)];
    case 'list':
      return [own, ...partsById(type['element-id'], `${path}.element`, type.element)];
    case 'map':
      return [
        own,
        ...partsById(type['key-id'], `${path}.key`, type.key),
        ...partsById(type['value-id'], `${path}.value`, type.value),
      ];
  }
}

const primitive: fc.Arbitrary<IcebergType> = fc.oneof(
  fc.constantFrom(...ICEBERG_PRIMITIVES),
  fc.tuple(fc.integer({ min: 2, max: 38 }), fc.integer({ min: 0, max: 2 })).map(([p, s]) => `decimal(${p},${s})` as const),
);

/** Few names, so that tables of one chain meet each other's columns. */
const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');

const columnOf = (type: fc.Arbitrary<IcebergType>): fc.Arbitrary<IcebergColumn> =>
  fc.record({
    name: names,
    type,
    required: fc.boolean(),
    comment: fc.option(fc.string({ maxLength: 300 }), { nil: undefined }),
  });

const columnsOf = (type: fc.Arbitrary<IcebergType>): fc.Arbitrary<IcebergColumn[]> =>
  fc.uniqueArray(columnOf(type), { selector: ({ name }) => name, minLength: 1, maxLength: 5 });

const { type } = fc.letrec<{ type: IcebergType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    primitive,
    columnsOf(tie('type')).map((fields) => ({ type: 'struct' as const, fields })),
    fc.record({ type: fc.constant('list' as const), element: tie('type'), elementRequired: fc.boolean() }),
    fc.record({ type: fc.constant('map' as const), key: primitive, value: tie('type'), valueRequired: fc.boolean() }),
  ),
}));

/** Columns of any types, few enough that a change often meets a column of the same name. */
export const anyColumns: fc.Arbitrary<IcebergColumn[]> = columnsOf(type);
