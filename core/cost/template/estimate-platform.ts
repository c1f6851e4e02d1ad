import { PRICES_AS_OF } from '../prices.ts';
import { assumptionsOf } from './assumptions.ts';
import { PARTS, total, type BillItem, type Part } from './bill.ts';
import { cheaper, type Alternative } from './cheaper.ts';
import type { When } from './moment.ts';
import { pricePlatform } from './price-platform.ts';
import { sceneOf } from './scene.ts';
import type { Platform } from './situation.ts';
import { PLAIN_WORKLOAD, type Workload } from './workload.ts';

/** The months that a report tells. */
const FIRST = 1;
const LAST = 12;

/** A month's bill by parts, in USD. Infinity where something is kept for ever. */
export interface Bill {
  readonly parts: Readonly<Record<Part, number>>;
  readonly usd: number;
}

/** What an environment costs. */
export interface PlatformCost {
  /** Without an event, a query or a reader. */
  readonly idle: Bill;
  /** From the first month with events to the twelfth. */
  readonly months: readonly Bill[];
  /** Once every retention is filled. */
  readonly filled: Bill;
  /** The lines of the twelfth month, those of nothing left out. */
  readonly items: readonly BillItem[];
  /** What the twelfth month would save. */
  readonly cheaper: readonly Alternative[];
  /** One sentence each, without a full stop. */
  readonly assumptions: readonly string[];
  /** Date of the oldest price. */
  readonly pricesAsOf: string;
}

/** @throws PriceError when anything of the templates is not known; whether the workload speaks of what there is, `checkNames` says */
export function estimatePlatform(platform: Platform): PlatformCost {
  const billOf = (when: When, one = platform) => sumUp(pricePlatform(one, when));
  return {
    idle: billOf(FIRST, withoutWork(platform)),
    months: Array.from({ length: LAST }, (_, index) => billOf(index + 1)),
    filled: billOf('filled'),
    items: pricePlatform(platform, LAST).filter(({ usd }) => usd > 0),
    cheaper: cheaper(platform, LAST),
    assumptions: assumptionsOf(sceneOf(platform, LAST)),
    pricesAsOf: PRICES_AS_OF,
  };
}

/** The platform where nobody puts or asks anything; what runs by a schedule does. */
function withoutWork({ templates, contracts, workload }: Platform): Platform {
  const { functions, workflows, buckets } = PLAIN_WORKLOAD;
  const scheduled = Object.entries(workload.datasets).map(([name, { foldsPerDay }]) => [name, { foldsPerDay }]);
  return {
    templates,
    contracts: contracts.map((contract) => ({ ...contract, expectedEventsPerDay: 0 })),
    workload: { ...workload, datasets: Object.fromEntries(scheduled) as Workload['datasets'], functions, workflows, buckets },
  };
}

const sumUp = (items: readonly BillItem[]): Bill => ({
  parts: Object.fromEntries(
    PARTS.map((part) => [
      part,
      total(
        items.filter((item) => item.part === part),
        ({ usd }) => usd,
      ),
    ]),
  ) as Record<Part, number>,
  usd: total(items, ({ usd }) => usd),
});
