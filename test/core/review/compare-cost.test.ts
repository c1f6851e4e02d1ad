import { readContracts } from '../../../core/contract/read-file.ts';
import { compareCost, type CostOfEnvironment, type Priced } from '../../../core/review/compare-cost.ts';
import { renderCost, renderTotals } from '../../../core/review/render/cost.ts';
import { BUCKET, FUNCTION, lifecycleOf, STREAM } from './cases/finders.ts';
import { PlatformCopy } from './cases/platform-copy.ts';

const contracts = readContracts('contracts');
const platform = (edit: (platform: PlatformCopy) => void = () => {}, more: Partial<Priced> = { contracts }): Priced => {
  const copy = new PlatformCopy();
  edit(copy);
  return { templates: copy.read(), ...more };
};
const prodOf = (before: Priced, after: Priced): CostOfEnvironment => {
  const [prod, ...others] = compareCost(before, after).environments;
  if (prod === undefined || others.length > 0) throw new Error('one environment must be priced');
  return prod;
};

/** Streams keep a week: the second day to the seventh cost 0.02 USD for each hour of a shard. */
const keepForADay = (copy: PlatformCopy): void => {
  for (const { properties } of copy.all(STREAM)) properties.RetentionPeriodHours = 24;
};

test('a property of one resource is told by its line, and nothing else', () => {
  const { lines, before, after } = prodOf(platform(), platform(keepForADay));
  expect(lines.map(({ part, what }) => `${part}: ${what}`)).toEqual(Array(3).fill('ingest: kept beyond a day'));
  expect(lines.map((line) => [line.before, line.after])).toEqual(Array(3).fill([14.6, 0]));
  expect(before - after).toBeCloseTo(3 * 0.02 * 730, 2); // and a fold reads fewer days, for a fraction of a cent
});

test('what does not change its price has no line, and the same bill', () => {
  const { lines, before, after } = prodOf(
    platform(),
    platform((copy) => {
      for (const { properties } of copy.all(FUNCTION)) properties.Description = 'other';
    }),
  );
  expect([lines, after]).toEqual([[], before]);
});

test('a contract that expects more costs more, with the same templates', () => {
  const more = contracts.map((contract) => ({
    ...contract,
    datasets: contract.datasets.map((dataset) => ({ ...dataset, expectedEventsPerDay: 50_000_000 })),
  }));
  const { lines, before, after } = prodOf(platform(), platform(undefined, { contracts: more }));
  expect(new Set(lines.map(({ part }) => part))).toEqual(
    new Set(['ingest', 'delivery', 'functions', 'storage', 'queries', 'monitoring', 'network', 'audit']),
  );
  expect(after).toBeGreaterThan(2 * before);
});

test('without contracts of both versions, neither has events', () => {
  const [one, other] = [platform(), platform(undefined, {})];
  const { environments, withEvents } = compareCost(one, other);
  expect(withEvents).toBe(false);
  expect(environments.map(({ before, after, lines }) => [before === after, lines])).toEqual([[true, []]]);
  expect(environments[0]?.before).toBeLessThan(prodOf(one, one).before);
});

test('an environment that comes or goes is told with its whole bill', () => {
  const [none, there] = [{ templates: new Map(), contracts }, platform()];
  const [gone, come] = [prodOf(there, none), prodOf(none, there)];
  expect([gone.after, come.before]).toEqual([0, 0]);
  expect(come.after).toBe(gone.before);
  expect(come.after).toBeGreaterThan(150);
});

test('the bill is the twelfth month’s where something is never removed', () => {
  const forEver = platform((copy) => {
    for (const bucket of copy.all(BUCKET))
      if (bucket.properties.LifecycleConfiguration !== undefined) lifecycleOf(bucket).splice(0);
  });
  const { month, before, after } = prodOf(platform(), forEver);
  expect(month).toBe(12);
  expect(Number.isFinite(before) && Number.isFinite(after)).toBe(true);
});

test('a version that cannot be priced is told with what has no price, and the others are compared', () => {
  const unknown = platform((copy) => {
    copy.add('Headwaters-prod-Serving', 'Cluster', { Type: 'AWS::Redshift::Cluster', Properties: {} });
  });
  const found = compareCost(platform(), unknown);
  expect(found.environments).toEqual([]);
  expect(found.unpriced).toEqual([
    { environment: 'prod', why: expect.stringMatching(/^UnknownType: .*AWS::Redshift::Cluster/) as unknown },
  ]);
  expect(renderTotals(found)).toEqual([expect.stringMatching(/^Cost a month of prod: not known\. UnknownType: /)]);
});

test('the report names both bills, the lines that differ, and their sum', () => {
  const found = compareCost(platform(), platform(keepForADay));
  const [{ before, after } = { before: 0, after: 0 }] = found.environments;
  expect(renderTotals(found)).toEqual([
    `Cost a month, with the events that the contracts expect, once every retention is filled: prod ${before.toFixed(2)} → ${after.toFixed(2)} USD.`,
  ]);
  const rows = renderCost(found);
  expect(rows[2]).toMatch(
    /^\| prod \| ingest \| kept beyond a day \| `Headwaters-prod-Domain-\w+\/\w+` and 2 more \| 43\.80 \| 0\.00 \| -43\.80 \|$/,
  );
  expect(rows[3]).toBe(`| prod |  | **all** |  | ${before.toFixed(2)} | ${after.toFixed(2)} | -43.80 |`);
});

test('a table of many lines tells the largest, and the rest together', () => {
  const rows = renderCost(compareCost({ templates: new Map(), contracts }, platform()));
  expect(rows.filter((row) => row.startsWith('| prod'))).toHaveLength(14);
  expect(rows.at(-4)).toMatch(/^\| prod \| {2}\| \d+ more lines \| {2}\| 0\.00 \| \d+\.\d\d \| \+\d+\.\d\d \|$/);
});

test('nothing is told of a bill that stays as it is', () => {
  expect(renderCost(compareCost(platform(), platform()))).toEqual([]);
});
