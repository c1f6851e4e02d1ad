import type { Templates } from '../aws/template.ts';

/** Twelve digits of a text, between what stands around an account in ARNs, names and addresses; a number in JSON is none. */
const ACCOUNT = /(?<=[^"]:|["/-])\d{12}(?!\d)/g;

/** The accounts that a value names. */
export const accountsIn = (value: unknown): readonly string[] => JSON.stringify(value).match(ACCOUNT) ?? [];

/** Accounts that nobody need wonder at: those that the old version names anywhere, and those to which stacks go. */
export const knownAccounts = (before: Templates, after: Templates): ReadonlySet<string> =>
  new Set([
    ...[...before.values()].flatMap(({ resources }) => accountsIn([...resources.values()])),
    ...[...before.values(), ...after.values()].flatMap(({ environment = '' }) => accountsIn(environment)),
  ]);
