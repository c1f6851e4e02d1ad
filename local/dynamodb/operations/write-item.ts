import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalid } from '../errors.ts';
import { project } from '../expressions/projection.ts';
import type { Written } from '../table/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { enumOf } from '../request.ts';
import { Capacity } from './capacity.ts';
import type { TableOperation } from './index.ts';
import { checkWrite, keyOf, namesSet, readWrite, refuseCollectionMetrics, resultOf, type ItemWrite } from './item-write.ts';
import { itemContext } from './item-access.ts';
import { found, tableArn } from './table-of.ts';

const RETURNS = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'];

/** One write by itself. */
const writing =
  (kind: 'Put' | 'Update' | 'Delete'): TableOperation =>
  (db, input, caller) => {
    const operation = `${kind}Item`;
    const arn = tableArn(db, input.optionalText('TableName'));
    refuseCollectionMetrics(input, operation);
    const returns = enumOf(input, 'ReturnValues', RETURNS) ?? 'NONE';
    if (kind !== 'Update' && returns !== 'ALL_OLD' && returns !== 'NONE')
      throw invalid('ReturnValues can only be ALL_OLD or NONE');
    const write = readWrite(input, kind, operation);
    const capacity = new Capacity(input, 'Write', db.measured);
    authorize(db, input, caller, arn, write);
    const table = found(db, arn);
    checkWrite(write, table);
    db.key.use(caller, table);
    const key = keyOf(write, table);
    const before = table.get(key);
    const written = { before, after: result(db, arn, () => resultOf(write, table, before)) };
    db.write(table, key, written.after);
    capacity.addWrite(table, written);
    return { ...attributesOf(returns, written, write), ...capacity.ofOne };
  };

export const putItem = writing('Put');
export const updateItem = writing('Update');
export const deleteItem = writing('Delete');

type Db = Parameters<TableOperation>[0];

export function authorize(
  db: Db,
  input: Members,
  caller: Parameters<TableOperation>[2],
  arn: string,
  { action, given, attributes }: ItemWrite,
  enclosing?: string,
): void {
  const schema = db.find(arn)?.settings.keys;
  const context = itemContext(input, {
    ...(schema !== undefined && { keys: { items: [given], schema } }),
    attributes,
    ...(enclosing !== undefined && { enclosing }),
  });
  db.parts.access.check(caller, action, arn, context);
}

/** Conditions that fail are counted. */
function result(db: Db, arn: string, run: () => Item | undefined): Item | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'ConditionalCheckFailedException')
      db.parts.measure('AWS/DynamoDB', { TableName: found(db, arn).name }, { ConditionalCheckFailedRequests: 1 });
    throw error;
  }
}

function attributesOf(returns: string, { before, after }: Written, write: ItemWrite): { readonly Attributes?: Item } {
  const item = returns.endsWith('_OLD') ? before : returns.endsWith('_NEW') ? after : undefined;
  if (item === undefined) return {};
  const told = returns.startsWith('UPDATED') ? project(item, namesSet(write)) : item;
  return Object.keys(told).length === 0 ? {} : { Attributes: told };
}
