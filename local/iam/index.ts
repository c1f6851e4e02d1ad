export { withServices } from './anybody.ts';
export type { AssumeRoleInput } from './assume-role.ts';
export { addBucketPolicy } from './bucket-policy.ts';
export type { GuardedResource } from './guarded-resources.ts';
export { Iam, type NewResourcePolicy, type OnAccess } from './iam.ts';
export { callerId } from './role-id.ts';
export type { NewManagedPolicy, NewRole, Role } from './role.ts';
export { Sessions, type Credentials, type ServiceSession, type Session } from './sessions.ts';
export { Sts } from './sts.ts';
