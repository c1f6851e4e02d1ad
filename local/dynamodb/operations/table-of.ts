import type { Members } from '../../input.ts';
import { noSuchTable } from '../errors.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { checkName } from '../request.ts';
import type { Table } from '../table/table.ts';

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
