import { ServiceError } from '../service.ts';

export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

/** What is wrong with one parameter or several, as DynamoDB begins most of its refusals. */
export const invalidParameters = (message: string): ServiceError =>
  invalid(`One or more parameter values were invalid: ${message}`);

/** A member of the wrong shape: nothing of what it holds is told. */
export const unreadable = (message: string): ServiceError => new ServiceError('SerializationException', message);

export const noSuchTable = (name?: string): ServiceError =>
  new ServiceError(
    'ResourceNotFoundException',
    `Requested resource not found${name === undefined ? '' : `: Table: ${name} not found`}`,
  );

export const conditionFailed = (item?: object): ServiceError =>
  new ServiceError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    400,
    {},
    item === undefined ? {} : { Item: item },
  );

/** What AWS has and this runtime lacks. */
export const lacking = (operation: string, what: string): ServiceError =>
  new ServiceError('NotImplemented', `NotImplemented: dynamodb:${operation} with ${what}`, 501);

/**
 * A member that breaks a rule of the API's model.
 *
 * @param value As the request has it; it is told as Java prints it
 * @param member `tableName`
 * @param rule `Member must not be null`
 */
export const constraint = (value: unknown, member: string, rule: string): ServiceError =>
  invalid(`1 validation error detected: Value ${printed(value)} at '${member}' failed to satisfy constraint: ${rule}`);

function printed(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' || typeof value === 'number' ? `'${value}'` : "'[]'";
}
