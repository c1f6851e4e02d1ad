import { dynamodbAccess } from './dynamodb/access.ts';
import { dynamodbBoundaries } from './dynamodb/boundaries.ts';
import { dynamodbExpressions } from './dynamodb/expressions.ts';
import { dynamodbLimits } from './dynamodb/limits.ts';
import { dynamodbReading } from './dynamodb/reading.ts';
import { dynamodbStreams } from './dynamodb/streams.ts';
import { dynamodbTables } from './dynamodb/tables.ts';
import { dynamodbValues } from './dynamodb/values.ts';
import { dynamodbWriting } from './dynamodb/writing.ts';
import { hold } from './hold.ts';

for (const table of [
  dynamodbValues,
  dynamodbExpressions,
  dynamodbBoundaries,
  dynamodbLimits,
  dynamodbWriting,
  dynamodbReading,
  dynamodbTables,
  dynamodbAccess,
  dynamodbStreams,
])
  hold(table);
