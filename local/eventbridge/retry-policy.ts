import type { Members } from '../input.ts';

/** How long, and how often again, a target is tried. */
export interface RetryPolicy {
  readonly MaximumEventAgeInSeconds: number;
  readonly MaximumRetryAttempts: number;
}

/** The most of both, which holds where nothing is said. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
export const RETRIES: RetryPolicy = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };
const LEAST: RetryPolicy = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };

/** What of a policy has run out. */
export type Exhausted = keyof RetryPolicy;

/** A target's policy, of a rule or of a schedule. @throws what `policy` refuses with */
export function readRetries(policy: Members | undefined): RetryPolicy {
  const known = policy?.only(Object.keys(RETRIES));
  const bounded = (name: Exhausted): number => {
    const value = known?.optionalNumber(name) ?? RETRIES[name];
    if (known !== undefined && (!Number.isInteger(value) || value < LEAST[name] || value > RETRIES[name]))
      throw known.invalid(name, `must be ${LEAST[name]} to ${RETRIES[name]}, got ${value}`);
    return value;
  };
  return {
    MaximumEventAgeInSeconds: bounded('MaximumEventAgeInSeconds'),
    MaximumRetryAttempts: bounded('MaximumRetryAttempts'),
  };
}

/**
 * What of a policy would have run out with a further try; undefined where it may be made.
 *
 * @param retries How many tries there were after the first
 * @param age Milliseconds from the first try to the further one
 */
export function exhaustedBy(policy: RetryPolicy, retries: number, age: number): Exhausted | undefined {
  if (retries >= policy.MaximumRetryAttempts) return 'MaximumRetryAttempts';
  return age > policy.MaximumEventAgeInSeconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
}
