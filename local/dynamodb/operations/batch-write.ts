import { Members } from '../../input.ts';
import { constraint, invalid } from '../errors.ts';
import { requestItems } from './batch-get.ts';
import { NO_MATCH } from '../table/check-key.ts';
import { keyText } from '../table/key-text.ts';
import { Capacity } from './capacity.ts';
import type { TableOperation } from './index.ts';
import { checkWrite, keyOf, readWrite, refuseCollectionMetrics, type ItemWrite } from './item-write.ts';
import { itemContext } from './item-access.ts';
import { found, tableArn } from './table-of.ts';

/** Writes of one request. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const MOST = 25;

function readRequest(request: Members): ItemWrite {
  const [one, other] = request.only(['PutRequest', 'DeleteRequest']).names();
  if (one === undefined || other !== undefined)
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  return one === 'PutRequest'
    ? readWrite(request.object(one).only(['Item']), 'Put', 'BatchWriteItem', false)
    : readWrite(request.object(one).only(['Key']), 'Delete', 'BatchWriteItem', false);
}

/** Writes each item by itself; all are written, or none where the request is refused. */
export const batchWriteItem: TableOperation = (db, input, caller) => {
  input.only(['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);
  refuseCollectionMetrics(input, 'BatchWriteItem');
  const capacity = new Capacity(input, 'Write', db.measured);
  const asked = requestItems(input).map(([name, raw]) => {
    const requests = new Members({ requests: raw }).objects('requests');
    if (requests.length === 0 || requests.length > MOST)
      throw constraint(
        [],
        'requestItems',
        `Map value must satisfy constraint: [Member must have length less than or equal to ${MOST}, Member must have length greater than or equal to 1]`,
      );
    return { arn: tableArn(db, name), writes: requests.map(readRequest) };
  });
  if (asked.reduce((sum, { writes }) => sum + writes.length, 0) > MOST)
    throw invalid('Too many items requested for the BatchWriteItem call');
  const tables = asked.map(({ arn, writes }) => {
    const schema = db.find(arn)?.settings.keys;
    const context = itemContext(input, {
      ...(schema !== undefined && { keys: { items: writes.map(({ given }) => given), schema } }),
      attributes: writes.flatMap(({ attributes }) => attributes),
    });
    db.parts.access.check(caller, 'dynamodb:BatchWriteItem', arn, context);
    const table = found(db, arn);
    for (const write of writes) {
      if (keyText(write.given, table.settings.keys) === undefined) throw invalid(NO_MATCH); // of an item too, and in no other words
      checkWrite(write, table);
    }
    db.key.use(caller, table);
    const places = writes.map((write) => table.placeOf(keyOf(write, table)));
    if (new Set(places).size < places.length) throw invalid('Provided list of item keys contains duplicates');
    return { table, writes };
  });
  for (const { table, writes } of tables)
    for (const write of writes) {
      const after = write.action === 'dynamodb:PutItem' ? write.given : undefined;
      capacity.addWrite(table, db.write(table, keyOf(write, table), after));
    }
  return { UnprocessedItems: {}, ...capacity.ofAll() };
};
