import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, invalid, invalidParameters } from '../errors.ts';
import { pathsIn, type Condition } from '../expressions/condition.ts';
import { holds } from '../expressions/holds.ts';
import type { Path } from '../expressions/path.ts';
import { project } from '../expressions/projection.ts';
import { checkPaths } from '../table/check-key.ts';
import type { IndexView } from '../table/index-view.ts';
import { attributesOf, type KeySchema } from '../table/key-text.ts';
import type { Range, SortedMap } from '../table/sorted-map.ts';
import type { Table } from '../table/table.ts';
import { pick, type Item } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';
import { Capacity, readUnits } from './capacity.ts';
import { heads, itemContext, type AskedItems } from './item-access.ts';
import { checkName, enumOf } from '../request.ts';
import { found, tableArn } from './table-of.ts';

/** Bytes that one answer is read from. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const PAGE = 1024 * 1024;

const SELECTS = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'];

/** What queries and scans have in common. */
export const MANY_MEMBERS = [
  'TableName',
  'IndexName',
  'Select',
  'Limit',
  'ConsistentRead',
  'ReturnConsumedCapacity',
  'ExclusiveStartKey',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
];

/** Where a read looks. */
export interface Source {
  readonly table: Table;
  readonly index: IndexView | undefined;
  readonly keys: KeySchema;
  readonly entries: SortedMap<Item>;
}

/** What is asked of many items, whichever they are. */
export interface AskedMany {
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  readonly select: string;
  readonly limit: number;
  readonly isConsistent: boolean;
}

export function readAsked(input: Members, filter: Condition | undefined, projection: readonly Path[] | undefined): AskedMany {
  const limit = input.optionalNumber('Limit');
  if (limit !== undefined && limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  const given = enumOf(input, 'Select', SELECTS);
  if (given !== undefined && given !== 'SPECIFIC_ATTRIBUTES' && projection !== undefined)
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${given === 'COUNT' ? 'only the Count' : given}`);
  if (given === 'SPECIFIC_ATTRIBUTES' && projection === undefined)
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  const otherwise = input.has('IndexName') ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const select = given ?? (projection === undefined ? otherwise : 'SPECIFIC_ATTRIBUTES');
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !input.has('IndexName'))
    throw invalidParameters('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  return { filter, projection, select, limit: limit ?? Infinity, isConsistent: input.optionalBoolean('ConsistentRead') === true };
}

/**
 * The table or the index of a read, for a caller who may read it so.
 *
 * @param leading The key that a query asks for; undefined for a scan
 * @throws ServiceError AccessDeniedException, ResourceNotFoundException, ValidationException
 */
export function sourceOf(
  db: DynamoDb,
  input: Members,
  caller: Caller,
  action: string,
  asked: AskedMany,
  leading: (schema: KeySchema) => Item | undefined,
  named: readonly string[],
): Source {
  const arn = tableArn(db, input.optionalText('TableName'));
  const given = input.optionalText('IndexName');
  const name = given === undefined ? undefined : checkName(given, 'indexName');
  const known = db.find(arn);
  const schema = name === undefined ? known?.settings.keys : known?.index(name)?.settings.keys;
  const key = schema === undefined ? undefined : leading(schema);
  const context: AskedItems = {
    ...(schema !== undefined && key !== undefined && { keys: { items: [key], schema } }),
    attributes: [...named, ...heads(asked.projection, asked.filter && pathsIn(asked.filter))],
    select: asked.select,
  };
  db.parts.access.check(caller, action, name === undefined ? arn : `${arn}/index/${name}`, itemContext(input, context));
  const table = found(db, arn);
  const index = name === undefined ? undefined : table.index(name);
  if (name !== undefined && index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  if (index?.settings.isGlobal === true && asked.isConsistent)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  checkReach(asked, index);
  checkPaths([...(asked.projection ?? []), ...(asked.filter === undefined ? [] : pathsIn(asked.filter))], table.settings);
  db.key.use(caller, table);
  return { table, index, keys: index?.settings.keys ?? table.settings.keys, entries: index?.entries ?? table.items };
}

/** A global index answers with nothing that it does not hold. @throws ServiceError ValidationException */
function checkReach({ select, projection }: AskedMany, index: IndexView | undefined): void {
  if (index === undefined || !index.settings.isGlobal || index.settings.projection.type === 'ALL') return;
  const { name } = index.settings;
  if (select === 'ALL_ATTRIBUTES')
    throw invalidParameters(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  const names = heads(projection);
  const held = Object.keys(index.projected(Object.fromEntries(names.map((each) => [each, { NULL: true } as const]))));
  const strange = names.filter((each) => !held.includes(each));
  if (strange.length > 0) throw invalidParameters(`Global secondary index ${name} does not project [${strange.join(', ')}]`);
}

/** Reads one page of a range. */
export function readPage(db: DynamoDb, input: Members, source: Source, range: Range, asked: AskedMany): object {
  const { table, index, entries } = source;
  const items: Item[] = [];
  const [capacity, limit] = [new Capacity(input, 'Read', db.measured), asked.limit];
  let [scanned, bytes, fetched] = [0, 0, 0];
  let last: Item | undefined;
  for (const [, whole] of entries.entries(range)) {
    const held = index?.projected(whole) ?? whole;
    const item = reaches(asked, index) ? whole : held;
    scanned += 1;
    bytes += itemSize(held);
    if (item !== held) fetched += readUnits(itemSize(whole), asked.isConsistent); // a local index sends for what it does not hold
    if (asked.filter === undefined || holds(asked.filter, item)) items.push(item);
    last = whole;
    if (scanned >= limit || bytes >= PAGE) break;
  }
  capacity.add(table, readUnits(bytes, asked.isConsistent), index?.settings.name);
  if (fetched > 0) capacity.add(table, fetched);
  const isCut = last !== undefined && (scanned >= limit || bytes >= PAGE);
  db.parts.measure(
    'AWS/DynamoDB',
    { TableName: table.name, Operation: input.has('KeyConditionExpression') ? 'Query' : 'Scan' },
    {
      ReturnedItemCount: items.length,
    },
  );
  const told = asked.projection === undefined ? items : items.map((item) => project(item, asked.projection ?? []));
  return {
    ...(asked.select !== 'COUNT' && { Items: told }),
    Count: items.length,
    ScannedCount: scanned,
    ...(isCut && { LastEvaluatedKey: pick(last as Item, startNames(source)) }),
    ...capacity.ofOne,
  };
}

/** Whether a local index sends for whole items, because it does not hold all that is asked. */
function reaches({ select, projection }: AskedMany, index: IndexView | undefined): boolean {
  if (index === undefined || index.settings.isGlobal || index.settings.projection.type === 'ALL') return false;
  if (select === 'ALL_ATTRIBUTES') return true;
  const names = heads(projection);
  return (
    Object.keys(index.projected(Object.fromEntries(names.map((name) => [name, { NULL: true } as const])))).length <
    new Set(names).size
  );
}

/** Attributes of the key that the next page begins behind: the table's, and the index's own. */
export const startNames = ({ table, keys }: Source): readonly string[] => [
  ...new Set([...attributesOf(table.settings.keys), ...attributesOf(keys)].map(({ name }) => name)),
];
