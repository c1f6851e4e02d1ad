import { SizeRoundingBehavior, type Size } from 'aws-cdk-lib/core';

/** A rule, and what is said where it is broken: the value, what it must be, what was got, and what to do. */
export type Rule = readonly [isHeld: boolean, fault: string];

/** Athena's least limit, in bytes. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const LEAST_CUTOFF = 10_000_000;

/** What Athena takes as the limit of a query. */
export function cutoff(property: string, size: Size): Rule {
  const bytes = size.toBytes({ rounding: SizeRoundingBehavior.NONE });
  return [
    bytes >= LEAST_CUTOFF && Number.isInteger(bytes),
    `'${property}' must be ${LEAST_CUTOFF} whole bytes at least, which is what Athena takes, got ${bytes}; mend it`,
  ];
}
