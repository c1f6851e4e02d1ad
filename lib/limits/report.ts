import type { JudgedStack } from './judged-stack.ts';
import { judgeLimits, useOfQuotas, type Excess, type QuotaUse } from './judge-limits.ts';

/** The construct path of a resource, which names its dataset. */
export type PathOf = (stack: string, logicalId: string) => string;

/** What AWS would refuse, a line each. */
export const refusals = (stacks: readonly JudgedStack[], pathOf: PathOf): string[] => [
  ...judgeLimits(stacks).map((excess) => refusal(excess, pathOf)),
  ...useOfQuotas(stacks).flatMap(overTheMost),
];

/** What of an account is over its usual quota, a line each: AWS gives more to whoever asks in time. */
export const notes = (stacks: readonly JudgedStack[]): string[] => useOfQuotas(stacks).flatMap(overTheDefault);

function refusal({ limit, got, stack, resource }: Excess, pathOf: PathOf): string {
  const place = resource === undefined ? stack.name : pathOf(stack.name, resource);
  return `${place}: LimitExceeded: ${limit.what} must be at most ${shown(limit.most)}, got ${shown(got)}; ${limit.remedy} (${limit.see})`;
}

const overTheMost = ({ quota, place, used }: QuotaUse): string[] =>
  quota.most === undefined || used <= quota.most
    ? []
    : [
        `account ${place}: LimitExceeded: ${quota.what} must be at most ${shown(quota.most)}, got ${shown(used)}; divide environments or domains among accounts (${quota.see})`,
      ];

const overTheDefault = ({ quota, place, used }: QuotaUse): string[] =>
  used <= quota.byDefault
    ? []
    : [
        `account ${place}: ${shown(used)} ${quota.what}, of which an account has ${shown(quota.byDefault)} unless it asks for more; ask before you deploy (${quota.see})`,
      ];

const shown = (number: number): string => number.toLocaleString('en-US');
