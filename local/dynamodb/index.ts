export { DynamoDb } from './dynamodb.ts';
export { readSettings, SETTINGS } from './table/read-settings.ts';
export type { Table } from './table/table.ts';
