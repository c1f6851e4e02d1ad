import { parseDuration, slaDuration } from '../../../../core/contract/parse/duration.ts';

test.each([
  ['P30D', 2_592_000_000],
  ['P1Y', 31_536_000_000],
  ['P1M', 2_592_000_000],
  ['P2W', 1_209_600_000],
  ['PT12H', 43_200_000],
  ['PT15M', 900_000],
  ['PT1S', 1000],
  ['P1Y2M3W4DT5H6M7S', (((365 + 60 + 21 + 4) * 24 + 5) * 60 + 6) * 60_000 + 7000],
])('reads %s as %d ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', 'P', 'PT', 'P1DT', 'P0D', 'PT0S', '30D', 'p30d', 'P-1D', 'P1.5D', 'P1D ', 'P1H', 'PT1D'])(
  'fails for %j',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [15, 'm', 900_000],
  [1.5, 'h', 5_400_000],
  [2, 'days', 172_800_000],
  [3, 'y', 94_608_000_000],
  [3, 'yr', 94_608_000_000],
  [90, 's', 90_000],
])('reads the service level %d %s as %d ms', (value, unit, expected) => {
  expect(slaDuration(value, unit)).toBe(expected);
});

test.each([
  [0, 'd'],
  [-1, 'd'],
  ['3', 'y'],
  [null, 'y'],
  [3, undefined],
  [3, 'fortnights'],
  [3, 'toString'],
])('fails for the service level %j %s', (value, unit) => {
  expect(slaDuration(value, unit)).toBeUndefined();
});
