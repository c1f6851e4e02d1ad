import { PARTS } from '../../core/cost/template/bill.ts';
import type { Bill, PlatformCost } from '../../core/cost/template/estimate-platform.ts';

type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;
type Costs = ReadonlyMap<string, PlatformCost>;

/** The report, for people: parts by environment, totals of the year, what would be cheaper, and what is taken for granted. */
export function renderCost(costs: Costs, table: Table): string {
  const [any] = costs.values();
  return [
    `USD a month at list prices as of ${any?.pricesAsOf ?? 'no date'}; parts are those of the twelfth month.`,
    table(['part', ...costs.keys()], partRows(costs)),
    table(['total of', ...costs.keys()], totalRows(costs)),
    ...[...costs].map(([name, cost]) => renderCheaper(name, cost, table)),
    ...renderAssumptions(costs),
  ].join('\n\n');
}

const partRows = (costs: Costs): string[][] =>
  PARTS.map((part) => [part, ...[...costs.values()].map(({ months }) => usd(months.at(-1)?.parts[part] ?? 0))]);

function totalRows(costs: Costs): string[][] {
  const row = (what: string, of: (cost: PlatformCost) => Bill | undefined) => [
    what,
    ...[...costs.values()].map((cost) => usd(of(cost)?.usd ?? 0)),
  ];
  return [
    row('a month without events', ({ idle }) => idle),
    row('month 1', ({ months }) => months[0]),
    row('month 12', ({ months }) => months.at(-1)),
    row('a month with all retentions filled', ({ filled }) => filled),
  ];
}

function renderCheaper(name: string, { cheaper }: PlatformCost, table: Table): string {
  if (cheaper.length === 0) return `Cheaper for ${name}: nothing that is known here.`;
  const rows = cheaper.map(({ what, price, saves }) => [usd(saves), what, price]);
  return `Cheaper for ${name}, each alone:\n${table(['saves', 'do this', 'and lose this'], rows)}`;
}

/** What holds for each environment is said once. */
function renderAssumptions(costs: Costs): string[] {
  const all = [...costs.values()];
  const shared = (all[0]?.assumptions ?? []).filter((one) => all.every(({ assumptions }) => assumptions.includes(one)));
  const list = (title: string, said: readonly string[]) =>
    said.length === 0 ? [] : [[`${title}:`, ...said.map((one) => `- ${one}`)].join('\n')];
  return [
    ...list('Taken for granted', shared),
    ...[...costs].flatMap(([name, { assumptions }]) =>
      list(
        `Taken for granted of ${name}`,
        assumptions.filter((one) => !shared.includes(one)),
      ),
    ),
  ];
}

/** `1,234.56`; what is kept for ever has no end to its cost. */
const usd = (value: number): string =>
  value === Infinity ? 'grows' : value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
