import type { DatasetContract } from '../contract/model.ts';
import { PRICES_AS_OF } from '../cost/prices.ts';
import { total, type BillItem, type Part } from '../cost/template/bill.ts';
import { byEnvironment } from '../cost/template/environments.ts';
import type { When } from '../cost/template/moment.ts';
import { PriceError } from '../cost/template/price-error.ts';
import { pricePlatform } from '../cost/template/price-platform.ts';
import { PLAIN_WORKLOAD } from '../cost/template/workload.ts';
import type { Templates } from '../aws/template.ts';

/** A month's bill of one environment, in USD: once every retention is filled, or the twelfth where something is never removed. */
export interface CostOfEnvironment {
  readonly environment: string;
  readonly month: When;
  /** 0 where the environment is new. */
  readonly before: number;
  /** 0 where it is gone. */
  readonly after: number;
  /** What differs by half a cent or more, the largest difference first. */
  readonly lines: readonly CostLine[];
}

export interface CostLine {
  readonly part: Part;
  readonly what: string;
  /** `<stack>/<logical id>`. */
  readonly resource: string;
  readonly before: number;
  readonly after: number;
}

export interface CostComparison {
  readonly environments: readonly CostOfEnvironment[];
  /** Environments of which one version cannot be priced, each with the reason. */
  readonly unpriced: readonly { readonly environment: string; readonly why: string }[];
  /** Whether the events that the contracts expect are in it; without contracts of both versions it is what stands there unused. */
  readonly withEvents: boolean;
  readonly pricesAsOf: string;
}

/** What is priced: templates, and the contracts that say how much is to come. */
export interface Priced {
  readonly templates: Templates;
  readonly contracts?: readonly { readonly datasets: readonly DatasetContract[] }[];
}

/** Less than this is no change: half a cent. */
export const LEAST_USD = 0.005;
const TWELFTH = 12;

/** Compares what the templates of each environment cost at list prices, as `headwaters cost` tells it without a workload of one's own. */
export function compareCost(before: Priced, after: Priced): CostComparison {
  const withEvents = before.contracts !== undefined && after.contracts !== undefined;
  const datasetsOf = ({ contracts = [] }: Priced) => (withEvents ? contracts.flatMap(({ datasets }) => datasets) : []);
  const [old, now] = [byEnvironment(before.templates), byEnvironment(after.templates)];
  const bill = (templates: Templates | undefined, contracts: readonly DatasetContract[], when: When): BillItem[] =>
    templates === undefined ? [] : pricePlatform({ templates, contracts, workload: PLAIN_WORKLOAD }, when);
  const compared = [...new Set([...old.keys(), ...now.keys()])].sort().map((environment) => {
    const bills = (when: When) =>
      [bill(old.get(environment), datasetsOf(before), when), bill(now.get(environment), datasetsOf(after), when)] as const;
    try {
      const filled = bills('filled');
      return filled.flat().every(({ usd }) => Number.isFinite(usd))
        ? costOf(environment, 'filled', ...filled)
        : costOf(environment, TWELFTH, ...bills(TWELFTH));
    } catch (error) {
      if (!(error instanceof PriceError)) throw error;
      return { environment, why: error.message };
    }
  });
  return {
    environments: compared.filter((one) => 'lines' in one),
    unpriced: compared.filter((one) => 'why' in one),
    withEvents,
    pricesAsOf: PRICES_AS_OF,
  };
}

function costOf(environment: string, month: When, before: readonly BillItem[], after: readonly BillItem[]): CostOfEnvironment {
  const [old, now] = [linesOf(before), linesOf(after)];
  const difference = (line: CostLine) => Math.abs(line.after - line.before);
  const lines = [...new Map([...old, ...now])].map(([key, { part, what, resource }]) => ({
    part,
    what,
    resource,
    before: old.get(key)?.usd ?? 0,
    after: now.get(key)?.usd ?? 0,
  }));
  return {
    environment,
    month,
    before: total(before, ({ usd }) => usd),
    after: total(after, ({ usd }) => usd),
    lines: lines.filter((line) => difference(line) >= LEAST_USD).sort((a, b) => difference(b) - difference(a)),
  };
}

/** The lines of a bill; those that say the same of one resource together. */
function linesOf(items: readonly BillItem[]): ReadonlyMap<string, BillItem> {
  const lines = new Map<string, BillItem>();
  for (const item of items) {
    const key = [item.resource, item.part, item.what].join(' ');
    const known = lines.get(key);
    lines.set(key, known === undefined ? item : { ...known, usd: known.usd + item.usd });
  }
  return lines;
}

/** Whether some environment costs more than before. */
export const costsMore = ({ environments }: CostComparison): boolean =>
  environments.some(({ before, after }) => after - before >= LEAST_USD);
