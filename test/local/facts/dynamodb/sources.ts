import { recorded } from '../recorded.ts';

export const API = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference';
export const GUIDE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
export const RECORDED = recorded('dynamodb/test_dynamodb');
export const STREAMS = recorded('dynamodbstreams/test_dynamodb_streams');
/** What ScyllaDB's tests state of AWS, on which they are run too. */
export const alternator = (what: string): string =>
  `https://github.com/scylladb/scylladb/blob/master/test/alternator/test_${what}.py`;
/** What dynalite's tests state of AWS, on which they were run. */
export const dynalite = (operation: string): string => `https://github.com/architect/dynalite/blob/main/test/${operation}.js`;
