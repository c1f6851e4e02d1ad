import type { Members } from '../../input.ts';
import { ServiceError, type Caller } from '../../service.ts';
import type { DynamoDb } from '../dynamodb.ts';
import { constraint, noSuchTable } from '../errors.ts';
import type { Table } from '../table/table.ts';
import type { TableOperation } from './index.ts';

/** The table of a policy. Streams have policies of their own on AWS, and none here. */
function guarded(db: DynamoDb, input: Members, caller: Caller, action: string): Table {
  const arn = input.optionalText('ResourceArn');
  if (arn === undefined) throw constraint(undefined, 'resourceArn', 'Member must not be null');
  db.parts.access.check(caller, action, arn);
  const table = db.find(arn);
  if (table !== undefined) return table;
  if (/\/stream\//.test(arn)) throw new ServiceError('NotImplemented', `NotImplemented: ${action} of a stream`, 501);
  throw noSuchTable();
}

const noPolicy = (): ServiceError =>
  new ServiceError('PolicyNotFoundException', 'Resource-based policy not found for the provided ResourceArn');

/** @throws ServiceError PolicyNotFoundException where the policy is not the one that is expected */
function checkRevision({ policy }: Table, expected: string | undefined): void {
  if (expected === undefined) return;
  if (expected === 'NO_POLICY' ? policy !== undefined : policy?.revision !== expected)
    throw new ServiceError(
      'PolicyNotFoundException',
      'The resource-based policy with the revision id provided in the request could not be found',
    );
}

export const putResourcePolicy: TableOperation = (db, input, caller) => {
  input.only(['ResourceArn', 'Policy', 'ExpectedRevisionId', 'ConfirmRemoveSelfResourceAccess']);
  const table = guarded(db, input, caller, 'dynamodb:PutResourcePolicy');
  checkRevision(table, input.optionalText('ExpectedRevisionId'));
  db.setPolicy(table, input.text('Policy'));
  return { RevisionId: table.policy?.revision };
};

export const getResourcePolicy: TableOperation = (db, input, caller) => {
  const { policy } = guarded(db, input.only(['ResourceArn']), caller, 'dynamodb:GetResourcePolicy');
  if (policy === undefined) throw noPolicy();
  return { Policy: policy.document, RevisionId: policy.revision };
};

export const deleteResourcePolicy: TableOperation = (db, input, caller) => {
  input.only(['ResourceArn', 'ExpectedRevisionId']);
  const table = guarded(db, input, caller, 'dynamodb:DeleteResourcePolicy');
  checkRevision(table, input.optionalText('ExpectedRevisionId'));
  const { policy } = table;
  db.setPolicy(table, undefined);
  return policy === undefined ? {} : { RevisionId: policy.revision };
};
