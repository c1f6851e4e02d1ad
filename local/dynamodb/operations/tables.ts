import { constraint, invalid } from '../errors.ts';
import { describe } from '../table/describe.ts';
import { newName, readSettings, refuseLacking, SETTINGS } from '../table/read-settings.ts';
import type { TableOperation } from './index.ts';
import { checkLength, checkName } from '../request.ts';
import { tableOf } from './table-of.ts';
import { readTags, tagContext } from './tags.ts';

/** Names of one answer. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
const MOST_NAMES = 100;

export const createTable: TableOperation = (db, input, caller) => {
  input.only([
    ...SETTINGS,
    'TableName',
    'Tags',
    'ResourcePolicy',
    'WarmThroughput',
    'GlobalTableSourceArn',
    'GlobalTableSettingsReplicationMode',
  ]);
  refuseLacking(input, 'CreateTable', ['WarmThroughput', 'GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode']);
  const name = newName(input);
  const arn = db.arnOf(name);
  const { access } = db.parts;
  const tags = readTags(input);
  access.check(caller, 'dynamodb:CreateTable', arn, tagContext(tags));
  if (tags.length > 0) access.check(caller, 'dynamodb:TagResource', arn, tagContext(tags));
  const policy = input.optionalText('ResourcePolicy');
  if (policy !== undefined) access.check(caller, 'dynamodb:PutResourcePolicy', arn);
  const settings = readSettings(input, name);
  db.key.find(settings.keyId); // refuses one that is not there
  const table = db.create(settings);
  for (const [key, value] of tags) table.tags.set(key, value);
  if (policy !== undefined) db.setPolicy(table, policy);
  return { TableDescription: describe(table, db.key.arnOf(table), 'CREATING') };
};

export const deleteTable: TableOperation = (db, input, caller) => {
  const table = tableOf(db, input.only(['TableName']), (arn) => {
    db.parts.access.check(caller, 'dynamodb:DeleteTable', arn);
  });
  if (table.settings.isDeletionProtected)
    throw invalid('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
  db.remove(table);
  const { name: TableName, arn: TableArn, id: TableId } = table;
  const { ProvisionedThroughput } = describe(table, undefined) as { readonly ProvisionedThroughput: object };
  return {
    TableDescription: {
      DeletionProtectionEnabled: false,
      ItemCount: 0,
      ProvisionedThroughput,
      TableArn,
      TableId,
      TableName,
      TableSizeBytes: 0,
      TableStatus: 'DELETING',
    },
  };
};

export const describeTable: TableOperation = (db, input, caller) => {
  const table = tableOf(db, input.only(['TableName']), (arn) => {
    db.parts.access.check(caller, 'dynamodb:DescribeTable', arn);
  });
  return { Table: describe(table, db.key.arnOf(table)) };
};

export const listTables: TableOperation = (db, input, caller) => {
  input.only(['ExclusiveStartTableName', 'Limit']);
  db.parts.access.check(caller, 'dynamodb:ListTables', '*'); // it has no resource type in IAM
  const limit = input.optionalNumber('Limit') ?? MOST_NAMES;
  if (limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  if (limit > MOST_NAMES) throw constraint(limit, 'limit', `Member must have value less than or equal to ${MOST_NAMES}`);
  const start = input.optionalText('ExclusiveStartTableName');
  if (start !== undefined) checkName(start, 'exclusiveStartTableName');
  const names = db.all().flatMap(({ name }) => (start === undefined || name > start ? [name] : []));
  const last = names[limit - 1];
  return { TableNames: names.slice(0, limit), ...(names.length > limit && { LastEvaluatedTableName: last }) };
};

export const describeTimeToLive: TableOperation = (db, input, caller) => {
  const { timeToLive } = tableOf(db, input.only(['TableName']), (arn) => {
    db.parts.access.check(caller, 'dynamodb:DescribeTimeToLive', arn);
  });
  const isEnabled = timeToLive?.isEnabled === true;
  return {
    TimeToLiveDescription: {
      TimeToLiveStatus: isEnabled ? 'ENABLED' : 'DISABLED',
      ...(isEnabled && { AttributeName: timeToLive.attribute }),
    },
  };
};

/** On AWS it takes up to an hour; here it holds at once. */
export const updateTimeToLive: TableOperation = (db, input, caller) => {
  input.only(['TableName', 'TimeToLiveSpecification']);
  const table = tableOf(db, input, (arn) => {
    db.parts.access.check(caller, 'dynamodb:UpdateTimeToLive', arn);
  });
  const given = input.optionalObject('TimeToLiveSpecification')?.only(['AttributeName', 'Enabled']);
  if (given === undefined) throw constraint(undefined, 'timeToLiveSpecification', 'Member must not be null');
  const [attribute, isEnabled] = [given.optionalText('AttributeName'), given.optionalBoolean('Enabled')];
  if (attribute === undefined || isEnabled === undefined)
    throw constraint(
      undefined,
      `timeToLiveSpecification.${attribute === undefined ? 'attributeName' : 'enabled'}`,
      'Member must not be null',
    );
  checkLength(attribute, 'timeToLiveSpecification.attributeName', 255);
  const before = table.timeToLive?.isEnabled === true ? table.timeToLive : undefined;
  if ((before !== undefined) === isEnabled) throw invalid(`TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`);
  if (before !== undefined && before.attribute !== attribute)
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${before.attribute}`);
  db.setTimeToLive(table, { attribute, isEnabled });
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: isEnabled } };
};

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const describeContinuousBackups: TableOperation = (db, input, caller) => {
  const table = tableOf(db, input.only(['TableName']), (arn) => {
    db.parts.access.check(caller, 'dynamodb:DescribeContinuousBackups', arn);
  });
  return { ContinuousBackupsDescription: backupsOf(table.recovery, db.now) };
};

/** That a table could be restored is told; nothing is kept for it, and no operation restores. */
export const updateContinuousBackups: TableOperation = (db, input, caller) => {
  input.only(['TableName', 'PointInTimeRecoverySpecification']);
  const table = tableOf(db, input, (arn) => {
    db.parts.access.check(caller, 'dynamodb:UpdateContinuousBackups', arn);
  });
  const given = input.object('PointInTimeRecoverySpecification').only(['PointInTimeRecoveryEnabled', 'RecoveryPeriodInDays']);
  const days = given.optionalNumber('RecoveryPeriodInDays') ?? 35;
  const isEnabled = given.optionalBoolean('PointInTimeRecoveryEnabled') === true;
  table.recovery = isEnabled ? { days, since: table.recovery?.since ?? db.now } : undefined;
  return { ContinuousBackupsDescription: backupsOf(table.recovery, db.now) };
};

function backupsOf(recovery: { readonly days: number; readonly since: number } | undefined, now: number): object {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      recovery === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : {
            EarliestRestorableDateTime: Math.max(recovery.since, now - recovery.days * 86_400_000) / 1000,
            LatestRestorableDateTime: Math.max(recovery.since, now - 300_000) / 1000,
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: recovery.days,
          },
  };
}

export const describeLimits: TableOperation = (db, input, caller) => {
  input.only([]);
  db.parts.access.check(caller, 'dynamodb:DescribeLimits', '*'); // it has no resource type in IAM
  return {
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  };
};
