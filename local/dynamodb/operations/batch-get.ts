import { isRecord, Members } from '../../input.ts';
import { constraint, invalid } from '../errors.ts';
import { itemSize } from '../values/size.ts';
import { Capacity } from './capacity.ts';
import { GET_MEMBERS, read, readKeys, tableToRead } from './get-item.ts';
import type { TableOperation } from './index.ts';
import { tableArn } from './table-of.ts';

/** Items of one request, and bytes of one answer. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_ITEMS = 100;
const LARGEST_ANSWER = 16 * 1024 * 1024;

/** What a batch asks of each table, by the name that it gives. */
export function requestItems(input: Members): readonly (readonly [string, unknown])[] {
  const raw = input.raw('RequestItems');
  if (!isRecord(raw)) throw constraint(undefined, 'requestItems', 'Member must not be null');
  const entries = Object.entries(raw);
  if (entries.length === 0)
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  return entries;
}

export const batchGetItem: TableOperation = (db, input, caller) => {
  input.only(['RequestItems', 'ReturnConsumedCapacity']);
  const capacity = new Capacity(input, 'Read', db.measured);
  const asked = requestItems(input).map(([name, raw]) => {
    const request = new Members({ table: raw }).object('table').only(['Keys', 'ConsistentRead', ...GET_MEMBERS]);
    const given = request.objects('Keys').map((_, index) => (request.raw('Keys') as readonly unknown[])[index]);
    if (given.length === 0)
      throw constraint([], `requestItems.${name}.member.keys`, 'Member must have length greater than or equal to 1');
    if (given.length > MOST_ITEMS)
      throw constraint([], `requestItems.${name}.member.keys`, `Member must have length less than or equal to ${MOST_ITEMS}`);
    return { name, request, raw: raw as object, arn: tableArn(db, name), keys: readKeys(request, 'BatchGetItem', given) };
  });
  if (asked.reduce((sum, { keys }) => sum + keys.keys.length, 0) > MOST_ITEMS)
    throw invalid('Too many items requested for the BatchGetItem call');
  const tables = asked.map((each) => {
    const table = tableToRead(db, caller, each.request, { arn: each.arn, action: 'dynamodb:BatchGetItem' }, each.keys);
    const places = each.keys.keys.map((key) => table.placeOf(key));
    if (new Set(places).size < places.length) throw invalid('Provided list of item keys contains duplicates');
    return { ...each, table };
  });
  let bytes = 0;
  const responses: (readonly [string, readonly object[]])[] = [];
  const unprocessed: (readonly [string, object])[] = [];
  for (const { name, keys, raw, table } of tables) {
    const items: object[] = [];
    const left: object[] = [];
    for (const key of keys.keys) {
      const whole = table.get(key);
      if (bytes + (whole === undefined ? 0 : itemSize(whole)) > LARGEST_ANSWER) {
        left.push(key);
        continue;
      }
      bytes += whole === undefined ? 0 : itemSize(whole);
      const item = read(table, key, keys, capacity);
      if (item !== undefined) items.push(item);
    }
    responses.push([name, items]);
    if (left.length > 0) unprocessed.push([name, { ...raw, Keys: left }]);
  }
  return {
    Responses: Object.fromEntries(responses),
    UnprocessedKeys: Object.fromEntries(unprocessed),
    ...capacity.ofAll(),
  };
};
