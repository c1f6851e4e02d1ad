import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, invalid, invalidParameters, noSuchTable } from '../errors.ts';
import { checkLength } from '../request.ts';
import type { Table } from '../table/table.ts';
import type { ItemContext } from './item-access.ts';
import type { TableOperation } from './index.ts';

type Tags = readonly (readonly [string, string])[];

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html#TaggingRestrictions */
const MOST_TAGS = 50;
const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** @throws ServiceError ValidationException */
export const readTags = (input: Members): Tags => {
  const given = input.objects('Tags');
  checkCount(given.length);
  return given.map((tag, index) => {
    tag.only(['Key', 'Value']);
    const [key, value] = [tag.text('Key'), tag.text('Value')];
    checkLength(key, `tags.${index + 1}.member.key`, 128);
    checkLength(value, `tags.${index + 1}.member.value`, 256, 0);
    if (!TEXT.test(key) || !TEXT.test(value)) throw invalid('Tags hold letters, digits, spaces and _ . : / = + - @ alone');
    if (key.startsWith('aws:')) throw invalid('Tag keys that begin with aws: are of AWS alone');
    return [key, value] as const;
  });
};

function checkCount(count: number): void {
  if (count > MOST_TAGS) throw invalidParameters(`Too many tags: at most ${MOST_TAGS}`);
}

function setTags(table: Table, tags: Tags): void {
  checkCount(new Map([...table.tags, ...tags]).size);
  for (const [key, value] of tags) table.tags.set(key, value);
}

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
  if (tags.length === 0) throw invalidParameters('Tags must not be empty');
  setTags(table, tags);
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
