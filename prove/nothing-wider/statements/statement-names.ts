import { createHash } from 'node:crypto';
import type { RawStatement, StandingPolicy } from './read-policies.ts';

/** A statement of an environment. */
export interface NamedStatement {
  /** In its environment, and through its versions: `Domain-sales/QuarantineActor WriteRejects`. */
  readonly name: string;
  /** What is alike in every domain and dataset: `quarantine-delivery WriteRejects`. */
  readonly kind: string;
  /** Its Sid, or what it says in short: `WriteRejects`. */
  readonly said: string;
  readonly effect: 'Allow' | 'Deny';
  readonly policy: StandingPolicy;
  /** Place in the policy. */
  readonly index: number;
}

const MOST_ACTIONS = 2;

/** Every statement of the policies, each with a name of its own. */
export function nameStatements(policies: readonly StandingPolicy[]): readonly NamedStatement[] {
  const taken = new Set<string>();
  return policies.flatMap((policy) =>
    policy.statements.map((statement, index) => {
      const said = saidBy(policy, statement);
      const owner = `${policy.stack.replace(/^[^-]+-[^-]+-/, '')}/${holderOf(policy)}`;
      const name = [`${owner} ${said}`, `${owner} ${said} #${digest(statement)}`].find((candidate) => !taken.has(candidate));
      if (name === undefined) throw new RangeError(`${owner} holds the statement '${said}' twice`);
      taken.add(name);
      return { name, kind: `${policy.actor ?? holderOf(policy)} ${said}`, said, effect: statement.Effect, policy, index };
    }),
  );
}

/** The construct that holds a policy: its logical id without the hash and the words for what it is. */
const holderOf = ({ logicalId }: StandingPolicy): string =>
  logicalId.replace(/[0-9A-F]{8}$/, '').replace(/(Actor)?(Role|Policy)$/, '');

function saidBy({ hold }: StandingPolicy, { Sid, Effect, Action, Principal, Condition }: RawStatement): string {
  if (Sid !== undefined) return Sid;
  const actions = [Action].flat();
  const first = actions.slice(0, MOST_ACTIONS).join(', ') + (actions.length > MOST_ACTIONS ? ', …' : '');
  const keys = Object.values(Condition ?? {}).flatMap((values) => Object.keys(values));
  const by = hold === 'trust' ? ` by ${principalOf(Principal)}` : '';
  return `${Effect} ${first}${by}${keys.length === 0 ? '' : ` under ${keys.join(', ')}`}`;
}

/** `firehose.amazonaws.com`, or what a principal of the account is. */
function principalOf(principal: unknown): string {
  const { Service, AWS } = Object(principal) as { readonly Service?: unknown; readonly AWS?: unknown };
  return String(Service ?? AWS ?? principal).replace(/^arn:aws:iam::\d+:root$/, 'the account');
}

const digest = (statement: RawStatement): string =>
  createHash('sha256').update(JSON.stringify(statement)).digest('hex').slice(0, 6);
