import type { Access } from './scenarios/recorder.ts';
import type { Account, Edit } from './statements/account.ts';
import { partsOf, type Part } from './statements/parts.ts';
import type { NamedStatement } from './statements/statement-names.ts';

/** A Deny statement, or a part of one, and the scenario that succeeds only without it; none where it denies nothing. */
export interface Denial {
  readonly statement: NamedStatement;
  /** Absent for the statement as a whole. */
  readonly part?: Pick<Part, 'name' | 'of'>;
  readonly scenario: string | undefined;
}

/** Finds for each Deny statement, each of its actions and each of its resources a request that is denied, and allowed once it is removed. */
export function findDenials(
  account: Account,
  statements: readonly NamedStatement[],
  accesses: readonly Access[],
): readonly Denial[] {
  const denied = accesses.filter(({ request }) => account.judge(request).decision === 'explicitlyDenied');
  const allowedBy = (edit: Edit): string | undefined =>
    denied.find(({ request }) => account.concerned(request).includes(edit.policy) && isAllowed(account, request, edit))?.scenario;
  return statements
    .filter(({ effect }) => effect === 'Deny')
    .flatMap((statement): Denial[] => {
      const { policy, index } = statement;
      const raw = policy.statements[index];
      return [
        { statement, scenario: allowedBy({ policy, index }) },
        ...(raw === undefined ? [] : partsOf(raw)).map(({ name, of, rest }) => ({
          statement,
          part: { name, of },
          scenario: allowedBy({ policy, index, rest }),
        })),
      ];
    });
}

const isAllowed = (account: Account, request: Access['request'], edit: Edit): boolean =>
  account.judge(request, edit).decision === 'allowed';
