import type { DynamoDb } from '../../dynamodb/index.ts';
import { isRecord } from '../../input.ts';
import { causeOf } from '../../java-cause.ts';
import { ServiceError } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import type { Integration } from './integration.ts';
import { unlessLacking } from './sdk.ts';
import type { Task } from './task.ts';

const OF_WRITES = [
  'ConditionalOperator',
  'ConditionExpression',
  'Expected',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValues',
  'TableName',
];

/** What a task may give of each request. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
const MEMBERS = {
  GetItem: [
    'AttributesToGet',
    'ConsistentRead',
    'ExpressionAttributeNames',
    'Key',
    'ProjectionExpression',
    'ReturnConsumedCapacity',
    'TableName',
  ],
  PutItem: [...OF_WRITES, 'Item'],
  UpdateItem: [...OF_WRITES, 'AttributeUpdates', 'Key', 'UpdateExpression'],
  DeleteItem: [...OF_WRITES, 'Key'],
} as const;

/** Errors that Java's first SDK has a class for; every other one is an AmazonDynamoDBException. @see https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/dynamodbv2/model/package-summary.html */
const MODELED = [
  'ConditionalCheckFailedException',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'ResourceNotFoundException',
  'TransactionConflictException',
];

type Tables = Pick<DynamoDb, 'service'>;

const task =
  (tables: Tables, operation: keyof typeof MEMBERS): Task =>
  async (asked, caller) => {
    const given = Object.entries(isRecord(asked) ? asked : {}).filter(([, value]) => value !== null);
    const stranger = given.find(([member]) => !(MEMBERS[operation] as readonly string[]).includes(member));
    if (stranger !== undefined)
      throw new StatesError('States.Runtime', `The field "${stranger[0]}" is not supported by Step Functions`);
    try {
      return (await tables.service.operations[operation]?.(Object.fromEntries(given), caller)) ?? {};
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const name = MODELED.includes(error.code) ? error.code : 'AmazonDynamoDBException';
      throw unlessLacking(error, () => new StatesError(`DynamoDB.${name}`, causeOf('AmazonDynamoDBv2', error)));
    }
  };

/** The four operations that Step Functions has integrations of its own for: values are spelled as in the API. */
export const dynamodbIntegrations = (tables: Tables): Readonly<Record<string, Integration>> => ({
  'dynamodb:getItem': { call: task(tables, 'GetItem') },
  'dynamodb:putItem': { call: task(tables, 'PutItem') },
  'dynamodb:updateItem': { call: task(tables, 'UpdateItem') },
  'dynamodb:deleteItem': { call: task(tables, 'DeleteItem') },
});
