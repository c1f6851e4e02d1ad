import { hash } from 'node:crypto';
import { isRecord, type Members } from '../../input.ts';
import { ServiceError, type Caller } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, invalid } from '../errors.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';
import { checkLength } from '../request.ts';
import { Capacity, readUnits } from './capacity.ts';
import { GET_MEMBERS, read, readKeys, tableToRead } from './get-item.ts';
import type { TableOperation } from './index.ts';
import { checkWrite, keyOf, readWrite, refuseCollectionMetrics, resultOf, WRITE_KINDS, type ItemWrite } from './item-write.ts';
import { found, tableArn } from './table-of.ts';
import { authorize } from './write-item.ts';

/** Of one transaction: items, and bytes of them all. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MOST = 100;
const LARGEST = 4 * 1024 * 1024;
/** A transaction takes each item twice. */
const FACTOR = 2;
const LONGEST_TOKEN = 36;
/** Milliseconds for which a token is known. */
const TOKEN_LASTS = 10 * 60_000;

/** Why an item of a transaction hindered it; `None` for one that did not. */
interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: object;
}

const CODES: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

function reasonOf(error: unknown): Reason {
  if (!(error instanceof ServiceError)) throw error;
  const { code, message, documents } = error;
  return { Code: CODES[code] ?? code, Message: message, ...documents };
}

function cancelled(reasons: readonly Reason[]): ServiceError {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`;
  return new ServiceError('TransactionCanceledException', message, 400, { Message: message }, { CancellationReasons: reasons });
}

function actionsOf(input: Members): readonly Members[] {
  const actions = input.objects('TransactItems');
  if (actions.length === 0)
    throw constraint(
      input.raw('TransactItems'),
      'transactItems',
      input.has('TransactItems') ? 'Member must have length greater than or equal to 1' : 'Member must not be null',
    );
  if (actions.length > MOST)
    throw constraint(input.raw('TransactItems'), 'transactItems', `Member must have length less than or equal to ${MOST}`);
  return actions;
}

interface Step {
  readonly table: Table;
  readonly key: Item;
  readonly write: ItemWrite;
}

function stepOf(db: DynamoDb, action: Members, caller: Caller, place: number): Step {
  const given = action.only(WRITE_KINDS).names();
  const kind = WRITE_KINDS.find((each) => given[0] === each);
  if (kind === undefined || given.length > 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  const input = action.object(kind);
  const arn = tableArn(db, input.optionalText('TableName'));
  const write = readWrite(input, kind, 'TransactWriteItems', false);
  if (kind === 'ConditionCheck' && write.condition === undefined)
    throw constraint(
      undefined,
      `transactItems.${place + 1}.member.conditionCheck.conditionExpression`,
      'Member must not be null',
    );
  authorize(db, input, caller, arn, write, 'TransactWriteItems');
  const table = found(db, arn);
  checkWrite(write, table);
  db.key.use(caller, table);
  return { table, key: keyOf(write, table), write };
}

function refuseTwice(steps: readonly Pick<Step, 'table' | 'key'>[]): void {
  const places = steps.map(({ table, key }) => `${table.arn} ${table.placeOf(key)}`);
  if (new Set(places).size < places.length) throw invalid('Transaction request cannot include multiple operations on one item');
}

export const transactWriteItems: TableOperation = (db, input, caller) => {
  input.only(['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);
  refuseCollectionMetrics(input, 'TransactWriteItems');
  const capacity = new Capacity(input, 'Write', db.measured);
  const steps = actionsOf(input).map((action, place) => stepOf(db, action, caller, place));
  refuseTwice(steps);
  const token = input.optionalText('ClientRequestToken');
  if (token !== undefined) checkLength(token, 'clientRequestToken', LONGEST_TOKEN);
  if (token !== undefined && isDone(db, token, caller, input)) return readAgain(db, input, steps);
  const reasons: Reason[] = [];
  const results: (Item | undefined)[] = [];
  for (const { table, key, write } of steps) {
    try {
      results.push(resultOf(write, table, table.get(key)));
      reasons.push({ Code: 'None' });
    } catch (error) {
      results.push(undefined);
      reasons.push(reasonOf(error));
    }
  }
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  if (results.reduce((sum, item) => sum + (item === undefined ? 0 : itemSize(item)), 0) > LARGEST)
    throw invalid('Collection size of the transaction items has exceeded the maximum allowed size');
  for (const [index, { table, key, write }] of steps.entries()) {
    const isCheck = write.action === 'dynamodb:ConditionCheckItem';
    const item = results[index];
    capacity.addWrite(table, isCheck ? { before: item, after: item } : db.write(table, key, item), FACTOR);
  }
  if (token !== undefined) db.tokens.set(tokenOf(caller, token), { asked: digest(input), until: db.now + TOKEN_LASTS });
  return capacity.ofAll(true);
};

/** What a transaction answers that is known: it has read its items, and written none. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function readAgain(db: DynamoDb, input: Members, steps: readonly Step[]): object {
  const capacity = new Capacity(input, 'Read', db.measured);
  for (const { table, key } of steps) {
    const item = table.get(key);
    capacity.add(table, readUnits(item === undefined ? 0 : itemSize(item), true) * FACTOR);
  }
  return capacity.ofAll(true);
}

/** Whether a transaction with this token has been written of late. @throws ServiceError IdempotentParameterMismatchException for another one */
function isDone(db: DynamoDb, token: string, caller: Caller, input: Members): boolean {
  for (const [known, { until }] of db.tokens) if (until <= db.now) db.tokens.delete(known);
  const before = db.tokens.get(tokenOf(caller, token));
  if (before !== undefined && before.asked !== digest(input))
    throw new ServiceError(
      'IdempotentParameterMismatchException',
      'Request parameters do not match the parameters of the earlier request with the same client token',
    );
  return before !== undefined;
}

const tokenOf = ({ accountId }: Caller, token: string): string => `${accountId} ${token}`;
/** What was asked, members in any order. */
const digest = (input: Members): string => hash('sha256', JSON.stringify(input.raw('TransactItems'), inOrder));
const inOrder = (_name: string, value: unknown): unknown =>
  isRecord(value) ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)) : value;

export const transactGetItems: TableOperation = (db, input, caller) => {
  input.only(['TransactItems', 'ReturnConsumedCapacity']);
  const capacity = new Capacity(input, 'Read', db.measured);
  const gets = actionsOf(input).map((action) => {
    const get = action
      .only(['Get'])
      .object('Get')
      .only(['TableName', 'Key', ...GET_MEMBERS]);
    const arn = tableArn(db, get.optionalText('TableName'));
    if (get.raw('Key') === undefined) throw constraint(undefined, 'key', 'Member must not be null');
    const asked = readKeys(get, 'TransactGetItems', [get.raw('Key')]);
    const table = tableToRead(db, caller, get, { arn, action: 'dynamodb:GetItem', enclosing: 'TransactGetItems' }, asked);
    return { table, key: asked.keys[0] as Item, asked };
  });
  refuseTwice(gets);
  const Responses = gets.map(({ table, key, asked }) => {
    const item = read(table, key, asked, capacity, FACTOR);
    return item === undefined ? {} : { Item: item };
  });
  return { Responses, ...capacity.ofAll(true) };
};
