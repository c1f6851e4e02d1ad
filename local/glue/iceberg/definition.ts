import { IcebergError } from '../../iceberg/iceberg-error.ts';
import type { PartitionField, PartitionSpec, TableMetadata } from '../../iceberg/metadata.ts';
import { checkTransform, NO_PARTITIONS, parseTransform } from '../../iceberg/partition-spec.ts';
import { newTable, withFields } from '../../iceberg/table.ts';
import { partsOf, type IcebergType, type StructField } from '../../iceberg/types.ts';

/** Columns with the ids that whoever defines the table has given them. */
export interface GivenSchema {
  readonly fields: readonly StructField[];
  readonly identifiers?: readonly number[] | undefined;
}

export type GivenPartition = Omit<PartitionField, 'field-id'> & { readonly 'field-id'?: number | undefined };

export interface GivenOrder {
  readonly id: number;
  readonly fields: readonly object[];
}

/** An Iceberg table as a call or a template defines it. */
export interface IcebergDefinition {
  /** The S3 address of the table, without a slash at its end. */
  readonly location: string;
  readonly schema: GivenSchema;
  readonly partitions?: readonly GivenPartition[] | undefined;
  readonly order?: GivenOrder | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** What changes of a table; the rest stays. */
export interface IcebergChange extends Partial<IcebergDefinition> {
  /** Names of properties that go. */
  readonly removed?: readonly string[] | undefined;
}

/** The first state of a table. @throws IcebergError for ids that come twice, and partitions that its columns have not */
export function definedTable(
  { location, schema, partitions = [], order, properties }: IcebergDefinition,
  now: number,
): TableMetadata {
  const lastColumnId = checkIds(schema.fields);
  const spec = givenSpec(partitions, NO_PARTITIONS, [], schema.fields, 0);
  const table = newTable({ location, fields: schema.fields, lastColumnId, spec, properties, now });
  const [own] = table.schemas;
  const known: TableMetadata = {
    ...table,
    ...(own && schema.identifiers && { schemas: [{ ...own, 'identifier-field-ids': [...schema.identifiers] }] }),
    'last-partition-id': lastPartition([spec]),
  };
  return order === undefined ? known : withOrder({ ...known, 'sort-orders': [] }, order);
}

/** The next state of a table. Ids are taken as they are given: one that another column had before is not refused. @throws IcebergError as above */
export function changedTable(metadata: TableMetadata, change: IcebergChange, now: number): TableMetadata {
  const { schema, partitions, order, location, properties, removed } = change;
  let next: TableMetadata = { ...metadata, 'last-updated-ms': now, ...(location !== undefined && { location }) };
  if (schema !== undefined) next = withFields(next, schema.fields, checkIds(schema.fields), now, [...(schema.identifiers ?? [])]);
  if (partitions !== undefined) next = withPartitions(next, partitions);
  if (order !== undefined) next = withOrder(next, order);
  const kept = Object.entries({ ...next.properties, ...properties }).filter(([name]) => removed?.includes(name) !== true);
  return { ...next, properties: Object.fromEntries(kept) };
}

function withPartitions(metadata: TableMetadata, partitions: readonly GivenPartition[]): TableMetadata {
  const specs = metadata['partition-specs'];
  const id = Math.max(...specs.map((spec) => spec['spec-id'])) + 1;
  const fields = metadata.schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])?.fields ?? [];
  const spec = givenSpec(partitions, metadata['last-partition-id'], specs, fields, id);
  const known = specs.find((other) => JSON.stringify(other.fields) === JSON.stringify(spec.fields));
  const all = known === undefined ? [...specs, spec] : specs;
  return {
    ...metadata,
    'partition-specs': all,
    'default-spec-id': (known ?? spec)['spec-id'],
    'last-partition-id': Math.max(metadata['last-partition-id'], lastPartition(all)),
  };
}

/** A spec whose fields have the ids given; one without has that which the same field had before, or the next. */
function givenSpec(
  given: readonly GivenPartition[],
  last: number,
  before: readonly PartitionSpec[],
  columns: readonly StructField[],
  id: number,
): PartitionSpec {
  let highest = last;
  const fields = given.map(({ name, transform, 'source-id': source, 'field-id': own }): PartitionField => {
    const column = columns.find((candidate) => candidate.id === source);
    if (column === undefined) throw new IcebergError('COLUMN_NOT_FOUND', `partition '${name}' is of no column of the table`);
    checkTransform(parseTransform(transform), column);
    const same = before
      .flatMap((spec) => spec.fields)
      .find((field) => field['source-id'] === source && field.transform === transform);
    const fieldId = own ?? same?.['field-id'] ?? highest + 1;
    highest = Math.max(highest, fieldId);
    return { name, transform, 'source-id': source, 'field-id': fieldId };
  });
  return { 'spec-id': id, fields };
}

const lastPartition = (specs: readonly PartitionSpec[]): number =>
  Math.max(NO_PARTITIONS, ...specs.flatMap((spec) => spec.fields.map((field) => field['field-id'])));

/** The id of an order without fields. @see https://iceberg.apache.org/spec/#sorting */
const UNSORTED = 0;

function withOrder(metadata: TableMetadata, { id, fields }: GivenOrder): TableMetadata {
  const orders = metadata['sort-orders'];
  const known = orders.find((order) => JSON.stringify(order.fields) === JSON.stringify(fields));
  const free = orders.some((order) => order['order-id'] === id) ? Math.max(...orders.map((order) => order['order-id'])) + 1 : id;
  const added = { 'order-id': fields.length === 0 ? UNSORTED : Math.max(free, UNSORTED + 1), fields: [...fields] };
  return {
    ...metadata,
    'sort-orders': known === undefined ? [...orders, added] : orders,
    'default-sort-order-id': (known ?? added)['order-id'],
  };
}

/** The highest of the ids. @throws IcebergError for one that comes twice */
function checkIds(fields: readonly StructField[]): number {
  const ids = fields.flatMap(({ id, type }) => [id, ...idsIn(type)]);
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) throw new IcebergError('INVALID_TABLE_PROPERTY', `the field id ${twice} comes twice in one schema`);
  return Math.max(...ids);
}

const idsIn = (type: IcebergType): readonly number[] => partsOf(type).flatMap((part) => [part.id, ...idsIn(part.type)]);
