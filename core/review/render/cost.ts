import { counted } from '../../counted.ts';
import { total } from '../../cost/template/bill.ts';
import type { CostComparison, CostLine, CostOfEnvironment } from '../compare-cost.ts';
import { code, signed } from './words.ts';

/** Rows of the table for each environment; the rest is one row together. */
const MOST_LINES = 12;

/** What changed in the bill, environment by environment, resource by resource. */
export function renderCost({ environments, pricesAsOf }: CostComparison): readonly string[] {
  const changed = environments.filter(({ lines }) => lines.length > 0);
  if (changed.length === 0) return [];
  return [
    '| environment | part | what | resource | before, USD | after, USD | difference |',
    '|---|---|---|---|--:|--:|--:|',
    ...changed.flatMap(rowsOf),
    '',
    `At list prices of ${pricesAsOf} in us-east-1, as \`headwaters cost\` has them: it says what is taken for granted.`,
  ];
}

/** The bills in a sentence each. */
export function renderTotals({ environments, unpriced, withEvents }: CostComparison): readonly string[] {
  const told = environments.map(({ environment, before, after, month }) => {
    const unchanged = before.toFixed(2) === after.toFixed(2);
    const usd = unchanged ? `${after.toFixed(2)} USD` : `${before.toFixed(2)} → ${after.toFixed(2)} USD`;
    return `${environment} ${usd}${withEvents && month !== 'filled' ? ' in the twelfth month' : ''}`;
  });
  const basis = withEvents ? 'with the events that the contracts expect, once every retention is filled' : 'without an event';
  return [
    ...(told.length === 0 ? [] : [`Cost a month, ${basis}: ${told.join(', ')}.`]),
    ...unpriced.map(({ environment, why }) => `Cost a month of ${environment}: not known. ${why.replaceAll('\n', '; ')}`),
  ];
}

function rowsOf({ environment, lines, before, after }: CostOfEnvironment): readonly string[] {
  const groups = new Map<string, CostLine[]>();
  for (const line of lines) groups.set(`${line.part} ${line.what}`, [...(groups.get(`${line.part} ${line.what}`) ?? []), line]);
  const shown = [...groups.values()].slice(0, MOST_LINES);
  const rest = [...groups.values()].slice(MOST_LINES).flat();
  return [
    ...shown.map((group) => row([environment, ...wordsOf(group)], sumOf(group))),
    ...(rest.length === 0 ? [] : [row([environment, '', counted(rest.length, 'more line'), ''], sumOf(rest))]),
    row([environment, '', '**all**', ''], { before, after }),
  ];
}

function wordsOf([first, ...others]: readonly CostLine[]): readonly string[] {
  if (first === undefined) return [];
  return [first.part, first.what, `${code(first.resource)}${others.length === 0 ? '' : ` and ${others.length} more`}`];
}

const sumOf = (lines: readonly CostLine[]) => ({
  before: total(lines, ({ before }) => before),
  after: total(lines, ({ after }) => after),
});

const row = (words: readonly string[], { before, after }: { readonly before: number; readonly after: number }): string =>
  `| ${[...words, before.toFixed(2), after.toFixed(2), signed(after - before)].join(' | ')} |`;
