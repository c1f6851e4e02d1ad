import { actorsOf } from './actors.ts';
import type { Environment } from './read-environment.ts';
import { textOf, type Row } from './rows.ts';

/** What lets somebody give themselves or others more, or take a guard away. */
export const ESCALATIONS: readonly string[] = [
  'cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail', 'cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions',
  'firehose:UpdateDestination', 'glue:CreateJob', 'glue:PutResourcePolicy', 'glue:UpdateJob', 'glue:UpdateTable', 'iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey',
  'iam:CreateLoginProfile', 'iam:CreatePolicyVersion', 'iam:CreateRole', 'iam:CreateUser', 'iam:DeleteRolePermissionsBoundary', 'iam:PassRole', 'iam:PutGroupPolicy', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:SetDefaultPolicyVersion', 'iam:UpdateAssumeRolePolicy',
  'kinesis:DecreaseStreamRetentionPeriod', 'kinesis:DeleteResourcePolicy', 'kinesis:DeleteStream', 'kinesis:PutResourcePolicy', 'kinesis:StopStreamEncryption', 'kms:CreateGrant', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:RetireGrant', 'kms:ScheduleKeyDeletion',
  'lakeformation:GrantPermissions', 'lakeformation:PutDataLakeSettings', 'lambda:AddLayerVersionPermission', 'lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateAlias', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
  'logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:PutResourcePolicy', 'logs:PutRetentionPolicy', 'logs:PutSubscriptionFilter', 's3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:DeleteObject', 's3:DeleteObjectVersion',
  's3:ObjectOwnerOverrideToBucketOwner', 's3:PutAccountPublicAccessBlock', 's3:PutBucketAcl', 's3:PutBucketLogging', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutObjectAcl', 's3:PutReplicationConfiguration',
  'secretsmanager:DeleteSecret', 'secretsmanager:PutResourcePolicy', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret', 'sns:AddPermission', 'sns:SetTopicAttributes', 'sns:Subscribe', 'sqs:AddPermission', 'states:UpdateStateMachine', 'sts:AssumeRole',
]; // prettier-ignore

const LOG_OF_WORKFLOW =
  'a state machine sets up the delivery of its own log, and the action knows no resource: it can open log groups to services, and nothing else';
const OWN_TABLES = 'the curated tables of its domain alone, whose commits are entries of the catalog';
/** An escalation that a role may do, and why it does no harm. */
export const ACCEPTED: Readonly<Record<string, string>> = {
  'curator glue:UpdateTable': OWN_TABLES,
  'curator logs:PutResourcePolicy': LOG_OF_WORKFLOW,
  'curator s3:DeleteObject':
    'files of the tables that it folds into, through Athena alone: VACUUM forgets what no snapshot needs',
  'replay-workflow logs:PutResourcePolicy': LOG_OF_WORKFLOW,
  'restore logs:PutResourcePolicy': LOG_OF_WORKFLOW,
  'table-maker glue:UpdateTable': OWN_TABLES,
};

/** What no golden list may hold, however it was renewed; one line for each row, and for each rule that nothing was asked by. */
export function broken(rows: readonly Row[], environment: Environment): readonly string[] {
  const actors = actorsOf(environment);
  const roles = new Set(actors.filter(({ identity, mayAll = false }) => identity.length > 0 && !mayAll).map(({ name }) => name));
  const services = new Set(actors.filter(({ principal }) => 'service' in principal).map(({ name }) => name));
  const ofRoles = rows.filter(({ actor }) => roles.has(actor));
  const ofServices = rows.filter(({ actor }) => services.has(actor));
  const strangers = rows.filter(({ actor }) =>
    /^(anonymous|an administrator of another account|somebody in the account without)/.test(actor),
  );
  const escalations = ofRoles.filter(({ action }) => ESCALATIONS.includes(action));
  const told = new Set(escalations.map(({ actor, action }) => `${actor} ${action}`));
  const say = (rule: string, found: readonly Row[]): readonly string[] => found.map((row) => `${rule}: ${textOf(row)}`);
  return [
    ...(ofRoles.length === 0 || ofServices.length === 0 ? ['no role or no service may do anything: nothing was asked'] : []),
    ...say(
      'a role reaches into another environment',
      ofRoles.filter(({ whose }) => whose === 'another environment'),
    ),
    ...say(
      'a role reaches into another account',
      ofRoles.filter(({ whose }) => whose === 'another account'),
    ),
    ...say('a stranger gets in', strangers),
    ...say(
      'a role may get itself more',
      escalations.filter(({ actor, action }) => !(`${actor} ${action}` in ACCEPTED)),
    ),
    ...Object.keys(ACCEPTED)
      .filter((key) => roles.has(key.split(' ')[0] ?? '') && !told.has(key))
      .map((key) => `nobody may '${key}' any more: take it out of what is accepted`),
    ...say(
      'a service acts for whoever asks it',
      ofServices.filter(({ when }) => !isBound(when)),
    ),
  ];
}

/** Whether a service's request must come from the account itself. */
const isBound = (when: string): boolean =>
  when
    .split(' and ')
    .some((term) =>
      /^(aws:SourceAccount is <account>$|(aws:SourceArn|kms:EncryptionContext:\S+) is (arn:[^ ]*:<account>:|the platform: )(?!.* or ))/.test(
        term,
      ),
    );
