import type { StackTemplate, Templates } from '../aws/template.ts';
import { remembered } from './remembered.ts';

/** Twelve digits of a text, between what stands around an account in ARNs, names and addresses; a number in JSON is none. */
const ACCOUNT = /(?<=[^"]:|["/-])\d{12}(?!\d)/g;

/** The accounts that a value names. */
export const accountsIn = (value: unknown): readonly string[] => JSON.stringify(value).match(ACCOUNT) ?? [];

const accountsOf = remembered(({ resources }: StackTemplate) => accountsIn([...resources.values()]));

/** Accounts that nobody need wonder at: those that the old version names anywhere, and those to which stacks go. */
export const knownAccounts = (before: Templates, after: Templates): ReadonlySet<string> =>
  new Set([
    ...[...before.values()].flatMap(accountsOf),
    ...[...before.values(), ...after.values()].flatMap(({ environment = '' }) => accountsIn(environment)),
  ]);
