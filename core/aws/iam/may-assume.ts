import { applies, lookupOf, type RequestContext } from './evaluate.ts';
import type { TrustPolicy, TrustStatement } from './policy-document.ts';

/** Who asks for a role: an identity of some account, or a service. */
export type Assumer =
  | {
      /** The ARN of the role or user, with its path. */
      readonly arn: string;
      readonly accountId: string;
      /** The ARN of a role's session, which a trust policy may name too. */
      readonly sessionArn?: string;
    }
  | { readonly service: string };

export interface AssumeRequest {
  readonly trust: TrustPolicy;
  readonly principal: Assumer;
  /** @default 'sts:AssumeRole' */
  readonly action?: string;
  /** Such as `sts:ExternalId`, `aws:SourceAccount`, `aws:SourceArn`. */
  readonly context?: RequestContext;
}

/**
 * `principal`: the trust policy names the asker, or everyone, and within one account needs no other permission.
 * `account`: it admits the asker's account, and the asker's own policies must allow `sts:AssumeRole` too.
 */
export type TrustDecision = 'refused' | 'principal' | 'account';

function admission({ principal: trusted }: TrustStatement, asker: Assumer): TrustDecision {
  if (trusted === '*') return 'principal';
  if ('service' in asker) return trusted.service.includes(asker.service) ? 'principal' : 'refused';
  if (['*', asker.arn, asker.sessionArn].some((name) => name !== undefined && trusted.aws.includes(name))) return 'principal';
  const account = trusted.aws.some(
    (name) => name === asker.accountId || new RegExp(`^arn:[\\w-]+:iam::${asker.accountId}:root$`).test(name),
  );
  return account ? 'account' : 'refused';
}

/**
 * Judges whether a trust policy admits a principal.
 *
 * @throws Error for a request that the policy's operators cannot judge
 */
export function mayAssume({ trust, principal, action = 'sts:AssumeRole', context }: AssumeRequest): TrustDecision {
  const lookup = lookupOf(context);
  const admissions = trust.statements
    .filter((statement) => applies(statement, action, lookup))
    .map((statement) => ({ effect: statement.effect, admission: admission(statement, principal) }))
    .filter((entry) => entry.admission !== 'refused');
  if (admissions.some(({ effect }) => effect === 'Deny')) return 'refused';
  return admissions.some((entry) => entry.admission === 'principal')
    ? 'principal'
    : admissions.length > 0
      ? 'account'
      : 'refused';
}
