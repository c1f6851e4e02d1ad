import type { Members } from '../../input.ts';
import { constraint, noSuchTable } from '../errors.ts';
import type { DynamoDb } from '../dynamodb.ts';
import type { Table } from '../table/table.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.NamingRules */
const NAME = /^[a-zA-Z0-9_.-]+$/;
const LENGTHS = [3, 255] as const;

/** Checks a name by the rules that tables and indexes have. @throws ServiceError ValidationException */
export function checkName(name: string | undefined, member: string): string {
  if (name === undefined) throw constraint(undefined, member, 'Member must not be null');
  if (!NAME.test(name)) throw constraint(name, member, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  if (name.length < LENGTHS[0]) throw constraint(name, member, `Member must have length greater than or equal to ${LENGTHS[0]}`);
  if (name.length > LENGTHS[1]) throw constraint(name, member, `Member must have length less than or equal to ${LENGTHS[1]}`);
  return name;
}

/** The ARN that a request means: it may name the table, or say its ARN. @throws ServiceError ValidationException */
export function tableArn(db: DynamoDb, given: string | undefined, member = 'tableName'): string {
  return given?.startsWith('arn:') === true ? given : db.arnOf(checkName(given, member));
}

/** A table that is there. @param isTold Whether the answer names the one that is not */
export function found(db: DynamoDb, arn: string, isTold = false): Table {
  const table = db.find(arn);
  if (table === undefined) throw noSuchTable(isTold ? arn.slice(arn.indexOf('/') + 1) : undefined);
  return table;
}

/** The table that a request is about, for a caller who may do this with it. @throws ServiceError AccessDeniedException, ResourceNotFoundException */
export function tableOf(db: DynamoDb, input: Members, may: (arn: string) => void, member = 'TableName'): Table {
  const arn = tableArn(db, input.optionalText(member), `${member.charAt(0).toLowerCase()}${member.slice(1)}`);
  may(arn);
  return found(db, arn, true);
}
