import { reasonOf, refusal } from '../../local/iam/refusal.ts';
import type { Access } from './scenarios/recorder.ts';
import type { Account, Edit, Request } from './statements/account.ts';
import { partsOf, type Part } from './statements/parts.ts';
import type { StandingPolicy } from './statements/read-policies.ts';
import type { NamedStatement } from './statements/statement-names.ts';

/** A scenario that meets a statement, and what comes of it once the statement is edited. */
export interface Need {
  readonly scenario: string;
  readonly how: Access['how'];
  /** Who asks for what, in the service's words: `User: … is not authorized to perform: …`. */
  readonly refusal: string;
}

/** An Allow statement, or a part of one, and the scenario that needs it; none where nobody does. */
export interface Grant {
  readonly statement: NamedStatement;
  /** Absent for the statement as a whole. */
  readonly part?: Pick<Part, 'name' | 'of'>;
  readonly need: Need | undefined;
}

const PREFERENCE = ['run', 'interpreted', 'declared'] as const;

/**
 * Finds for each Allow statement a request that is allowed, and is refused once the statement is removed, and the same for each part of it:
 * an action, a resource, a value of a condition. What the runtime itself asked for is preferred to what is only declared.
 */
export function findNeeds(
  account: Account,
  statements: readonly NamedStatement[],
  accesses: readonly Access[],
): readonly Grant[] {
  const concerned = new Map<StandingPolicy, Access[]>(account.policies.map((policy) => [policy, []]));
  for (const access of PREFERENCE.flatMap((how) => accesses.filter((candidate) => candidate.how === how))) {
    if (account.judge(access.request).decision !== 'allowed') continue;
    for (const policy of account.concerned(access.request)) concerned.get(policy)?.push(access);
  }
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => grantsOf(account, statement, concerned.get(statement.policy) ?? []));
}

function grantsOf(account: Account, statement: NamedStatement, accesses: readonly Access[]): readonly Grant[] {
  const { policy, index } = statement;
  const raw = policy.statements[index];
  const whole: Edit = { policy, index };
  const needing = accesses.filter(({ request }) => account.judge(request, whole).decision !== 'allowed');
  const [first] = needing;
  if (first === undefined || raw === undefined) return [{ statement, need: undefined }];
  return [
    { statement, need: needOf(account, [first], whole) },
    ...partsOf(raw).map(({ name, of, rest }) => {
      const need = needOf(account, needing, { policy, index, rest }); // who does not need the statement needs no part of it
      return { statement, part: { name, of }, need };
    }),
  ];
}

function needOf(account: Account, accesses: readonly Access[], edit: Edit): Need | undefined {
  for (const { scenario, how, request } of accesses) {
    const decided = account.judge(request, edit);
    if (decided.decision !== 'allowed') return { scenario, how, refusal: refusedAs(request, reasonOf(decided, request.action)) };
  }
  return undefined;
}

/** What the service would say to whoever asks. */
export function refusedAs({ principal, action, resource }: Request, reason: string): string {
  const callerArn = 'service' in principal ? principal.service : principal.arn;
  const { name, message } = refusal({ callerArn, action, resource, reason });
  return `${name}: ${message}`;
}
