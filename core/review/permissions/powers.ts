import { masked } from './environment-masked.ts';
import type { HeldByStack, Holder } from './held.ts';
import { permissionDanger, type PermissionDanger } from './permission-danger.ts';
import type { Permission } from './statement.ts';

/**
 * What changes who may do what, by its service: to allow oneself the rest takes one call more. A test holds the list against what AWS calls
 * permissions management; what writes code or says by whom it runs is as much.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const ADMITS: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['DeleteResourcePolicy', 'PutResourcePolicy', 'UpdateAbacStatus'],
  events: ['DeleteResourcePolicy', 'PutPermission', 'PutResourcePolicy', 'RemovePermission'],
  firehose: ['UpdateDestination'],
  kinesis: ['DeleteResourcePolicy', 'PutResourcePolicy', 'StopStreamEncryption'],
  kms: ['CreateGrant', 'PutKeyPolicy'],
  lakeformation: [
    'BatchGrantPermissions',
    'BatchRevokePermissions',
    'GrantPermissions',
    'PutDataLakeSettings',
    'RevokePermissions',
  ],
  lambda: [
    'AddLayerVersionPermission',
    'AddPermission',
    'DeleteResourcePolicy',
    'DisableReplication',
    'EnableReplication',
    'PutResourcePolicy',
    'RemoveLayerVersionPermission',
    'RemovePermission',
    'UpdateFunctionCode',
    'UpdateFunctionConfiguration',
  ],
  s3: [
    'AssociateAccessGrantsIdentityCenter',
    'BypassGovernanceRetention',
    'CreateAccessGrant',
    'CreateAccessGrantsInstance',
    'CreateAccessGrantsLocation',
    'DeleteAccessGrant',
    'DeleteAccessGrantsInstance',
    'DeleteAccessGrantsInstanceResourcePolicy',
    'DeleteAccessGrantsLocation',
    'DeleteAccessPointPolicy',
    'DeleteAccessPointPolicyForObjectLambda',
    'DeleteBucketPolicy',
    'DissociateAccessGrantsIdentityCenter',
    'ObjectOwnerOverrideToBucketOwner',
    'PutAccessGrantsInstanceResourcePolicy',
    'PutAccessPointPolicy',
    'PutAccessPointPolicyForObjectLambda',
    'PutAccessPointPublicAccessBlock',
    'PutAccountPublicAccessBlock',
    'PutBucketAcl',
    'PutBucketOwnershipControls',
    'PutBucketPolicy',
    'PutBucketPublicAccessBlock',
    'PutEncryptionConfiguration',
    'PutMultiRegionAccessPointPolicy',
    'PutObjectAcl',
    'PutObjectVersionAcl',
    'PutReplicationConfiguration',
    'UpdateAccessGrantsLocation',
  ],
  secretsmanager: ['DeleteResourcePolicy', 'PutResourcePolicy', 'ReplicateSecretToRegions'],
  sns: ['AddPermission', 'RemovePermission', 'SetTopicAttributes'],
  sqs: ['AddPermission', 'RemovePermission', 'SetQueueAttributes'],
  states: ['UpdateStateMachine'],
  sts: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot'],
};

/** What takes away what is held, how long it is kept, or the record of who did. */
export const DESTROYS: Readonly<Record<string, readonly string[]>> = {
  athena: ['DeleteWorkGroup'],
  cloudformation: ['DeleteStack'],
  cloudtrail: ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
  dynamodb: ['DeleteTable', 'DeleteTableReplica', 'UpdateContinuousBackups', 'UpdateTimeToLive'],
  firehose: ['DeleteDeliveryStream'],
  glue: ['BatchDeleteTable', 'DeleteDatabase', 'DeleteTable'],
  kinesis: ['DecreaseStreamRetentionPeriod', 'DeleteStream'],
  kms: ['DeleteImportedKeyMaterial', 'DisableKey', 'ScheduleKeyDeletion'],
  logs: ['DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy'],
  s3: [
    'DeleteBucket',
    'DeleteObject',
    'DeleteObjectVersion',
    'PutBucketLogging',
    'PutBucketObjectLockConfiguration',
    'PutBucketVersioning',
    'PutLifecycleConfiguration',
  ],
  secretsmanager: ['DeleteSecret', 'PutSecretValue', 'RotateSecret', 'UpdateSecret'],
};

/** All of IAM but what reads. */
const ADMITS_IN_IAM = /^iam:(?!generate|get|list|simulate)/;

const written = (actions: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> =>
  new Set(Object.entries(actions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`.toLowerCase())));
const [admitting, destroying] = [written(ADMITS), written(DESTROYS)];

function doesOf(action: string): string | undefined {
  const name = action.toLowerCase();
  if (admitting.has(name) || ADMITS_IN_IAM.test(name)) return 'changes who may do what, or what is done';
  return destroying.has(name) ? 'takes away what is held, or the trace of who did' : undefined;
}

/** Who had which power over what; undefined where nothing was there before. */
export type Powers = ReadonlySet<string> | undefined;

export function powersOf(held: HeldByStack): Powers {
  if (held.size === 0) return undefined;
  return new Set(
    [...held.values()].flatMap((stack) =>
      [...stack.values()].flatMap(({ holder, permissions }) =>
        permissions.filter(({ action }) => doesOf(action) !== undefined).map((permission) => knownAs(holder, permission)),
      ),
    ),
  );
}

/** What is allowed anew that is more than to use the platform, to somebody whose like had no such power. */
export const powersGained = (holder: Holder, allowed: readonly Permission[], known: Powers): readonly PermissionDanger[] =>
  known === undefined || holder.kind === 'endpoint' || holder.kind === 'trust'
    ? []
    : allowed.flatMap((permission) => {
        const does = permission.effect === 'Allow' ? doesOf(permission.action) : undefined;
        return does === undefined || known.has(knownAs(holder, permission))
          ? []
          : [permissionDanger('PowerGained', permission, does)];
      });

/** A power as it is remembered: of a path of roles, or of whom a resource lets in, over the same kind of place, in whatever environment. */
function knownAs(holder: Holder, { action, principal, resource, condition }: Permission): string {
  const { stack, kind, id, path } = holder;
  const mask = (text: string) => masked(text, stack);
  return kind === 'identity'
    ? JSON.stringify([kind, mask(path === undefined || path === '/' ? `${stack}/${id}` : path), action, placeOf(mask(resource))])
    : JSON.stringify([kind, mask(principal), action, Object.keys(condition).length > 0]);
}

/** What another stack exports by its name, and anything else by its form alone. */
const placeOf = (resource: string): string =>
  resource
    .replaceAll(/\$\{(?!import )[^}]*\}/g, 'x')
    .split('/')
    .map((segment, index) => (index === 0 ? segment : /[*?]/.test(segment) ? '*' : 'x'))
    .join('/');
