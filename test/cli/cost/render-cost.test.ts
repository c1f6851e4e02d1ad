import { renderCost } from '../../../cli/cost/render-cost.ts';
import { PARTS, type Part } from '../../../core/cost/template/bill.ts';
import type { Bill, PlatformCost } from '../../../core/cost/template/estimate-platform.ts';

const bill = (usd: number): Bill => ({
  parts: Object.fromEntries(PARTS.map((part) => [part, usd / PARTS.length])) as Record<Part, number>,
  usd,
});
const cost = (scale: number, more: Partial<PlatformCost> = {}): PlatformCost => ({
  idle: bill(10 * scale),
  months: Array.from({ length: 12 }, (_, index) => bill((index + 1) * 100 * scale)),
  filled: bill(Infinity),
  items: [],
  cheaper: [],
  assumptions: ['a month has 730 hours'],
  pricesAsOf: '2024-07-01',
  ...more,
});
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, ...rows].map((row) => row.join(' | ')).join('\n');

test('parts by environment, totals of the year, what would be cheaper, and what is taken for granted', () => {
  const costs = new Map([
    ['dev', cost(1)],
    [
      'prod',
      cost(10, {
        cheaper: [{ what: 'pack', price: 'time', saves: 1234.5 }],
        assumptions: ['a month has 730 hours', 'nobody reads'],
      }),
    ],
  ]);
  expect(renderCost(costs, table)).toBe(
    [
      'USD a month at list prices as of 2024-07-01; parts are those of the twelfth month.',
      table(
        ['part', 'dev', 'prod'],
        PARTS.map((part) => [part, '120.00', '1,200.00']),
      ),
      table(
        ['total of', 'dev', 'prod'],
        [
          ['a month without events', '10.00', '100.00'],
          ['month 1', '100.00', '1,000.00'],
          ['month 12', '1,200.00', '12,000.00'],
          ['a month with all retentions filled', 'grows', 'grows'],
        ],
      ),
      'Cheaper for dev: nothing that is known here.',
      'Cheaper for prod, each alone:\nsaves | do this | and lose this\n1,234.50 | pack | time',
      'Taken for granted:\n- a month has 730 hours',
      'Taken for granted of prod:\n- nobody reads',
    ].join('\n\n'),
  );
});
