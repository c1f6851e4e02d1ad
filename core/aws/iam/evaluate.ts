import type { Lookup } from './pattern.ts';
import type { PolicyDocument } from './policy-document.ts';
import { applies, type Asked, type Statement } from './statement.ts';

/** Condition keys as requests carry them; names in any case. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

export type Decision = 'allowed' | 'explicitlyDenied' | 'implicitlyDenied';

export interface Evaluation {
  readonly decision: Decision;
  /** The statement that decided; absent when none spoke. */
  readonly statement?: Statement;
}

/** A request to judge. */
export interface PolicyRequest {
  readonly policies: readonly PolicyDocument[];
  /** `s3:GetObject`; compared without regard to case. */
  readonly action: string;
  /** The resource's ARN, compared with regard to case; `*` for an action that has no resource. */
  readonly resource: string;
  readonly context?: RequestContext;
}

/** The context by key in lower case, as conditions look it up. */
const lookupOf = (context: RequestContext): Lookup =>
  new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));

/** A request as statements look at it. */
export const askedOf = (action: string, resource: string, context: RequestContext = {}): Asked => ({
  action: action.toLowerCase(),
  resource,
  lookup: lookupOf(context),
});

/**
 * Judges a request by the policies of one kind: one denying statement is enough, then one allowing, and silence denies.
 *
 * @throws Error for a request that a policy's operators cannot judge
 */
export function evaluate({ policies, action, resource, context }: PolicyRequest): Evaluation {
  const asked = askedOf(action, resource, context);
  const speaking = policies.flatMap((policy) => policy.statements).filter((statement) => applies(statement, asked));
  const denying = speaking.find((statement) => statement.effect === 'Deny');
  if (denying !== undefined) return { decision: 'explicitlyDenied', statement: denying };
  const allowing = speaking[0];
  return allowing === undefined ? { decision: 'implicitlyDenied' } : { decision: 'allowed', statement: allowing };
}
