export { Iam, type NewManagedPolicy, type NewRole, type Role } from './iam.ts';
export { Sessions, type AssumeRoleInput, type Credentials, type ServiceSession, type Session } from './sessions.ts';
export { Sts, type QueryOperation, type QueryService } from './sts.ts';
