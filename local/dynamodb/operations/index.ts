import { Members } from '../../input.ts';
import type { Caller, Operation } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { batchGetItem } from './batch-get.ts';
import { batchWriteItem } from './batch-write.ts';
import { getItem } from './get-item.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './policies.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import {
  createTable,
  deleteTable,
  describeContinuousBackups,
  describeLimits,
  describeTable,
  describeTimeToLive,
  listTables,
  updateContinuousBackups,
  updateTimeToLive,
} from './tables.ts';
import { listTagsOfResource, tagResource, untagResource } from './tags.ts';
import { transactGetItems, transactWriteItems } from './transact.ts';
import { updateTable } from './update-table.ts';
import { deleteItem, putItem, updateItem } from './write-item.ts';

/** One operation: it authorizes its caller itself. */
export type TableOperation = (db: DynamoDb, input: Members, caller: Caller) => object;

const OPERATIONS: Readonly<Record<string, TableOperation>> = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteResourcePolicy: deleteResourcePolicy,
  DeleteTable: deleteTable,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeLimits: describeLimits,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  GetResourcePolicy: getResourcePolicy,
  ListTables: listTables,
  ListTagsOfResource: listTagsOfResource,
  PutItem: putItem,
  PutResourcePolicy: putResourcePolicy,
  Query: query,
  Scan: scan,
  TagResource: tagResource,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
  UntagResource: untagResource,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

export const operations = (db: DynamoDb): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, operation]) => [
      name,
      async (input: Readonly<Record<string, unknown>>, caller: Caller) => operation(db, new Members(input), caller),
    ]),
  );
