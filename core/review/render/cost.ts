import { LEAST_USD, type CostChange, type CostComparison } from '../compare-cost.ts';
import type { StandingChange } from '../compare-standing.ts';
import { signed } from './words.ts';

/** What changed in the bill, dataset by dataset, and the whole. */
export function renderCost({ before, after, changes, pricesAsOf }: CostComparison): readonly string[] {
  if (changes.length === 0) return [];
  return [
    '| dataset | before, USD | after, USD | difference | of it |',
    '|---|--:|--:|--:|---|',
    ...changes.map(rowOf),
    `| **all** | ${before.toFixed(2)} | ${after.toFixed(2)} | ${signed(after - before)} | |`,
    '',
    `Estimated from the contracts at list prices of ${pricesAsOf}: one shard for each dataset, retentions filled.`,
  ];
}

/** The whole in one line, and what it leaves out. */
export const renderTotal = ({ before, after }: CostComparison): string =>
  `Cost a month: ${before.toFixed(2)} USD before, ${after.toFixed(2)} USD after, of the contracts alone: shards beyond the first, endpoints, alarms, copies, keys and logs are not in it.`;

/** What nobody priced, by its number. */
export const renderStanding = (changes: readonly StandingChange[]): readonly string[] =>
  changes.length === 0
    ? []
    : [
        `Billed by itself, and in no figure here: ${changes.map(({ what, before, after }) => `${what} ${before} → ${after}`).join(', ')}.`,
      ];

function rowOf({ dataset, before, after, parts }: CostChange): string {
  const amount = (usd: number | undefined) => (usd === undefined ? '' : usd.toFixed(2));
  const named =
    before === undefined || after === undefined ? [] : parts.filter((part) => Math.abs(part.after - part.before) >= LEAST_USD);
  const words = named.map((part) => `${part.part} ${signed(part.after - part.before)}`).join(', ');
  return `| ${dataset} | ${amount(before)} | ${amount(after)} | ${signed((after ?? 0) - (before ?? 0))} | ${words} |`;
}
