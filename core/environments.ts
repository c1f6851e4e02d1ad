/** The environments of `lib/config/environments.ts` by name, for commands: they know no app. */
export const ENVIRONMENT_NAMES: readonly string[] = ['dev', 'staging', 'prod'];
