import type { Caller } from '../../service.ts';
import type { Members } from '../../input.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint } from '../errors.ts';
import type { Path } from '../expressions/path.ts';
import { project } from '../expressions/projection.ts';
import { LEGACY, RequestExpressions } from '../expressions/request-expressions.ts';
import { checkKey, checkPaths } from '../table/check-key.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { itemSize } from '../values/size.ts';
import { Capacity, readUnits } from './capacity.ts';
import type { TableOperation } from './index.ts';
import { heads, itemContext } from './item-access.ts';
import { found, tableArn } from './table-of.ts';

/** What is asked of one table's items by their keys. */
export interface AskedKeys {
  readonly keys: readonly Item[];
  readonly projection: readonly Path[] | undefined;
  readonly isConsistent: boolean;
}

/** What a request says of the items beside their keys. */
export const GET_MEMBERS = [
  'ProjectionExpression',
  'ExpressionAttributeNames',
  ...LEGACY.filter((name) => name === 'AttributesToGet'),
];

export function readKeys(input: Members, operation: string, raw: readonly unknown[]): AskedKeys {
  const expressions = new RequestExpressions(input, operation, ['ProjectionExpression']);
  const keys = raw.map((key) => readItem(key));
  const projection = expressions.projection();
  expressions.finish();
  return { keys, projection, isConsistent: input.optionalBoolean('ConsistentRead') === true };
}

/** The table of some items, for a caller who may ask for them. @throws ServiceError AccessDeniedException, ResourceNotFoundException, ValidationException */
export function tableToRead(
  db: DynamoDb,
  caller: Caller,
  input: Members,
  { arn, action, enclosing }: { readonly arn: string; readonly action: string; readonly enclosing?: string },
  { keys, projection }: AskedKeys,
): Table {
  const schema = db.find(arn)?.settings.keys;
  const context = itemContext(input, {
    ...(schema !== undefined && { keys: { items: keys, schema } }),
    attributes: [...keys.flatMap((key) => Object.keys(key)), ...heads(projection)],
    select: projection === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES',
    ...(enclosing !== undefined && { enclosing }),
  });
  db.parts.access.check(caller, action, arn, context);
  const table = found(db, arn);
  for (const key of keys) checkKey(key, table.settings.keys);
  checkPaths(projection ?? [], table.settings);
  db.key.use(caller, table);
  return table;
}

/** One item, as it is asked for; undefined where there is none. */
export function read(
  table: Table,
  key: Item,
  { projection, isConsistent }: AskedKeys,
  capacity: Capacity,
  factor = 1,
): Item | undefined {
  const item = table.get(key);
  capacity.add(table, readUnits(item === undefined ? 0 : itemSize(item), isConsistent || factor > 1) * factor);
  return item === undefined || projection === undefined ? item : project(item, projection);
}

export const getItem: TableOperation = (db, input, caller) => {
  input.only(['TableName', 'Key', 'ConsistentRead', 'ReturnConsumedCapacity', ...GET_MEMBERS]);
  const arn = tableArn(db, input.optionalText('TableName'));
  if (input.raw('Key') === undefined) throw constraint(undefined, 'key', 'Member must not be null');
  const asked = readKeys(input, 'GetItem', [input.raw('Key')]);
  const capacity = new Capacity(input, 'Read', db.measured);
  const table = tableToRead(db, caller, input, { arn, action: 'dynamodb:GetItem' }, asked);
  const item = asked.keys[0] === undefined ? undefined : read(table, asked.keys[0], asked, capacity);
  return { ...(item !== undefined && { Item: item }), ...capacity.ofOne };
};
