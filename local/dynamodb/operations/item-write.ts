import type { Members } from '../../input.ts';
import { conditionFailed, constraint, invalid, invalidParameters, lacking } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { pathsIn, type Condition } from '../expressions/condition.ts';
import { holds } from '../expressions/holds.ts';
import type { Path } from '../expressions/path.ts';
import { RequestExpressions } from '../expressions/request-expressions.ts';
import type { Action } from '../expressions/update.ts';
import { checkIndexKeys, checkItem, checkKey, checkPaths } from '../table/check-key.ts';
import { attributesOf } from '../table/key-text.ts';
import type { Table } from '../table/table.ts';
import { pick, type Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { itemSize, LARGEST_ITEM } from '../values/size.ts';
import { enumOf } from '../request.ts';
import { heads } from './item-access.ts';

export type WriteAction = 'dynamodb:PutItem' | 'dynamodb:UpdateItem' | 'dynamodb:DeleteItem' | 'dynamodb:ConditionCheckItem';

/** One write of a request, before its table is known. */
export interface ItemWrite {
  readonly action: WriteAction;
  /** The item of a put, or the key of another write. */
  readonly given: Item;
  readonly condition?: Condition | undefined;
  /** Of an update; none at all makes an item of the key alone. */
  readonly actions?: readonly Action[];
  /** Whether a refusal by the condition shows the item. */
  readonly showsItem: boolean;
  /** Attributes that the request names. */
  readonly attributes: readonly string[];
}

const COMMON = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];
/** What a request of one write has beside the write. */
const OF_ONE = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics', 'ReturnValues'];
const LEGACY = ['Expected', 'ConditionalOperator', 'AttributeUpdates'];

const KINDS = {
  Put: { action: 'dynamodb:PutItem', given: 'Item', expressions: ['ConditionExpression'] },
  Update: { action: 'dynamodb:UpdateItem', given: 'Key', expressions: ['UpdateExpression', 'ConditionExpression'] },
  Delete: { action: 'dynamodb:DeleteItem', given: 'Key', expressions: ['ConditionExpression'] },
  ConditionCheck: { action: 'dynamodb:ConditionCheckItem', given: 'Key', expressions: ['ConditionExpression'] },
} as const;
export type WriteKind = keyof typeof KINDS;
export const WRITE_KINDS = Object.keys(KINDS) as readonly WriteKind[];

/** Reads a write. @param operation The operation that it is, or is part of @throws ServiceError ValidationException, SerializationException, NotImplemented */
export function readWrite(input: Members, kind: WriteKind, operation: string, isAlone = true): ItemWrite {
  const { action, given, expressions: members } = KINDS[kind];
  input.only([...COMMON, ...LEGACY, ...(isAlone ? OF_ONE : []), given, ...(kind === 'Update' ? ['UpdateExpression'] : [])]);
  if (input.raw(given) === undefined) throw constraint(undefined, given.toLowerCase(), 'Member must not be null');
  const expressions = new RequestExpressions(input, operation, members);
  const showsItem = enumOf(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE']) === 'ALL_OLD';
  const item = readItem(input.raw(given));
  if (kind === 'Put' && itemSize(item) > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
  const actions = kind === 'Update' ? (expressions.update() ?? []) : undefined;
  const condition = expressions.condition('ConditionExpression');
  expressions.finish();
  return {
    action,
    given: item,
    condition,
    ...(actions !== undefined && { actions }),
    showsItem,
    attributes: [...Object.keys(item), ...heads(pathsOf({ actions, condition }))],
  };
}

const pathsOf = ({ actions = [], condition }: Pick<Partial<ItemWrite>, 'actions' | 'condition'>): readonly Path[] => [
  ...actions.flatMap((action) => [action.path, ...operandPaths(action)]),
  ...(condition === undefined ? [] : pathsIn(condition)),
];

function operandPaths(action: Action): readonly Path[] {
  const found: Path[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || 'value' in value) return;
    if ('path' in value) found.push(value.path as Path);
    for (const part of ['left', 'right', 'otherwise'] as const)
      if (part in value) visit((value as Record<string, unknown>)[part]);
  };
  if (action.kind === 'set') visit(action.operand);
  return found;
}

/** Checks a write against its table. @throws ServiceError ValidationException */
export function checkWrite(write: ItemWrite, { settings }: Table): void {
  if (write.action === 'dynamodb:PutItem') checkItem(write.given, settings);
  else checkKey(write.given, settings.keys);
  checkPaths(pathsOf(write), settings);
  const keys = attributesOf(settings.keys).map(({ name }) => name);
  const part = (write.actions ?? []).find(({ path }) => keys.includes(path[0]));
  if (part !== undefined) throw invalidParameters(`Cannot update attribute ${part.path[0]}. This attribute is part of the key`);
}

/**
 * The item that a write leaves; undefined for none.
 *
 * @throws ServiceError ConditionalCheckFailedException, ValidationException
 */
export function resultOf(write: ItemWrite, table: Table, before: Item | undefined): Item | undefined {
  if (write.condition !== undefined && !holds(write.condition, before ?? {}))
    throw conditionFailed(write.showsItem ? before : undefined);
  if (write.action === 'dynamodb:PutItem') return write.given;
  if (write.action === 'dynamodb:DeleteItem') return undefined;
  if (write.action === 'dynamodb:ConditionCheckItem') return before;
  const after = applyUpdate(before ?? table.keyOf(write.given), write.actions ?? []);
  checkIndexKeys(after, table.settings);
  if (itemSize(after) > LARGEST_ITEM) throw invalid('Item size to update has exceeded the maximum allowed size');
  return after;
}

/** What lies under a write's top, so that the answer may tell it. */
export const namesSet = ({ actions = [] }: ItemWrite): readonly Path[] => actions.map(({ path }) => path);

/** How much each collection holds is told of tables with local indexes, and counted nowhere here. @throws ServiceError NotImplemented */
export function refuseCollectionMetrics(input: Members, operation: string): void {
  if (enumOf(input, 'ReturnItemCollectionMetrics', ['SIZE', 'NONE']) === 'SIZE')
    throw lacking(operation, 'ReturnItemCollectionMetrics');
}

/** The key of a write. */
export const keyOf = ({ given }: ItemWrite, table: Table): Item =>
  pick(
    given,
    attributesOf(table.settings.keys).map(({ name }) => name),
  );
