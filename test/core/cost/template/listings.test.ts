import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import { glueTable, platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

/** Listings of ten queries a day in a month of 30 days. */
function listings(resources: Resources, said: object = {}): number | undefined {
  const priced = pricePlatform(
    platform(resources, workload({ hoursPerMonth: 720, datasets: { 'energy.readings': said } }), [readings]),
    1,
  );
  return priced.find(({ what }) => what === 'partitions listed')?.quantity;
}
const integers = { 'projection.hr.type': 'integer', 'projection.hr.range': '0,23' };
const days = { 'projection.dt.type': 'date', 'projection.dt.range': 'NOW-364DAYS,NOW' };
const values = { 'projection.dt.type': 'enum', 'projection.dt.values': 'a,b,c' };

test.each<[string, Resources, number]>([
  ['each day that a table projects', { ...SAMPLE, Table: glueTable(days) }, 365],
  ['each hour of each day', { ...SAMPLE, Table: glueTable({ ...days, ...integers }, ['dt', 'hr']) }, 8760],
  [
    'every sixth hour',
    { ...SAMPLE, Table: glueTable({ ...days, ...integers, 'projection.hr.interval': '6' }, ['dt', 'hr']) },
    1460,
  ],
  [
    'each week',
    { ...SAMPLE, Table: glueTable({ ...days, 'projection.dt.interval': '7', 'projection.dt.interval.unit': 'DAYS' }) },
    53,
  ],
  ['each value of a list', { ...SAMPLE, Table: glueTable(values) }, 3],
  ['the one value that a query must name', { ...SAMPLE, Table: glueTable({ 'projection.dt.type': 'injected' }) }, 1],
  ['a table without partitions once', { ...SAMPLE, Table: glueTable({}, []) }, 1],
])('a query lists %s', (_, resources, each) => {
  expect(listings(resources)).toBeCloseTo(300 * each, 6);
});

test('a query lists what the workload says, wherever its table stands', () => {
  const elsewhere = Object.fromEntries(Object.entries(SAMPLE).filter(([id]) => id !== 'Table'));
  expect(listings(elsewhere, { partitionsPerQuery: 7 })).toBeCloseTo(2100, 6);
  expect(listings(elsewhere, { queriesPerDay: 0 })).toBe(0);
  expect(() => listings(elsewhere)).toThrow("UnknownTarget: 'TableName' of Stack/Delivery must name a resource");
});

test.each([
  ['are registered', { 'projection.enabled': 'false', ...days }],
  ['begin at a date', { ...days, 'projection.dt.range': '2026-01-01,NOW' }],
  ['are hours of days', { ...days, 'projection.dt.interval.unit': 'HOURS' }],
  ['are of no kind', { 'projection.dt.type': 'uuid' }],
])('fails for partitions that %s', (_, parameters) => {
  expect(() => listings({ ...SAMPLE, Table: glueTable(parameters) })).toThrow(
    "UnreadableProperty: the partitions 'dt' of Stack/Table must be projected",
  );
});
