import type { Authorization, PolicyKind, Ruling } from './authorize.ts';

/** Kinds of policies as AWS calls them. */
export const POLICY_NAMES: Readonly<Record<PolicyKind, string>> = {
  resource: 'resource-based policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

const place = ({ kind, policy, statement: { sid, index } }: Ruling): string =>
  `by statement ${sid === undefined ? `${index + 1}` : `'${sid}'`} of the ${POLICY_NAMES[kind]} '${policy}'`;

/** Says in one sentence which statement decided, or which kinds of policies were silent. */
export function explain({ decision, by, silent }: Authorization): string {
  if (by !== undefined) return `${decision === 'allowed' ? 'allowed' : 'explicitly denied'} ${place(by)}`;
  return `implicitly denied: ${silent.map((kind) => `no ${POLICY_NAMES[kind]}`).join(' and ')} allows it`;
}
