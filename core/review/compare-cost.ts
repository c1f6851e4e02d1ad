import type { DataContract } from '../contract/model.ts';
import { estimateMonthlyCost, type MonthlyCost } from '../cost/estimate.ts';
import { PRICES_AS_OF } from '../cost/prices.ts';

/** What one dataset costs a month, in USD, by stages of its way. */
export interface CostChange {
  /** `<domain>.<dataset>`. */
  readonly dataset: string;
  /** Absent where it is new. */
  readonly before?: number;
  /** Absent where it is gone. */
  readonly after?: number;
  readonly parts: readonly { readonly part: string; readonly before: number; readonly after: number }[];
}

export interface CostComparison {
  /** Of all datasets, in USD a month. */
  readonly before: number;
  readonly after: number;
  readonly changes: readonly CostChange[];
  readonly pricesAsOf: string;
}

/** Less than this is no change: half a cent. */
export const LEAST_USD = 0.005;

/** Compares what the contracts cost: list prices, one shard each, retentions filled. */
export function compareCost(before: readonly DataContract[], after: readonly DataContract[]): CostComparison {
  const [old, now] = [costs(before), costs(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const total = (all: ReadonlyMap<string, MonthlyCost>) => [...all.values()].reduce((sum, { usd }) => sum + usd, 0);
  return {
    before: total(old),
    after: total(now),
    changes: names.flatMap((dataset) => changeOf(dataset, old.get(dataset), now.get(dataset))),
    pricesAsOf: PRICES_AS_OF,
  };
}

const costs = (contracts: readonly DataContract[]): ReadonlyMap<string, MonthlyCost> =>
  new Map(
    contracts.flatMap(({ datasets }) =>
      datasets.map((dataset) => [`${dataset.domain}.${dataset.name}`, estimateMonthlyCost(dataset)] as const),
    ),
  );

function changeOf(dataset: string, before: MonthlyCost | undefined, after: MonthlyCost | undefined): readonly CostChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const parts = [...new Set([...old.keys(), ...now.keys()])]
    .map((part) => ({ part, before: old.get(part) ?? 0, after: now.get(part) ?? 0 }))
    .filter((part) => Math.abs(part.after - part.before) >= LEAST_USD);
  if (parts.length === 0 && (before === undefined) === (after === undefined)) return [];
  return [
    {
      dataset,
      ...(before === undefined ? {} : { before: before.usd }),
      ...(after === undefined ? {} : { after: after.usd }),
      parts,
    },
  ];
}

function partsOf(cost: MonthlyCost | undefined): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { part, usd } of cost?.items ?? []) parts.set(part, (parts.get(part) ?? 0) + usd);
  return parts;
}
