export { ActorRole, serviceOfThisAccount, type ActorRoleProps } from './actor-role.ts';
export { AuditTrail, type AuditTrailProps } from './audit-trail.ts';
export { ProtectionSecret, type ProtectionSecretProps } from './protection-secret.ts';
export { StewardRole, type StewardRoleProps } from './steward-role.ts';
