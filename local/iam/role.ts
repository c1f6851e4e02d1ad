import type { ResourcePolicy } from '../../core/aws/iam/index.ts';
import type { Outsider } from './outsiders.ts';

/** A role as the template creates it. */
export interface NewRole {
  readonly roleName: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** `AssumeRolePolicyDocument`. */
  readonly trust: unknown;
  /** `ManagedPolicyArns`: policies that exist already. */
  readonly policyArns: readonly string[];
  /** `PermissionsBoundary`: a policy that exists already. @default - no boundary */
  readonly boundaryArn?: string;
  /** Longest session in seconds. @default 3600 */
  readonly maxSessionSeconds?: number;
  /** @default - no tags */
  readonly tags?: ReadonlyMap<string, string>;
}

/** A role that exists. */
export interface Role {
  readonly roleName: string;
  readonly arn: string;
  /** As unique ids of roles look: `AROA…`; the same for the same ARN. */
  readonly id: string;
  readonly trust: ResourcePolicy;
  /** Somebody for each name in `trust`. */
  readonly outsiders: readonly Outsider[];
  /** Seconds. */
  readonly maxSessionSeconds: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** A customer managed policy as the template creates it. */
export interface NewManagedPolicy {
  readonly arn: string;
  readonly document: unknown;
  /** `Roles`: names of roles that exist already. @default - attached to no role by itself */
  readonly roleNames?: readonly string[];
}

/** A policy that is a role's own. */
export interface NewRolePolicy {
  readonly roleName: string;
  readonly policyName: string;
  readonly document: unknown;
}
