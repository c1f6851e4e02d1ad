export { ActorRole, serviceOfThisAccount, type ActorRoleProps } from './actor-role.ts';
export { StewardRole, type StewardRoleProps } from './steward-role.ts';
