import { IcebergError } from './iceberg-error.ts';
import { docOf, idsAfter, numberFields, type NextId } from './number-fields.ts';
import type { LiveTable } from './schema.ts';
import { decimalOf, idsOf, type IcebergColumn, type IcebergType, type NumberedField, type NumberedType } from './types.ts';

/**
 * The columns of a table once it is as wanted: files keep what they hold, and rows that are there can be read.
 *
 * - A column of a name that is there, whatever its case, keeps its id, and so do fields within it.
 * - A new one is optional, and has an id that no column had before, not even one that was dropped.
 * - A type is widened where the specification allows it (int to long, float to double, a decimal of more digits and the same scale). One that is
 *   wider already stays so: what is wanted fits, and a deployment that is rolled back must come back to the definition before. Any other change
 *   is refused.
 * - A column that is no longer wanted is kept as an optional one, behind the wanted ones, or goes (`drops`). A field within a type always goes: who
 *   writes a struct writes all of it, and engines take no row of fewer or other fields. Files keep what it held, and nobody is shown it again: one
 *   of the same name that comes later is a new one.
 * - A required column may become optional, never the other way round; comments are as wanted.
 *
 * @throws {@link IcebergError} `IcebergTypeChanged`
 * @see https://iceberg.apache.org/spec/#schema-evolution
 */
export function evolve(
  live: Pick<LiveTable, 'fields' | 'lastColumnId'>,
  columns: readonly IcebergColumn[],
  { drops = false }: { readonly drops?: boolean } = {},
): readonly NumberedField[] {
  const last = Math.max(live.lastColumnId, ...live.fields.flatMap(idsOf));
  const wanted = evolveFields('', live.fields, columns, idsAfter(last));
  if (drops) return wanted;
  const kept = live.fields
    .filter(({ name }) => !columns.some((column) => isSame(name, column.name)))
    .map((field) => ({ ...field, required: false }));
  return [...wanted, ...kept];
}

function evolveFields(
  above: string,
  live: readonly NumberedField[],
  columns: readonly IcebergColumn[],
  nextId: NextId,
): readonly NumberedField[] {
  return columns.flatMap((column) => {
    const before = live.find(({ name }) => isSame(name, column.name));
    return before === undefined
      ? numberFields([column], nextId, { optional: true })
      : [evolveField(`${above}${column.name}`, before, column, nextId)];
  });
}

const evolveField = (path: string, live: NumberedField, wanted: IcebergColumn, nextId: NextId): NumberedField => ({
  id: live.id,
  name: live.name,
  required: live.required && wanted.required,
  type: evolveType(path, live.type, wanted.type, nextId),
  ...docOf(wanted.comment),
});

function evolveType(path: string, live: NumberedType, wanted: IcebergType, nextId: NextId): NumberedType {
  if (typeof live === 'string' || typeof wanted === 'string') {
    if (typeof live !== 'string' || typeof wanted !== 'string') throw typeChanged(path, live, wanted);
    return widen(path, live, wanted);
  }
  if (live.type === 'struct' && wanted.type === 'struct')
    return { type: 'struct', fields: evolveFields(`${path}.`, live.fields, wanted.fields, nextId) };
  if (live.type === 'list' && wanted.type === 'list')
    return {
      ...live,
      'element-required': live['element-required'] && wanted.elementRequired,
      element: evolveType(`${path}.element`, live.element, wanted.element, nextId),
    };
  if (live.type === 'map' && wanted.type === 'map') {
    refuseOtherKey(`${path}.key`, live.key, wanted.key);
    return {
      ...live,
      'value-required': live['value-required'] && wanted.valueRequired,
      value: evolveType(`${path}.value`, live.value, wanted.value, nextId),
    };
  }
  throw typeChanged(path, live, wanted);
}

function widen(path: string, live: string, wanted: string): string {
  if (isWider(live, wanted)) return live;
  if (isWider(wanted, live)) return wanted;
  throw typeChanged(path, live, wanted);
}

/** Whether a type holds every value of another, and files of the other can be read by it. */
function isWider(type: string, than: string): boolean {
  const [digits, fewer] = [decimalOf(type), decimalOf(than)];
  if (digits !== undefined && fewer !== undefined) return digits.scale === fewer.scale && digits.precision >= fewer.precision;
  return type === than || (type === 'long' && than === 'int') || (type === 'double' && than === 'float');
}

/** What keys are compared by never changes. @see https://iceberg.apache.org/spec/#schema-evolution */
function refuseOtherKey(path: string, live: NumberedType, wanted: IcebergType): void {
  if (shapeOf(live) !== shapeOf(wanted)) throw typeChanged(path, live, wanted);
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const typeChanged = (path: string, from: NumberedType, to: Shape): IcebergError =>
  new IcebergError(
    'IcebergTypeChanged',
    `column '${path}' must keep its type or be widened, got ${shapeOf(from)} to ${shapeOf(to)}; add a column of another name, or make a new table`,
  );

type Shape = NumberedType | Exclude<IcebergType, string>;

/** A type for people, in the words of the catalog, without ids. */
function shapeOf(type: Shape): string {
  if (typeof type === 'string') return type.replaceAll(/\s/g, '');
  switch (type.type) {
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${shapeOf(field.type)}`).join(',')}>`;
    case 'list':
      return `list<${shapeOf(type.element)}>`;
    case 'map':
      return `map<${shapeOf(type.key)},${shapeOf(type.value)}>`;
  }
}
