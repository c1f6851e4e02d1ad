import { holds } from './condition.ts';
import { expand, matches, type Lookup } from './pattern.ts';
import type { PolicyDocument, Rule, Selector, Statement } from './policy-document.ts';

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
export const lookupOf = (context: RequestContext = {}): Lookup =>
  new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));

const selects = ({ negated, patterns }: Selector, value: string, lookup: Lookup): boolean =>
  patterns.some((pattern) => {
    const expanded = expand(pattern, lookup);
    return expanded !== undefined && matches(expanded, value);
  }) !== negated;

/** Whether a statement, whatever else it names, speaks of this action under these conditions. */
export const applies = (rule: Rule, action: string, lookup: Lookup): boolean =>
  selects(rule.action, action.toLowerCase(), lookup) && rule.conditions.every((condition) => holds(condition, lookup));

/**
 * Judges a request by the identity policies of one principal: one denying statement is enough, then one allowing, and silence denies.
 * Knows no resource policy, boundary, session policy or organization policy.
 *
 * @throws Error for a request that a policy's operators cannot judge
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate({ policies, action, resource, context }: PolicyRequest): Evaluation {
  const lookup = lookupOf(context);
  const speaking = policies
    .flatMap((policy) => policy.statements)
    .filter((statement) => selects(statement.resource, resource, lookup) && applies(statement, action, lookup));
  const denying = speaking.find((statement) => statement.effect === 'Deny');
  if (denying !== undefined) return { decision: 'explicitlyDenied', statement: denying };
  const allowing = speaking[0];
  return allowing === undefined ? { decision: 'implicitlyDenied' } : { decision: 'allowed', statement: allowing };
}
