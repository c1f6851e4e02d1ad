import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, noSuchTable } from '../errors.ts';
import type { Table } from '../table/table.ts';
import type { ItemContext } from './item-access.ts';
import type { TableOperation } from './index.ts';

type Tags = readonly (readonly [string, string])[];

export const readTags = (input: Members): Tags =>
  input.objects('Tags').map((tag) => {
    tag.only(['Key', 'Value']);
    return [tag.text('Key'), tag.text('Value')] as const;
  });

/** What policies hear of tags that a request gives. */
export const tagContext = (tags: Tags): ItemContext => ({
  ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  ...(tags.length > 0 && { 'aws:TagKeys': tags.map(([key]) => key) }),
});

function taggedTable(db: DynamoDb, input: Members, caller: Caller, action: string, context: ItemContext = {}): Table {
  const arn = input.optionalText('ResourceArn');
  if (arn === undefined) throw constraint(undefined, 'resourceArn', 'Member must not be null');
  db.parts.access.check(caller, action, arn, context);
  const table = db.find(arn);
  if (table === undefined) throw noSuchTable();
  return table;
}

export const tagResource: TableOperation = (db, input, caller) => {
  const tags = readTags(input.only(['ResourceArn', 'Tags']));
  const table = taggedTable(db, input, caller, 'dynamodb:TagResource', tagContext(tags));
  for (const [key, value] of tags) table.tags.set(key, value);
  return {};
};

export const untagResource: TableOperation = (db, input, caller) => {
  const keys = input.only(['ResourceArn', 'TagKeys']).texts('TagKeys');
  const table = taggedTable(db, input, caller, 'dynamodb:UntagResource', { 'aws:TagKeys': keys });
  for (const key of keys) table.tags.delete(key);
  return {};
};

/** All of them: a table has fifty at most. */
export const listTagsOfResource: TableOperation = (db, input, caller) => {
  input.only(['ResourceArn', 'NextToken']);
  const { tags } = taggedTable(db, input, caller, 'dynamodb:ListTagsOfResource');
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
};
