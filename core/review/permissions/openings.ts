import { isDropped, isForgotten, isOfOwnRoles, isWidenedByActors } from './conditions.ts';
import type { Holder } from './held.ts';
import { permissionDanger, type PermissionDanger } from './permission-danger.ts';
import { ALL_BUT, type Condition, type Permission } from './statement.ts';

/** The account itself: whoever of it IAM lets. A key that has no policy is open to it. */
const isWholeAccount = (principal: string): boolean => /^the account$|:root$|^\d{12}$|^\$\{AWS::AccountId\}$/.test(principal);

/** What an account may do with a key of its own without a condition: look after it, and neither use it nor hand it on. */
const LOOKS_AFTER = [
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListAliases',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
].map((name) => `kms:${name}`.toLowerCase());

/** To use a key, or to hand its use on. */
const isUse = (action: string): boolean => /^kms:/i.test(action) && !LOOKS_AFTER.includes(action.toLowerCase());

const isUnconditional = ({ condition }: Permission): boolean => Object.keys(condition).length === 0;

/** What is allowed anew to more than somebody of the platform. */
export const openings = ({ kind, stack }: Holder, allowed: readonly Permission[]): readonly PermissionDanger[] =>
  allowed.flatMap((permission): readonly PermissionDanger[] => {
    const { action, principal, condition } = permission;
    if (principal === '*' || principal.startsWith(ALL_BUT))
      return kind === 'endpoint' && isOfOwnRoles(condition, stack) // an endpoint lets through, and grants nothing
        ? []
        : [permissionDanger('OpenedToAnyone', permission, 'allowed to anybody, within what its condition says')];
    if (/^(?:Service|Federated) /.test(principal) && isUnconditional(permission))
      return [permissionDanger('OpenedToService', permission, 'allowed under no condition, for whomever it acts')];
    return kind === 'resource' && isWholeAccount(principal) && isUse(action) && !isOfOwnRoles(condition, stack)
      ? [
          permissionDanger(
            'OpenedToWholeAccount',
            permission,
            'allowed to whoever of the account IAM lets, and not to roles that a condition names',
          ),
        ]
      : [];
  });

/** Something allowed before and now, under another condition. */
export interface Widened {
  readonly permission: Permission;
  readonly before: readonly Condition[];
}

/**
 * What a condition no longer demands. Of an identity's own permission, a gain is enough to say as long as the condition asks about the same;
 * where others are let in, one actor of the platform more is a gain, and anybody else a danger.
 */
export const widenings = ({ kind, stack }: Holder, widened: readonly Widened[]): readonly PermissionDanger[] =>
  widened.flatMap(({ permission, before }): readonly PermissionDanger[] => {
    const { condition } = permission;
    const isOurs = kind === 'identity';
    if (before.every((was) => (isOurs ? isForgotten(was, condition) : isDropped(was, condition))))
      return [
        permissionDanger(
          'ConditionDropped',
          permission,
          isUnconditional(permission) ? 'allowed under no condition any more' : 'allowed under fewer conditions',
        ),
      ];
    return isOurs || before.some((was) => isWidenedByActors(was, condition, stack))
      ? []
      : [permissionDanger('ConditionWidened', permission, 'its condition is met by more than it was')];
  });
