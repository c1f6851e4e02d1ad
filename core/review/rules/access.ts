import { always, createOnly, harmless, toldAsPermission } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

const told = { harmless: 'what is gained and lost by it is told as permissions' };

/** What these allow is told as permissions: here is only what replaces them, and what they no longer deny. */
export const ACCESS_RULES: RulesByType = {
  'AWS::IAM::Role': {
    addition: told,
    removal: {
      code: 'RoleDeleted',
      does: 'whoever became it can do so no longer, and all that it was allowed goes with it; see that nobody needs it',
    },
    properties: {
      RoleName: createOnly,
      Path: always(
        'CreateOnlyChanged',
        'a new role takes its place, and policies of keys and buckets that admit the old path admit it no longer',
      ),
      AssumeRolePolicyDocument: toldAsPermission,
      Policies: toldAsPermission,
      ManagedPolicyArns: harmless,
      PermissionsBoundary: harmless,
      Description: harmless,
      MaxSessionDuration: harmless,
      Tags: harmless,
    },
  },
  'AWS::IAM::ManagedPolicy': {
    addition: told,
    removal: told,
    properties: {
      ManagedPolicyName: harmless,
      Path: harmless,
      Description: harmless,
      PolicyDocument: toldAsPermission,
      Roles: harmless,
      Users: harmless,
      Groups: harmless,
    },
  },
  'AWS::IAM::Policy': {
    addition: told,
    removal: told,
    properties: { PolicyName: harmless, PolicyDocument: toldAsPermission, Roles: harmless, Users: harmless, Groups: harmless },
  },
  'AWS::LakeFormation::PrincipalPermissions': {
    addition: told,
    removal: told,
    properties: {
      Catalog: harmless,
      Principal: harmless,
      Resource: harmless,
      Permissions: harmless,
      PermissionsWithGrantOption: harmless,
    },
  },
};
