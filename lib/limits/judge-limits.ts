import { resourcesOf, type JudgedResource, type JudgedStack } from './judged-stack.ts';
import type { Limit, Quota, ResourceLimit } from './limit.ts';
import { QUOTAS, RESOURCE_LIMITS, STACK_LIMITS } from './limits.ts';

/** More than AWS takes. */
export interface Excess {
  readonly limit: Limit;
  readonly got: number;
  readonly stack: JudgedStack;
  /** Logical id of the resource. @default - the stack as a whole */
  readonly resource?: string;
}

/** How much of a quota the stacks of one account use, or of one of its regions. */
export interface QuotaUse {
  readonly quota: Quota;
  readonly used: number;
  /** The account, or the account and region. */
  readonly place: string;
}

/** What of the stacks is more than AWS takes. */
export const judgeLimits = (stacks: readonly JudgedStack[]): Excess[] =>
  stacks.flatMap((stack) => [
    ...STACK_LIMITS.flatMap((limit) => excess(limit, limit.measure(stack), { stack })),
    ...resourcesOf(stack).flatMap(([resource, { Type, Properties = {} }]) =>
      limitsOf(Type).flatMap((limit) => excess(limit, limit.measure(Properties, stack, resource), { stack, resource })),
    ),
  ]);

/** What the stacks use of each quota, for each account and region they go to. */
export function useOfQuotas(stacks: readonly JudgedStack[]): QuotaUse[] {
  const used = new Map<Quota, Map<string, number>>(QUOTAS.map((quota) => [quota, new Map()]));
  for (const stack of stacks) {
    for (const [, resource] of resourcesOf(stack)) {
      for (const [quota, places] of used) add(places, quota, stack, resource);
    }
  }
  return [...used].flatMap(([quota, places]) => [...places].map(([place, number]) => ({ quota, place, used: number })));
}

function add(places: Map<string, number>, quota: Quota, { account, region }: JudgedStack, resource: JudgedResource): void {
  const number = quota.count(resource);
  if (number === 0) return;
  const place = quota.regional ? `${account} in ${region}` : account;
  places.set(place, (places.get(place) ?? 0) + number);
}

const excess = (limit: Limit, got: number, where: Pick<Excess, 'stack' | 'resource'>): Excess[] =>
  got > limit.most ? [{ limit, got, ...where }] : [];

const byType = new Map<string | undefined, readonly ResourceLimit[]>(
  [...new Set(RESOURCE_LIMITS.map(({ type }) => type))].map((type) => [
    type,
    RESOURCE_LIMITS.filter((limit) => limit.type === type),
  ]),
);
const limitsOf = (type: string): ResourceLimit[] => [...(byType.get(undefined) ?? []), ...(byType.get(type) ?? [])];
